"""An archive of past captures: what it is asked, what its answers mean, and a server that speaks its formats."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler import archive
from crawler.fetch import Failure, Fetch, Hop, Problem
from crawler.record import Record
from crawler.target import Role, Target

BASE = "https://archive.example.org"
URL = "https://example.org/2020/10/new-pier?a=1&b=2"
AT = datetime(2020, 10, 21, 8, 30, tzinfo=UTC)
COPY = f"{BASE}/web/20201021083000id_/{URL}"
ROWS = [["timestamp", "original"], ["20201021083000", URL]]
LACKING = {"originalUrl": URL, "title": "Pier", "excerpt": "It opened on ..."}
COMPLETE = {
    "originalUrl": URL,
    "excerpt": "It opened on Tuesday.",
    "publishedDateTime": AT,
    "images": [{"url": "https://example.org/a.jpg"}],
}


def fetched(status=404, role=Role.ARTICLE, body=b"", problem=None):
    return Fetch(Target(URL, role), URL, AT, status, (), {}, body, problem)


def following(*fetches, **fields):
    record = Record(Path("a.md"), {**LACKING, **fields}, "")
    return archive.following(record, fetches, BASE)


def failed(failure, role=Role.ARTICLE):
    return fetched(0, role, problem=Problem(failure))


@pytest.mark.parametrize("gone", [fetched(404), fetched(410), failed(Failure.DNS)])
def test_what_is_gone_is_looked_up(gone):
    target = following(gone)
    assert (target.role, target.places) == (Role.ARCHIVE_INDEX, ())
    assert target.url.startswith(f"{BASE}/cdx/search/cdx?url=https%3A%2F%2Fexample.org%2F2020%2F10%2Fnew-pier%3F")


@pytest.mark.parametrize(
    "fetches",
    [
        (),
        (fetched(200),),
        (fetched(403),),
        (fetched(500),),
        (failed(Failure.TIMEOUT),),
        (fetched(404), fetched(500, Role.WEB)),
        (fetched(404), failed(Failure.TIMEOUT, Role.AMP)),
        (fetched(404, Role.RELATED),),
    ],
)
def test_what_may_live_is_not(fetches):
    assert following(*fetches) is None


def test_a_cache_that_does_not_answer_is_no_sign_of_life():
    assert following(fetched(404), failed(Failure.ROBOTS, Role.AMP_CACHE)) is not None
    assert following(fetched(404), fetched(200, Role.AMP_CACHE)) is None


@pytest.mark.parametrize(
    "lack", [{"excerpt": None}, {"excerpt": "It ..."}, {"publishedDateTime": None}, {"images": []}]
)
def test_only_a_record_that_lacks_something_is_looked_up(lack):
    assert following(fetched(404), **COMPLETE) is None
    assert following(fetched(404), **{**COMPLETE, **lack}) is not None


def test_a_capture_that_is_listed_is_asked_for():
    index = fetched(200, Role.ARCHIVE_INDEX, json.dumps(ROWS).encode())
    target = following(fetched(404), index)
    assert (target.role, target.url) == (Role.ARCHIVE, COPY)
    assert following(fetched(404), index, fetched(200, Role.ARCHIVE)) is None
    assert following(fetched(404), fetched(503, Role.ARCHIVE_INDEX, index.body)) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"[[]]",
        b"no json",
        b'[["timestamp", "original"]]',
        b'[["timestamp"], ["20201021083000"]]',
        b'[["timestamp", "original"], ["20201021083000"]]',
        b'[["timestamp", "original"], ["soon", "https://example.org/"]]',
        b'[["timestamp", "original"], ["20201021083000", "ftp://example.org/"]]',
        b'[["timestamp", "original"], [1, 2]]',
        b"[" * 100_000,
    ],
)
def test_an_index_that_lists_nothing_ends_it(body):
    assert archive.capture_of(body) is None


def query(near):
    return {name: found for name, [found] in parse_qs(urlsplit(archive.index_url(BASE, URL, near)).query).items()}


def test_the_nearest_capture_from_that_day_on_is_asked_for():
    asked = query(datetime(2020, 10, 20, 17, 40, tzinfo=UTC))
    assert asked == {
        "url": URL,
        "output": "json",
        "fl": "timestamp,original",
        "filter": "statuscode:200",
        "from": "20201020",
        "closest": "20201020174000",
        "sort": "closest",
        "limit": "1",
    }
    assert query(datetime.fromisoformat("2020-10-20T23:40:00-05:00"))["closest"] == "20201021044000"
    assert query(datetime.fromisoformat("2020-10-20T23:40:00"))["closest"] == "20201020234000"
    assert query(date(2020, 10, 20))["closest"] == "20201020000000"


def test_the_latest_one_where_no_day_is_known():
    assert query(None) == {
        "url": URL,
        "output": "json",
        "fl": "timestamp,original",
        "filter": "statuscode:200",
        "limit": "-1",
    }


def test_a_copy_tells_of_what_and_when_it_is():
    assert archive.original_of(COPY) == URL
    assert archive.original_of(URL) == URL
    assert archive.time_of(COPY) == AT
    assert archive.time_of(URL) is None


def test_a_copy_is_what_the_page_answered_then():
    headers = {
        "content-type": "text/html",
        "x-archive-orig-content-type": "text/html; charset=shift_jis",
        "x-archive-orig-x-robots-tag": "noarchive",
        "x-robots-tag": "none",
    }
    fetch = Fetch(Target(COPY, Role.ARCHIVE), COPY, AT, 200, (Hop(302, COPY),), headers, b"x")
    found = archive.restored(fetch)
    assert (found.url, found.redirects, found.target.url) == (URL, (Hop(302, URL),), COPY)
    assert found.headers == {"content-type": "text/html; charset=shift_jis", "x-robots-tag": "noarchive"}


@pytest.fixture
def revived(web, article, record, recrawl, live, tmp_path):
    """Refresh a record whose page is gone, with an archive on a host of its own, and return its outcome."""

    def run(*rows, index=200, body=None, **fields):
        gone = web.page("/story", "gone", 410)
        record(gone, **fields)
        (tmp_path / "articles/recrawl.yml").write_text(f"archive: {web.url('', '127.0.0.9')}\n")
        near = datetime(2020, 10, 20, 17, 40, tzinfo=UTC)
        asked = archive.index_url("", gone, near)
        web.page(asked, json.dumps([["timestamp", "original"], *rows]) if rows else "[]", index, "127.0.0.9")
        web.page(f"/web/20201021083000id_/{gone}", article() if body is None else body, 200, "127.0.0.9")
        options = ("--archive", "--format", "jsonl", "--state", tmp_path / "state")
        return recrawl("refresh", tmp_path / "articles", *live, *options).outcomes["one.md"], gone

    return run


def test_a_capture_fills_what_is_missing_and_is_named_as_what_it_is(web, revived, tmp_path):
    url = web.url("/story")
    outcome, gone = revived(["20201021083000", url])
    assert [verdict["state"] for verdict in outcome["verdicts"]] == ["gone", "ok", "ok"]
    (change,) = outcome["changes"]
    assert change["place"] == "excerpt"
    assert change["because"]["sources"] == ["og:description, archived 2020-10-21"]
    text = (tmp_path / "articles/one.md").read_text()
    assert "127.0.0.9" not in text
    assert "/web/2020" not in text
    assert outcome["failure"].startswith(f"{gone}: gone")


def test_an_archive_without_a_capture_gives_nothing(web, revived):
    outcome, _ = revived()
    assert [verdict["state"] for verdict in outcome["verdicts"]] == ["gone", "ok"]
    assert outcome["changes"] == []


def test_a_capture_of_a_soft_404_gives_nothing(web, revived):
    walled = "<title>Page not found</title><h1>Page not found</h1><p>Here are the news of today.</p>"
    outcome, _ = revived(["20201021083000", web.url("/story")], body=walled)
    assert [verdict["state"] for verdict in outcome["verdicts"]] == ["gone", "ok", "soft-404"]
    assert outcome["changes"] == []
