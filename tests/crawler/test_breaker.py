"""The circuit breaker."""

from crawler.breaker import HOST_FAILURES, NETWORK_HOSTS, Breaker


def test_a_host_that_keeps_failing_is_not_asked_again():
    breaker = Breaker()
    for _ in range(HOST_FAILURES):
        assert not breaker.is_open("one.example")
        breaker.fail("one.example")
    assert breaker.is_open("one.example")
    assert not breaker.is_open("two.example")


def test_an_answer_closes_it():
    breaker = Breaker()
    for _ in range(HOST_FAILURES):
        breaker.fail("one.example")
    breaker.succeed("one.example")
    assert not breaker.is_open("one.example")


def test_many_hosts_and_no_answer_is_our_network():
    breaker = Breaker()
    for number in range(NETWORK_HOSTS):
        assert not breaker.network_is_down
        breaker.fail(f"{number}.example")
    assert breaker.network_is_down


def test_one_answer_proves_the_network():
    breaker = Breaker()
    breaker.succeed("up.example")
    for number in range(NETWORK_HOSTS * 2):
        breaker.fail(f"{number}.example")
    assert not breaker.network_is_down
