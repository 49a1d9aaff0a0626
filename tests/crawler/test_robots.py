"""What robots.txt says, and what the answer to a request for it means (RFC 9309 section 2.3.1)."""

import pytest

from crawler.fetch import Failure, Problem
from crawler.robots import MAX_BYTES, MAX_CRAWL_DELAY, rules_of, rules_of_problem


def rules(status, body=b""):
    return rules_of(status, body)


def test_rules_are_read():
    found = rules(200, b"User-agent: *\nDisallow: /private\nCrawl-delay: 7")
    assert not found.text.can_fetch("https://site.example/private/1", "recrawl")
    assert found.text.can_fetch("https://site.example/public", "recrawl")
    assert found.text.crawl_delay("recrawl") == 7


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_no_robots_txt_allows_all(status):
    found = rules(status, b"User-agent: *\nDisallow: /")
    assert found.text is None
    assert found.problem is None


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failing_robots_txt_means_not_now(status):
    assert rules(status).problem.failure is Failure.ROBOTS_UNREACHABLE


def test_a_site_that_cannot_be_reached_fails_for_that_reason():
    problem = Problem(Failure.DNS, "no such name")
    assert rules_of_problem(problem).problem is problem


def test_an_archive_without_robots_txt_may_be_read():
    found = rules_of_problem(Problem(Failure.NOT_ARCHIVED))
    assert found.problem is None
    assert found.text is None


def test_rules_behind_the_limit_are_not_read():
    padding = b"# " + b"x" * MAX_BYTES + b"\n"
    assert rules(200, b"User-agent: *\nDisallow: /a\n" + padding + b"Disallow: /b").text.can_fetch(
        "https://site.example/b", "recrawl"
    )


@pytest.mark.parametrize("failure", [Failure.RESET, Failure.PROTOCOL, Failure.TOO_LARGE])
def test_what_only_robots_txt_may_suffer_from_means_not_now(failure):
    problem = rules_of_problem(Problem(failure, "so it was")).problem
    assert problem.failure is Failure.ROBOTS_UNREACHABLE
    assert str(failure) in problem.detail


def test_what_is_disallowed_is_refused():
    found = rules(200, b"User-agent: recrawl\nDisallow: /private")
    assert found.refusal("https://site.example/private/1").failure is Failure.ROBOTS
    assert found.refusal("https://site.example/public") is None


def test_where_robots_txt_is_not_to_be_had_all_is_refused_for_now():
    assert rules(503).refusal("https://site.example/").failure is Failure.ROBOTS_UNREACHABLE


@pytest.mark.parametrize(("wish", "delay"), [("", 0), ("Crawl-delay: 7", 7), ("Crawl-delay: 9999", MAX_CRAWL_DELAY)])
def test_a_site_s_wish_for_a_delay_is_heeded_within_bounds(wish, delay):
    assert rules(200, b"User-agent: *\n" + wish.encode()).delay == delay


@pytest.mark.parametrize(
    ("failure", "is_passing"), [(Failure.RATE_LIMITED, True), (Failure.NETWORK_DOWN, True), (Failure.DNS, False)]
)
def test_some_problems_are_over_when_the_host_is_asked_again(failure, is_passing):
    assert rules_of_problem(Problem(failure)).is_passing is is_passing
