"""What robots.txt says, what the answer to a request for it means, and how long a copy serves (RFC 9309)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.fetch import NO_CONNECTION, Failure, Fetch, Problem
from crawler.robots import ENDURED, FRESH, MAX_BYTES, Copy, Rules, read
from crawler.target import Role, Target

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
URL = "https://site.example/robots.txt"
ALL, NOTHING = b"User-agent: *\nAllow: /", b"User-agent: *\nDisallow: /"
FAILED = Problem(Failure.ROBOTS_UNREACHABLE, "robots.txt answered 503")


def answer(status, body=b""):
    return Fetch(Target(URL, Role.LINK), URL, NOW, status, body=body)


def failed(failure, detail=""):
    return Fetch(Target(URL, Role.LINK), URL, NOW, problem=Problem(failure, detail))


def test_rules_are_read():
    rules = Rules.of(read(answer(200, b"User-agent: *\nDisallow: /private\nCrawl-delay: 7")))
    assert rules.refusal("https://site.example/private/1").failure is Failure.ROBOTS
    assert rules.refusal("https://site.example/public") is None
    assert rules.delay == 7


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_no_robots_txt_allows_all(status):
    assert read(answer(status, NOTHING)) == b""
    assert Rules.of(b"").refusal("https://site.example/") is None


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failing_robots_txt_means_not_now(status):
    assert read(answer(status)).failure is Failure.ROBOTS_UNREACHABLE


def test_a_site_that_cannot_be_reached_fails_for_that_reason():
    assert read(failed(Failure.DNS, "no such name")) == Problem(Failure.DNS, "no such name")
    assert read(failed(Failure.TIMEOUT, NO_CONNECTION)).failure is Failure.TIMEOUT


@pytest.mark.parametrize("failure", [Failure.NOT_ARCHIVED, Failure.REDIRECT_LOOP])
def test_what_is_as_good_as_no_robots_txt_allows_all(failure):
    assert read(failed(failure)) == b""


@pytest.mark.parametrize("failure", [Failure.RESET, Failure.PROTOCOL, Failure.TOO_LARGE, Failure.TIMEOUT])
def test_what_only_robots_txt_may_suffer_from_means_not_now(failure):
    problem = read(failed(failure, "so it was"))
    assert problem.failure is Failure.ROBOTS_UNREACHABLE
    assert str(failure) in problem.detail


def test_rules_behind_the_limit_are_not_read():
    padding = b"# " + b"x" * MAX_BYTES + b"\n"
    body = read(answer(200, b"User-agent: *\nDisallow: /a\n" + padding + b"Disallow: /b"))
    assert Rules.of(body).refusal("https://site.example/a")
    assert not Rules.of(body).refusal("https://site.example/b")


def test_a_file_that_was_cut_short_may_lack_what_disallows():
    whole = answer(200, b"User-agent: *\n")
    assert read(replace(whole, is_whole=False)).failure is Failure.ROBOTS_UNREACHABLE
    assert isinstance(read(replace(whole, body=b"#" * MAX_BYTES, is_whole=False)), bytes)


@pytest.mark.parametrize(
    ("wish", "delay"),
    [
        ("", 0),
        ("Crawl-delay: 7", 7),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: soon", 0),
        ("Crawl-delay: -5", 0),
        ("Request-rate: 1/10", 10),
        ("Request-rate: 4/1m", 15),
        ("Request-rate: 1/10\nCrawl-delay: 20", 20),
    ],
)
def test_a_site_s_wish_for_a_delay_is_read(wish, delay):
    assert Rules.of(b"User-agent: *\n" + wish.encode()).delay == delay


@pytest.mark.parametrize(
    ("failure", "is_passing"), [(Failure.RATE_LIMITED, True), (Failure.NETWORK_DOWN, True), (Failure.DNS, False)]
)
def test_some_problems_are_over_when_the_host_is_asked_again(failure, is_passing):
    assert Copy().rules(Problem(failure), NOW).is_passing is is_passing


@pytest.mark.parametrize("body", [NOTHING, b""])
def test_a_copy_serves_for_a_day(body):
    copy = Copy().after(body, NOW)
    assert copy.is_fresh(NOW)
    assert copy.is_fresh(NOW + FRESH - timedelta(seconds=1))
    assert not copy.is_fresh(NOW + FRESH)
    assert not copy.is_fresh(NOW - timedelta(hours=1))  # the clock was set back


@pytest.mark.parametrize(("body", "is_refused"), [(NOTHING, True), (ALL, False), (b"", False)])
def test_the_last_good_copy_holds_for_as_long_as_no_other_comes(body, is_refused):
    copy = Copy().after(body, NOW - 40 * FRESH).after(FAILED, NOW - 39 * FRESH)
    assert bool(copy.rules(FAILED, NOW).refusal("https://site.example/a")) is is_refused
    assert not copy.is_fresh(NOW - 39 * FRESH)  # it is asked for again in every run


def test_without_a_copy_a_month_of_failures_is_as_good_as_no_robots_txt():
    copy = Copy().after(FAILED, NOW).after(FAILED, NOW + FRESH)
    late = NOW + ENDURED
    assert copy.rules(FAILED, late - timedelta(seconds=1)).refusal("https://site.example/a") == FAILED
    assert copy.rules(FAILED, late).refusal("https://site.example/a") is None
    again = copy.after(b"", late).after(FAILED, late)
    assert again.failing_since == late


def test_a_host_that_is_not_there_says_nothing_of_its_robots_txt():
    gone = Problem(Failure.DNS, "no such name")
    copy = Copy().after(ALL, NOW)
    assert copy.after(gone, NOW + FRESH) == copy
    assert copy.rules(gone, NOW).refusal("https://site.example/a") == gone
