"""How often a site is asked, seen from the site: by its registered domain, whatever its hosts and who redirects there.

Delays are told apart by how long a whole run of requests took, with a second or more to spare.
"""

import threading
import time

import pytest

DELAY = 0.5
"""Seconds; the requests of each test would take a fraction of it without any delay."""


@pytest.fixture
def refresh(recrawl, tmp_path):
    def refresh(*options, **environment):
        allowed = ("--allow-private", "127.0.0.0/8", "--format", "jsonl")
        return recrawl("refresh", tmp_path / "articles", *allowed, *options, **environment)

    return refresh


def span(web):
    """Return the seconds between the first and the last request."""
    return web.asked[-1].at - web.asked[0].at


def test_all_hosts_of_a_registered_domain_are_one_site(web, article, record, refresh, names):
    hosts = ["www.example.com", "amp.example.com", "news.blog.example.com"]
    for number in range(6):
        record(web.page(f"/{number}", article()).replace("127.0.0.1", hosts[number % 3]), f"{number}.md")
    refresh("--delay", str(DELAY), **names(**dict.fromkeys(hosts, "127.0.0.1")))
    assert len(web.asked) == 9  # three of them for robots.txt
    assert span(web) > 8 * DELAY - 1.5  # as three sites: 2 * DELAY


def test_a_redirect_is_asked_by_the_rules_of_the_site_it_leads_to(web, article, record, refresh):
    for number in range(6):
        page = web.page(f"/{number}", article())
        record(web.redirect(f"/to/{number}", page, host=f"127.0.0.{number + 2}"), f"{number}.md")
    refresh("--delay", str(DELAY))
    arrived = [asked.at for asked in web.asked if asked.host == "127.0.0.1"]
    assert len(arrived) == 7
    assert arrived[-1] - arrived[0] > 6 * DELAY - 1.5


def test_sites_may_have_rules_of_their_own(web, article, record, refresh, tmp_path):
    for number in range(4):
        record(web.page(f"/{number}", article()), f"{number}.md")
    (tmp_path / "articles/recrawl.yml").write_text("delay: 0\nsites:\n  127.0.0.1: {delay: 0.6}\n")
    refresh()
    assert span(web) > 4 * 0.6 - 1.2


@pytest.mark.parametrize(("options", "most"), [((), 1), (("--per-site", "3"), 3)])
def test_a_site_is_asked_no_more_than_it_may_be_at_a_time(options, most, web, article, record, refresh):
    lock, under_way, seen = threading.Lock(), [0], [0]

    def answer(handler):
        with lock:
            under_way[0] += 1
            seen[0] = max(seen[0], under_way[0])
        time.sleep(0.1)
        with lock:
            under_way[0] -= 1
        page(handler)

    web.page("/page", article())
    page = web.find("", "/page")
    for number in range(8):
        record(web.answer(f"/{number}", answer), f"{number}.md")
    refresh("--delay", "0", *options)
    assert len(web.paths()) == 8
    assert seen[0] <= most
    assert seen[0] > 1 or most == 1


def test_a_site_that_is_skipped_is_no_failure_and_does_not_count_against_a_limit(
    web, article, record, refresh, tmp_path
):
    record(web.page("/a", article(), host="127.0.0.2"), "a.md")
    record(web.page("/b", article()), "b.md")
    (tmp_path / "articles/recrawl.yml").write_text("sites:\n  127.0.0.2: {skip: true}\n")
    result = refresh("--delay", "0", "--limit", "1")
    assert result.states == {"a.md": [("article", "skipped")], "b.md": [("article", "ok")]}
    assert result.status == 0
    assert "1 skipped" in result.err
    assert {asked.host for asked in web.asked} == {"127.0.0.1"}


def test_a_skipped_site_does_not_keep_the_others_of_a_record_from_being_asked(web, article, record, refresh, tmp_path):
    record(web.url("/a", "127.0.0.2"), web_url=web.page("/b", article()))
    (tmp_path / "articles/recrawl.yml").write_text("sites:\n  127.0.0.2: {skip: true}\n")
    result = refresh("--delay", "0")
    assert result.states == {"one.md": [("article", "skipped"), ("web", "ok")]}
    assert result.outcomes["one.md"]["written"]
