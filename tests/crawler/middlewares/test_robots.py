"""What the answer to a request for robots.txt means (RFC 9309 section 2.3.1)."""

import pytest
from scrapy.http import Response

from crawler.fetch import Failure, Problem
from crawler.middlewares.robots import MAX_BYTES, rules_of, rules_of_problem

URL = "https://site.example/robots.txt"


def rules(status, body=b""):
    return rules_of(Response(URL, status=status, body=body))


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
