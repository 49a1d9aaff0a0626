"""Why a page that was answered need not be what was asked for."""

from datetime import UTC, datetime

import pytest

from crawler import suspicion
from crawler.fetch import Fetch, Hop
from crawler.target import Role, Target

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ARTICLE = '<meta property="og:type" content="article">'
TEXT = "Nine hundred people walked to the end of the pier and back on the first day, the office counted. "


def of(url, title="", text=TEXT * 30, head="", end="", kind="text/html", body=b""):
    body = body or f"<title>{title}</title>{head}<h1>{title}</h1><p>{text}</p>".encode()
    hops = (Hop(301, url),) if end else ()
    return suspicion.of(Fetch(Target(url, Role.LINK), end or url, NOW, 200, hops, {"content-type": kind}, body))


@pytest.mark.parametrize(
    ("url", "more"),
    [
        ("https://a.example/harbour-pier-opens", {"title": "A pier for the harbour"}),
        ("https://a.example/about", {"title": "About us", "text": "We are five."}),
        ("https://a.example/p/123", {"head": ARTICLE}),
        ("https://a.example/", {"title": "Welcome", "text": ""}),
        ("https://a.example/data", {"kind": "application/json"}),
        ("https://a.example/pier.jpg", {"body": b"x" * 999, "kind": "image/jpeg"}),
        ("https://a.example/pier.jpg", {"body": b"x" * 999, "kind": "image/webp"}),
        ("https://a.example/pier.jpg", {"body": b"x" * 99_999, "kind": "image/png"}),
        ("https://a.example/badge", {"body": b"x" * 99, "kind": "image/svg+xml"}),
        ("http://a.example/x-y", {"end": "https://www.a.example/x-y/", "title": "x", "kind": "image/png"}),
        (
            "https://a.example/old/pier-opens-in-calder",
            {"end": "https://b.example/pier-opens-in-calder", "title": "Pier"},
        ),
        ("https://a.example/old/a12.html", {"end": "https://a.example/new/a12", "head": ARTICLE}),
    ],
)
def test_what_goes_by_its_own_name_is_not_suspicious(url, more):
    assert of(url, **more) == ""


@pytest.mark.parametrize(
    ("url", "more"),
    [
        (
            "https://a.example/council-votes-against-harbour",
            {"title": "Best casino", "text": "Play now and win. " * 200},
        ),
        ("https://a.example/p/123", {"title": "Calder Post"}),
        ("https://a.example/council-votes-against-harbour", {"title": "Council votes against harbour - Calder Post"}),
        ("https://a.example/about", {"title": "About", "text": "", "head": '<meta name="robots" content="noindex">'}),
        ("https://a.example/report.pdf", {"title": "report"}),
        ("https://a.example/pier.jpg", {"body": b"GIF89a", "kind": "image/gif"}),
        ("https://a.example/pier.jpg", {"body": b"x" * 999, "kind": "image/png"}),
        ("https://a.example/pier.jpg", {"title": "pier"}),
        ("https://a.example/pier-opens-in-calder", {"end": "https://a.example/latest-news-of-today", "title": "News"}),
        ("https://a.example/old/a12", {"end": "https://a.example/new/a13", "head": ARTICLE}),
        ("https://a.example/", {"end": "https://b.example/", "title": "B"}),
    ],
)
def test_what_goes_by_another_name_is_suspicious(url, more):
    assert of(url, **more)


FOUR = "https://a.example/council-votes-against-harbour"
THREE = "https://a.example/council-votes-against"
NAMELESS = "nothing says that it is what was asked for"


@pytest.mark.parametrize(
    ("url", "title", "text", "why"),
    [
        (FOUR, "Best casino", "Play now and win. " * 200, suspicion.NO_WORDS),
        (THREE, "Best casino", "Play now and win. " * 200, NAMELESS),
        (FOUR, "Best casino", "Play in the harbour. " * 200, NAMELESS),
        (FOUR, "Harbour news", "Play in the harbour. " * 200, ""),
        (FOUR, "Harbour news", "Play now and win. " * 200, "its text has none of the words of its address"),
        (THREE, "Council news", "Play now and win. " * 200, "its text has none of the words of its address"),
        ("https://a.example/council-votes", "Council news", "Play now and win. " * 200, ""),
    ],
)
def test_why_a_page_is_suspicious(url, title, text, why):
    assert of(url, title, text) == why


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:type" content="Article">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x"}</script>',
        '<meta property="article:published_time" content="2020-01-01">',
    ],
)
def test_a_page_may_state_that_it_is_an_article(head):
    assert of("https://a.example/p/123", "Calder Post") == NAMELESS
    assert of("https://a.example/p/123", "Calder Post", head=head) == ""


def test_what_is_not_to_be_indexed_is_suspicious_where_it_shows_little():
    head = '<meta name="robots" content="NoIndex, follow">'
    assert of("https://a.example/about", "About us", "We are five.", head) == "little text, and not to be indexed"
    assert of("https://a.example/about", "About us", TEXT * 30, head) == ""


@pytest.mark.parametrize(
    ("url", "end", "is_astray"),
    [
        (FOUR, "https://a.example/latest-news-of-today", True),
        (FOUR, "https://b.example/2020/council-votes-against-harbour", False),
        ("https://a.example/p/77001", "https://a.example/q/77001", False),
        (FOUR, "http://www.a.example/council-votes-against-harbour/", False),
        ("https://a.example/p/pier-77001", "https://a.example/77001-opens", False),
        ("http://a.example/", "https://www.a.example/", False),
        (FOUR, "", False),
    ],
)
def test_where_a_redirect_goes_astray(url, end, is_astray):
    hops = (Hop(301, url),) if end else ()
    fetch = Fetch(Target(url, Role.LINK), end or url, NOW, 200, hops, {"content-type": "text/html"}, b"<p>x</p>")
    assert suspicion.is_astray(fetch) is is_astray
    assert not suspicion.is_astray(Fetch(fetch.target, "https://a.example/other-news", NOW, 200))


def picture(size, kind, *, url="https://a.example/pier.gif", is_whole=True):
    headers = {"content-type": kind}
    return suspicion.of(Fetch(Target(url, Role.LINK), url, NOW, 200, (), headers, b"x" * size, is_whole=is_whole))


@pytest.mark.parametrize(
    ("size", "kind", "is_suspicious"),
    [
        (199, "image/gif", True),
        (200, "image/gif", False),
        (16 * 1024 - 1, "image/png", True),
        (16 * 1024, "image/png", False),
        (0, "image/gif", False),
        (199, "application/octet-stream", False),
    ],
)
def test_a_picture_may_stand_for_any_that_is_missing(size, kind, is_suspicious):
    assert bool(picture(size, kind)) is is_suspicious


def test_of_a_picture_that_did_not_come_whole_no_size_is_known():
    assert picture(199, "image/gif", is_whole=False) == ""


def test_a_page_goes_by_its_first_two_headings():
    body = f"<title>Post</title><h1>Post</h1><h1>A harbour</h1><p>{TEXT * 30}harbour</p>".encode()
    assert of(FOUR, body=body) == ""
    late = f"<title>Post</title><h1>Post</h1><h1>News</h1><h1>A harbour</h1><p>{TEXT * 30}harbour</p>".encode()
    assert of(FOUR, body=late) == NAMELESS
