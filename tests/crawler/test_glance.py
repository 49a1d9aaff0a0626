"""What a glance lets pass, and what it leaves to be looked at properly."""

from datetime import UTC, datetime

import pytest

from crawler import glance, suspicion
from crawler.fetch import Failure, Fetch, Hop, Problem
from crawler.target import Role, Target
from pipelines.judge import judge

NOW = datetime(2026, 3, 1, tzinfo=UTC)
URL = "https://a.example/2020/10/new-pier-opens"
SAID = "<p>Nine hundred people walked to its end and back on day {}, the harbour office said.</p>"
TEXT = "".join(map(SAID.format, range(50)))
PAGE = "<title>{title}</title>{head}<body><h1>{heading}</h1>{text}</body>"


def fetch(url=URL, title="New pier opens", heading="A pier", head="", text=TEXT, at="", **more):
    body = PAGE.format(title=title, head=head, heading=heading, text=text).encode()
    given = {"status": 200, "headers": {"content-type": "text/html"}, "body": body} | more
    return Fetch(Target(url, Role.LINK), at or url, NOW, **given)


def test_an_article_under_its_own_name_passes():
    assert glance.is_ordinary(fetch())


def test_so_does_one_that_has_moved_and_kept_its_name():
    assert glance.is_ordinary(fetch(redirects=(Hop(301, URL),), at="https://www.a.example/news/new-pier-opens"))


@pytest.mark.parametrize(
    "odd",
    [
        {"status": 404},
        {"status": 203},
        {"redirects": (Hop(301, URL),), "at": "https://a.example/2020/10"},
        {"redirects": (Hop(301, URL),), "at": "https://a.example/login?next=new-pier-opens"},
        {"redirects": (Hop(301, URL),), "at": "https://a.example/2020/10/other-story-of-today"},
        {"problem": Problem(Failure.TIMEOUT), "status": 0},
        {"headers": {"content-type": "application/pdf"}},
        {"headers": {}},
        {"headers": {"content-type": "text/html", "cf-mitigated": "challenge"}},
        {"headers": {"content-type": "text/html", "x-robots-tag": "unavailable_after: 1 Jan 2020"}},
        {"title": "The Calder Post"},
        {"title": ""},
        {"title": "Pier: this domain is for sale"},
        {"heading": "We value your privacy"},
        {"text": f"<H1>We value your privacy</H1>{TEXT}"},
        {"text": f'{TEXT}<script type="application/ld+json">{{"isaccessibleforfree": false}}</script>'},
        {"head": '<meta property="og:title" content="Buy this domain">'},
        {"text": "<p>Nothing to see.</p>" * 200},
        {"text": TEXT.replace("<p>", "<li>")},
        {"head": '<meta http-equiv="Refresh" content="0; url=/">'},
        {"head": '<meta name="robots" content="unavailable_after: 2020-01-01">'},
        {"head": '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'},
        {"head": '<meta property="article:content_tier" content="locked">'},
        {"url": "https://a.example/pier.pdf", "title": "Pier"},
        {"url": "https://a.example/pier.jpg", "title": "Pier"},
        {"url": "https://a.example/", "title": "Pier"},
        {"url": "https://a.example/12345", "title": "Pier"},
    ],
)
def test_what_is_odd_in_any_way_is_looked_at(odd):
    assert not glance.is_ordinary(fetch(**odd))


def test_a_page_in_another_encoding_is_looked_at():
    page = PAGE.format(title="New pier für alle", head="", heading="x", text=TEXT)
    assert glance.is_ordinary(fetch(body=page.encode()))
    assert not glance.is_ordinary(fetch(body=page.encode("latin-1")))
    assert not glance.is_ordinary(fetch(body=page.encode("utf-16")))


@pytest.mark.parametrize("heading", ["A pier", "Privacy in the harbour", "Page not found", "Log in to the pier"])
@pytest.mark.parametrize("head", ["", '<meta name="robots" content="noindex">', "<script>location='/x'</script>"])
def test_what_passes_the_judge_passes_too(heading, head):
    page = fetch(heading=heading, head=head)
    if glance.is_ordinary(page):
        assert (judge(page).state, suspicion.of(page)) == ("ok", "")
