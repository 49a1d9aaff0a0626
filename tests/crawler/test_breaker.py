"""The circuit breaker: what is not asked, and when it is asked again."""

from datetime import UTC, datetime, timedelta

from crawler.breaker import NETWORK_HOSTS, NETWORK_PATIENCE, Breaker
from crawler.fetch import Failure

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
LATER = NOW + NETWORK_PATIENCE


def failure(breaker, url, now=NOW):
    problem = breaker.problem(url, now)
    return problem.failure if problem else None


def test_a_host_of_which_two_pages_cannot_be_reached_is_not_asked_again():
    breaker = Breaker()
    breaker.fail("https://one.example/a", NOW)
    assert failure(breaker, "https://one.example/b") is None
    breaker.fail("https://one.example/b", NOW)
    assert failure(breaker, "https://one.example/c") is Failure.SITE_DOWN
    assert failure(breaker, "https://www.one.example/c") is None


def test_one_page_that_fails_again_and_again_does_not_speak_for_its_host():
    breaker = Breaker()
    for _ in range(5):
        breaker.fail("https://one.example/a", NOW)
    assert failure(breaker, "https://one.example/b") is None


def test_an_answer_closes_it():
    breaker = Breaker()
    for page in "ab":
        breaker.fail(f"https://one.example/{page}", NOW)
    breaker.succeed("https://one.example/c")
    assert failure(breaker, "https://one.example/d") is None


def failing(breaker, hosts, now=NOW):
    for number in range(hosts):
        breaker.fail(f"https://{number}.example/", now)


def test_many_hosts_and_no_answer_for_a_while_is_our_network():
    breaker = Breaker()
    failing(breaker, NETWORK_HOSTS)
    assert failure(breaker, "https://other.example/", LATER) is Failure.NETWORK_DOWN


def test_a_few_hosts_are_not_our_network():
    breaker = Breaker()
    failing(breaker, NETWORK_HOSTS - 1)
    assert failure(breaker, "https://other.example/", LATER) is None


def test_hosts_that_fail_at_once_may_be_faster_than_living_ones_that_answer():
    breaker = Breaker()
    failing(breaker, NETWORK_HOSTS)
    assert failure(breaker, "https://other.example/", LATER - timedelta(seconds=1)) is None


def test_one_answer_proves_the_network():
    breaker = Breaker()
    breaker.succeed("https://up.example/")
    failing(breaker, NETWORK_HOSTS * 2)
    assert failure(breaker, "https://other.example/", LATER) is None
