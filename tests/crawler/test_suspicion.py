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
