import gzip
import logging
import time
from datetime import UTC, datetime

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.errors import ArchiveError
from crawler.warc.capture import responses
from crawler.warc.record import LIMIT

URL = "https://example.com/article"


def test_all_that_is_known_of_a_capture(any_file, make):
    path = any_file(
        make.record("warcinfo", block=b"software: test\r\n"),
        make.response(
            URL,
            make.page,
            "Content-Type: text/html; charset=utf-8",
            "Link: <a>",
            "link: <b>",
            version="1.1",
            warc_date="2020-10-20T17:40:00.123456Z",
            warc_ip_address="192.0.2.1",
            warc_truncated="time",
        ),
    )
    (capture,) = responses(path)
    assert capture.url == URL
    assert capture.date == datetime(2020, 10, 20, 17, 40, 0, 123456, tzinfo=UTC)
    assert capture.status == 200
    assert capture.headers == (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Link", "<a>"),
        ("link", "<b>"),
    )
    assert capture.header("LINK") == "<a>, <b>"
    assert capture.header("etag") == ""
    assert capture.ip == "192.0.2.1"
    assert capture.truncated == "time"
    assert capture.body == capture.payload == make.page


def test_many_records_in_every_kind_of_file(any_file, make):
    bodies = [bytes([65 + number % 26]) * (number * 97 % 5000) for number in range(200)]
    pairs = [(f"https://example.com/{number}", body) for number, body in enumerate(bodies)]
    path = any_file(
        *(
            part
            for url, body in pairs
            for part in (make.record("request", url, b"GET / HTTP/1.1\r\n\r\n"), make.response(url, body))
        )
    )
    assert [(capture.url, capture.payload) for capture in responses(path)] == pairs


def test_reading_agrees_with_warcio(make):
    bodies = [gzip.compress(make.page * number) for number in range(1, 60)]
    path = make.members(*(make.response(f"{URL}/{n}", body, "Content-Encoding: gzip") for n, body in enumerate(bodies)))
    with path.open("rb") as file:
        theirs = [
            (each.rec_headers["WARC-Target-URI"], each.http_headers.get_statuscode(), each.content_stream().read())
            for each in ArchiveIterator(file)
        ]
    assert [(each.url, str(each.status), each.payload) for each in responses(path)] == theirs


def test_a_news_crawl_archive(make):
    """CC-NEWS: WARC/1.0, three records a page, headers of the wire renamed or left over a body stored joined."""
    path = make.members(
        make.record("warcinfo", block=b"robots: checked via crawler-commons\r\n"),
        make.record("request", URL, b"GET /article HTTP/1.1\r\nHost: example.com\r\n\r\n"),
        make.response(URL, make.page, "X-Crawl-Content-Encoding: gzip", "Transfer-Encoding: chunked"),
        make.record("metadata", URL, b"fetchTimeMs: 12\r\n"),
        make.response(f"{URL}/2", b"7\r\n<p>raw\n\r\n4\r\n</p>\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    )
    assert [capture.payload for capture in responses(path)] == [make.page, b"<p>raw\n</p>"]


def test_chunked_and_packed(make):
    packed = brotli.compress(make.page)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    path = make.plain(make.response(URL, chunked, "Transfer-Encoding: chunked", "Content-Encoding: br"))
    (capture,) = responses(path)
    assert capture.body == packed
    assert capture.payload == make.page


def test_a_resource_is_a_capture(make):
    path = make.plain(make.record("resource", URL, make.page, content_type="text/html"))
    (capture,) = responses(path)
    assert (capture.status, capture.header("content-type"), capture.payload) == (200, "text/html", make.page)


def test_angle_brackets_of_wget(make):
    path = make.members(make.response(f"<{URL}>"))
    assert [capture.url for capture in responses(path)] == [URL]


def test_header_lines_of_loose_writers(make):
    block = b"HTTP/2 404\nX-Folded: one\n two\nno colon here\nEmpty:\nX-Old: caf\xe9\n\nbody"
    path = make.plain(make.record("response", URL, block))
    (capture,) = responses(path)
    assert capture.status == 404
    assert capture.header("x-folded") == "one two"
    assert capture.header("x-old").encode("latin-1") == b"caf\xe9"
    assert capture.payload == b"body"


@pytest.fixture
def in_tokyo(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2020-10-20T17:40:00Z", datetime(2020, 10, 20, 17, 40, tzinfo=UTC)),
        ("2020-10-20T17:40:00+02:00", datetime(2020, 10, 20, 15, 40, tzinfo=UTC)),
        ("2020-10-20T17:40:00", datetime(2020, 10, 20, 17, 40, tzinfo=UTC)),
        ("2020-10-20T17:40Z", datetime(2020, 10, 20, 17, 40, tzinfo=UTC)),
        ("2020-10-20", datetime(2020, 10, 20, tzinfo=UTC)),
        ("2020", datetime(2020, 1, 1, tzinfo=UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
@pytest.mark.usefixtures("in_tokyo")
def test_dates_of_every_precision(make, given, read):
    (capture,) = responses(make.plain(make.response(URL, warc_date=given)))
    assert capture.date == read


def test_other_schemes_are_passed_over(make):
    path = make.plain(
        make.record("response", "dns:example.com", b"20201020 example.com. 60 IN A 192.0.2.1"),
        make.record("metadata", "metadata://x", b"x"),
        make.response(URL),
    )
    assert [capture.url for capture in responses(path)] == [URL]


def test_a_malformed_response_is_passed_over_with_a_warning(any_file, make, caplog):
    path = any_file(
        make.response(f"{URL}/1"),
        make.record("response", f"{URL}/bad", b"<html>no status line"),
        make.response(f"{URL}/3"),
    )
    assert [capture.url for capture in responses(path)] == [f"{URL}/1", f"{URL}/3"]
    assert f"{URL}/bad" in caplog.text


def test_a_response_without_body(make):
    path = make.plain(make.record("response", URL, b"HTTP/1.1 204 No Content\r\nServer: x\r\n"))
    (capture,) = responses(path)
    assert (capture.status, capture.header("server"), capture.payload) == (204, "x", b"")


def test_a_huge_block_is_cut(make):
    path = make.members(make.response(f"{URL}/1", bytes(LIMIT + 1000)), make.response(f"{URL}/2"))
    first, second = responses(path)
    assert 0 < len(first.payload) <= LIMIT
    assert second.payload == make.page


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.97])
def test_an_archive_that_was_cut_is_read_up_to_there(make, caplog, keep):
    records = [make.response(f"{URL}/{number}", str(number).encode() * 500) for number in range(20)]
    path = make.members(*records)
    sizes = [len(gzip.compress(each)) for each in records]
    size = int(sum(sizes) * keep)
    path.write_bytes(path.read_bytes()[:size])
    whole = sum(sum(sizes[: number + 1]) <= size for number in range(20))
    urls = [capture.url for capture in responses(path)]
    assert urls[:whole] == [f"{URL}/{number}" for number in range(whole)]
    assert len(urls) <= whole + 1  # all of a record may be there but the end of its member
    assert "it ends in the middle of a" in caplog.text
    assert str(path) in caplog.text


def test_damage_in_the_middle_ends_the_reading_with_a_warning(make, caplog):
    path = make.members(*(make.response(f"{URL}/{number}") for number in range(20)))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)
    urls = [capture.url for capture in responses(path)]
    assert urls == [f"{URL}/{number}" for number in range(len(urls))]
    assert 8 <= len(urls) <= 10
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.parametrize(
    ("data", "say"),
    [
        (b"", "no record"),
        (b"\r\n\r\n", "no record"),
        (b"<!doctype html><p>\n\nA page", "is it a WARC file"),
        (b"a line of five words here\n\n", "is it a WARC file"),
        (gzip.compress(b"text\n\n"), "is it a WARC file"),
        (gzip.compress(b"text")[:-9], "is it a WARC file"),
        (b"\x1f\x8b garbage", "is it a WARC file"),
        (b"PK\x03\x04 and more", "archive/"),
        (b"\x28\xb5\x2f\xfd and more", "zstd -d"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "length"),
        (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n", "length"),
        (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", "length"),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 200_000, "without end"),
        (gzip.compress(b"WARC/1.0\r\n" + bytes(10**8)), "without end"),
        (gzip.compress(b"W") * 100_000, "is it a WARC file"),
    ],
)
def test_what_is_no_archive_is_refused_with_a_remedy(tmp_path, data, say):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=say) as refusal:
        list(responses(path))
    assert refusal.value.path == path


def test_a_missing_file_and_a_folder_are_archive_errors(tmp_path):
    for path in (tmp_path / "none.warc.gz", tmp_path):
        with pytest.raises(ArchiveError, match=str(tmp_path)):
            list(responses(path))
