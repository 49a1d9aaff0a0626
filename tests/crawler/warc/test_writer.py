import gzip
import resource
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.errors import ArchiveError
from crawler.warc.capture import responses
from crawler.warc.exchange import Exchange
from crawler.warc.index import Index
from crawler.warc.writer import Writer

URL = "https://example.com/article"
AT = datetime(2020, 10, 20, 17, 40, 0, 123456, tzinfo=UTC)
EXCHANGE = Exchange(
    url=URL,
    at=AT,
    status=200,
    headers=((b"Content-Type", b"text/html"), (b"X-Old", b"caf\xe9")),
    body=b"<p>page</p>",
    asked=((b"User-Agent", b"recrawl"),),
    ip="192.0.2.1",
    protocol="HTTP/1.1",
)


def written(path, *exchanges):
    writer = Writer(path, AT)
    for exchange in exchanges:
        writer.write(exchange)
    writer.close()
    return path


def seen_by_warcio(path):
    """Each record's type, fields and HTTP head, with warcio's check of all digests."""
    with path.open("rb") as file:
        records = ArchiveIterator(file, check_digests="raise")
        return [(each.rec_type, each.rec_headers, each.http_headers, each.content_stream().read()) for each in records]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "crawl.warc.gz"


def test_what_is_written_is_read(path):
    (capture,) = responses(written(path, EXCHANGE))
    assert (capture.url, capture.date, capture.status, capture.ip) == (URL, AT, 200, "192.0.2.1")
    assert capture.headers == (("Content-Type", "text/html"), ("X-Old", "caf\xe9"))
    assert capture.payload == b"<p>page</p>"


def test_others_can_read_it(path):
    info, answer, request = seen_by_warcio(written(path, EXCHANGE))
    assert (info[0], answer[0], request[0]) == ("warcinfo", "response", "request")
    assert answer[1]["WARC-Protocol"] == "http/1.1"
    assert answer[1]["WARC-IP-Address"] == "192.0.2.1"
    assert answer[1]["WARC-Date"] == "2020-10-20T17:40:00.123456Z"
    assert answer[2].statusline == "200 OK"
    assert answer[3] == b"<p>page</p>"
    assert request[1]["WARC-Concurrent-To"] == answer[1]["WARC-Record-ID"]
    assert (request[2].protocol, request[2].statusline) == ("GET", "/article HTTP/1.1")
    assert request[2]["Host"] == "example.com"
    assert request[2]["User-Agent"] == "recrawl"


def test_each_record_is_a_member(path):
    written(path, EXCHANGE)
    assert path.read_bytes().count(b"\x1f\x8b\x08") >= 3
    assert gzip.decompress(path.read_bytes()).count(b"WARC/1.1\r\n") == 3


def test_no_secret_is_written(path):
    written(
        path,
        replace(
            EXCHANGE,
            url="https://user:hunter2@example.com/article#hunter2",
            headers=((b"Set-Cookie", b"hunter2"), (b"set-cookie2", b"hunter2"), (b"Server", b"x")),
            asked=((b"Cookie", b"hunter2"), (b"Authorization", b"hunter2"), (b"X-Api-Key", b"hunter2")),
        ),
    )
    assert b"hunter2" not in gzip.decompress(path.read_bytes())
    assert Index([path]).get(URL).headers == (("Server", "x"),)


def test_a_body_that_is_not_whole_is_marked(path):
    (capture,) = responses(written(path, replace(EXCHANGE, truncated="length")))
    assert capture.truncated == "length"


def test_not_modified_is_a_revisit(path, caplog):
    unmodified = replace(EXCHANGE, status=304, body=b"", headers=((b"ETag", b'"1"'),), at=AT.replace(year=2021))
    empty = replace(EXCHANGE, url=f"{URL}/empty", body=b"")
    written(path, EXCHANGE, empty, unmodified)
    *_, revisit, request = seen_by_warcio(path)
    assert (revisit[0], request[0]) == ("revisit", "request")
    assert revisit[1]["WARC-Profile"].endswith("/server-not-modified")
    assert (revisit[2].statusline, revisit[2]["ETag"]) == ("304 Not Modified", '"1"')
    assert Index([path]).get(URL).payload == EXCHANGE.body
    assert not caplog.records


def test_an_unknown_status(path):
    (capture,) = responses(written(path, replace(EXCHANGE, status=999)))
    assert capture.status == 999


def test_a_head_request_does_not_answer_get(path):
    written(path, EXCHANGE, replace(EXCHANGE, method="HEAD", body=b"", at=AT.replace(year=2021)))
    assert Index([path]).get(URL).payload == EXCHANGE.body


def test_it_appends(path):
    written(path, EXCHANGE)
    written(path, replace(EXCHANGE, url=f"{URL}/2"))
    assert [capture.url for capture in responses(path)] == [URL, f"{URL}/2"]
    assert [kind for kind, *_ in seen_by_warcio(path)].count("warcinfo") == 1


def test_an_unfinished_last_record_is_cut_off_wherever_it_ends(path, caplog):
    written(path, EXCHANGE)
    whole = path.read_bytes()
    written(path, replace(EXCHANGE, url=f"{URL}/2"))
    more = path.read_bytes()
    for size in range(len(whole) + 1, len(more), 7):
        path.write_bytes(more[:size])
        caplog.clear()
        written(path, replace(EXCHANGE, url=f"{URL}/3"))
        urls = [capture.url for capture in responses(path)]
        assert urls in ([URL, f"{URL}/3"], [URL, f"{URL}/2", f"{URL}/3"])
        assert path.read_bytes().startswith(whole)
        seen_by_warcio(path)


@pytest.mark.parametrize(
    "data",
    [
        b"an article of mine",
        gzip.compress(b"an article of mine, packed"),
        gzip.compress(b"an article of mine, packed") * 3,
        gzip.compress(b"WARC/1.0\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n")[:-9],
        gzip.compress(b"WARC/1.0\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n") + b"something else",
        gzip.compress(b"WARC/1.0\r\nContent-Length: 5\r\n\r\nhello\r\n\r\nWARC/1.0\r\nContent-Length: 99\r\n\r\n"),
    ],
)
def test_no_other_file_is_harmed(path, data):
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match="name another file"):
        Writer(path, AT)
    assert path.read_bytes() == data


def test_one_writer_at_a_time(path):
    first = Writer(path, AT)
    with pytest.raises(ArchiveError, match="another process"):
        Writer(path, AT)
    first.close()
    Writer(path, AT).close()


@pytest.mark.parametrize("name", ["none/x.warc.gz", "folder.gz", "x.warc"])
def test_where_it_cannot_be_written(tmp_path, name):
    (tmp_path / "folder.gz").mkdir()
    with pytest.raises(ArchiveError, match=name):
        Writer(tmp_path / name, AT)


def test_a_full_disk_ends_the_recording_with_one_warning(path, caplog):
    writer = Writer(path, AT)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))  # writing further fails, as on a full disk
    try:
        for number in range(20):
            body = bytes((number * n * n) % 251 for n in range(5000))
            writer.write(replace(EXCHANGE, url=f"{URL}/{number}", body=body))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(caplog.records) == 1
    assert str(path) in caplog.text
    caplog.clear()
    urls = [capture.url for capture in responses(path)]
    assert urls == [f"{URL}/{number}" for number in range(len(urls))]
    assert 1 <= len(urls) < 20
    assert not caplog.records
    seen_by_warcio(path)
    written(path, EXCHANGE)


KILLED = """
import os, signal, sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from crawler.warc.exchange import Exchange
from crawler.warc.writer import Writer
writer = Writer(Path(sys.argv[1]), datetime.now(UTC))
for number in range(50):
    writer.write(Exchange(f"https://example.com/{number}", datetime.now(UTC), 200, (), os.urandom(10_000)))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_written_survives_a_kill(path):
    assert subprocess.run([sys.executable, "-c", KILLED, path], check=False).returncode == -9
    assert len(list(responses(path))) == 50
    assert len(seen_by_warcio(path)) == 101
