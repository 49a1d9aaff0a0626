"""What pages ask of those who copy from them: in meta elements, and in headers for all or for one robot."""

from datetime import UTC, datetime

import pytest

from crawler import directives
from crawler.fetch import Fetch, told
from crawler.target import Role, Target

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
URL = "https://example.org/a"


def of(*headers, metas="", **others):
    named = {"content-type": "text/html"} | {name.replace("_", "-"): value for name, value in others.items()}
    if headers:
        named["x-robots-tag"] = told("x-robots-tag", headers)
    return directives.of(Fetch(Target(URL, Role.LINK), URL, NOW, 200, headers=named, body=f"<p>{metas}".encode()))


def meta(name, content):
    return f'<meta name="{name}" content="{content}">'


def test_what_says_nothing_allows_all():
    found = of("all", metas=meta("robots", "index, follow"))
    assert (found.snippet_limit, found.may_copy_images, found.may_archive, found.until) == (None, True, True, None)


@pytest.mark.parametrize("name", ["robots", "recrawl", "ROBOTS", "Recrawl"])
def test_meta_elements_for_all_and_for_us_are_heeded(name):
    found = of(metas=meta(name, "NoArchive, noimageindex, max-snippet: 90"))
    assert (found.snippet_limit, found.may_copy_images, found.may_archive) == (90, False, False)


@pytest.mark.parametrize("name", ["googlebot", "otherbot", "description"])
def test_those_for_others_are_not(name):
    assert of(metas=meta(name, "noarchive, nosnippet, noimageindex")).snippet_limit is None
    assert of(metas=meta(name, "noarchive")).may_archive


@pytest.mark.parametrize(
    ("lines", "is_allowed"),
    [
        (["noarchive"], False),
        (["recrawl: noarchive"], False),
        (["otherbot: noarchive"], True),
        (["otherbot: noindex, noarchive"], True),
        (["otherbot: noindex, recrawl: noarchive"], False),
        (["recrawl: nosnippet, otherbot: noarchive"], True),
        (["noarchive", "otherbot: nosnippet"], False),
        (["otherbot: nosnippet", "noarchive"], False),
        (["max-snippet:20, noarchive"], False),
        (["unavailable_after: 25 Jun 2030 15:00:00 GMT, noarchive"], False),
    ],
)
def test_a_header_speaks_to_all_or_to_one_robot(lines, is_allowed):
    assert of(*lines).may_archive is is_allowed


@pytest.mark.parametrize(
    ("said", "limit"),
    [("nosnippet", 0), ("max-snippet:0", 0), ("max-snippet:-1", None), ("max-snippet: 50", 50), ("none", 0)],
)
def test_how_much_text_may_be_copied(said, limit):
    assert of(said).snippet_limit == limit
    assert of(metas=meta("robots", said)).snippet_limit == limit


def test_the_narrowest_counts():
    assert of("max-snippet:120", metas=meta("robots", "max-snippet:60")).snippet_limit == 60


def test_where_rights_are_reserved_only_facts_are_taken():
    found = of(tdm_reservation="1")
    assert (found.snippet_limit, found.may_copy_images) == (0, False)
    assert of(metas=meta("tdm-reservation", "1")).snippet_limit == 0
    assert of(tdm_reservation="0").snippet_limit is None


def test_a_page_that_has_had_its_time_is_withdrawn():
    assert of("unavailable_after: 25 Jun 2025 15:00:00 GMT").is_withdrawn(NOW)
    assert not of("unavailable_after: 2030-06-25").is_withdrawn(NOW)


def test_all_lines_of_the_header_arrive(web, article, record, tmp_path, recrawl, live):
    """The last line is for another robot; the one before it forbids us to write an excerpt."""
    record(web.answer("/story", lambda handler: two_lines(handler, article())))
    result = recrawl("refresh", tmp_path / "articles", *live, "--format", "jsonl")
    assert result.states == {"one.md": [("article", "ok")]}
    assert not [change for change in result.outcomes["one.md"]["changes"] if change["place"] == "excerpt"]


def two_lines(handler, body):
    handler.send_response(200)
    for line in ("nosnippet", "otherbot: all"):
        handler.send_header("X-Robots-Tag", line)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.send_header("Content-Length", str(len(body.encode())))
    handler.end_headers()
    handler.wfile.write(body.encode())
