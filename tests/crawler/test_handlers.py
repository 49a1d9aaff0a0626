"""Real crawls of a real server: recorded, then replayed with the server gone and no way to any other."""

import gzip
import json
import subprocess
import sys
import time
import zlib
from collections import Counter
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import brotli
import pytest

from crawler.errors import ArchiveError
from crawler.handlers import archives, recording
from crawler.warc.capture import responses

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = b"<!doctype html><title>Page</title><p>" + b"Words and more words. " * 200
MODIFIED = formatdate(1_600_000_000, usegmt=True)

CRAWL = """
import base64, json, resource, sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from crawler.config import Config
from crawler.job import Job
from crawler.replace import Replacer
from crawler.report.text import Text
from crawler.state import State

job = json.loads(sys.argv[1])
opened = []
sys.addaudithook(lambda event, _: event in ("socket.connect", "socket.getaddrinfo") and opened.append(event))
if job["file_limit"]:
    resource.setrlimit(resource.RLIMIT_FSIZE, (job["file_limit"], job["file_limit"]))


class Spider(scrapy.Spider):
    name = "test"
    job = Job((), Config(delay=0), State.in_memory(), Replacer(), Text())

    async def start(self):
        for url, method, headers in job["asked"]:
            meta = {"asked": url}
            yield scrapy.Request(url, method=method, headers=headers, meta=meta, errback=self.fail, dont_filter=True)

    def parse(self, response):
        self.say(
            response.meta["asked"],
            url=response.url,
            status=response.status,
            headers={k.decode(): [v.decode("latin-1") for v in vs] for k, vs in response.headers.items()},
            body=base64.b64encode(response.body).decode(),
            kind=type(response).__name__,
            redirects=response.meta.get("redirect_urls", []),
            retries=response.meta.get("retry_times", 0),
            flags=response.flags,
        )

    def fail(self, failure):
        problem = getattr(failure.value, "problem", None)
        say = {"error": failure.type.__name__, "failure": problem and problem.failure, "detail": str(failure.value)}
        self.say(failure.request.meta["asked"], **say)

    def say(self, asked, **what):
        print(json.dumps({"asked": asked, **what}))


process = AsyncCrawlerProcess(job["settings"])
process.crawl(Spider)
process.start()
print(json.dumps({"opened": len(opened)}))
"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.server.asked[self.path] += 1
        self.answer(200, b"", ("Content-Length", str(len(PAGE))), ("X-Method", "HEAD"))

    def do_GET(self):
        self.server.asked[self.path] += 1
        name = self.path.strip("/").partition("?")[0]
        getattr(self, name.partition(".")[0], self.missing)()

    def robots(self):
        self.answer(200, b"User-agent: *\nDisallow: /private\n", ("Content-Type", "text/plain"))

    def page(self):
        self.answer(
            200, PAGE, ("Content-Type", "text/html"), ("Set-Cookie", "id=secret"), ("Link", "<a>"), ("Link", "<b>")
        )

    def gzip(self):
        self.answer(200, gzip.compress(PAGE, mtime=0), ("Content-Type", "text/html"), ("Content-Encoding", "gzip"))

    def br(self):
        self.answer(200, brotli.compress(PAGE), ("Content-Type", "text/html"), ("Content-Encoding", "br"))

    def zstd(self):
        self.answer(200, zstd.compress(PAGE), ("Content-Type", "text/html"), ("Content-Encoding", "zstd"))

    def deflate(self):
        self.answer(200, zlib.compress(PAGE)[2:-4], ("Content-Type", "text/html"), ("Content-Encoding", "deflate"))

    def chunked(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(PAGE), 1000):
            part = PAGE[start : start + 1000]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def moved(self):
        self.answer(301, b"", ("Location", "/found"))

    def found(self):
        self.answer(302, b"", ("Location", "/page?from=moved#part"))

    def latin(self):
        self.answer(302, b"", ("Location", "/caf\xe9"))

    def flaky(self):
        busy = self.server.asked[self.path] < 2
        self.answer(503 if busy else 200, b"busy" if busy else PAGE)

    def tagged(self):
        if self.headers["If-None-Match"] == '"1"':
            self.answer(304, b"", ("ETag", '"1"'))
        else:
            self.answer(200, PAGE, ("ETag", '"1"'), ("Last-Modified", MODIFIED), ("X-Only", "in full"))

    def dated(self):
        self.answer(200, PAGE, ("Last-Modified", MODIFIED))

    def large(self):
        self.answer(200, bytes(100_000))

    def missing(self):
        self.answer(404, b"<p>Not here", ("Content-Type", "text/html"))

    def answer(self, status, body, *headers):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 304 and "Content-Length" not in dict(headers):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked = Counter()
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        server.url = f"http://127.0.0.1:{server.server_port}"
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def stop(server):
    """Takes the server down; a later connection would be refused."""

    def close():
        server.shutdown()
        server.server_close()

    return close


RECORDING = dict.fromkeys(("http", "https"), "crawler.handlers.RecordingHandler")
REPLAYING = dict.fromkeys(("http", "https"), "crawler.handlers.ArchiveHandler")
SETTINGS = {
    "ROBOTSTXT_OBEY": True,
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "HTTPERROR_ALLOW_ALL": True,
    "COOKIES_ENABLED": False,
    "RETRY_TIMES": 1,
    "RECRAWL_ALLOW_PRIVATE": ["127.0.0.0/8"],
}


def command(asked, file_limit=0, **settings):
    asked = [one if isinstance(one, tuple) else (one, "GET", {}) for one in asked]
    job = {"asked": asked, "file_limit": file_limit, "settings": {**SETTINGS, **settings}}
    return [sys.executable, "-c", CRAWL, json.dumps(job)]


class Crawl:
    """One crawl in a process of its own: what it said of each URL, and how often it asked for a connection."""

    def __init__(self, asked, **options):
        crawl = command(asked, **options)
        done = subprocess.run(crawl, capture_output=True, text=True, check=True, timeout=120)
        *said, last = map(json.loads, done.stdout.splitlines())
        self.said = {one.pop("asked"): one for one in said}
        self.opened = last["opened"]
        self.log = done.stderr

    @classmethod
    def recorded(cls, asked, path, **options):
        return cls(asked, RECRAWL_RECORD=str(path), DOWNLOAD_HANDLERS=RECORDING, **options)

    @classmethod
    def replayed(cls, asked, *paths, **options):
        return cls(asked, RECRAWL_REPLAY=list(map(str, paths)), DOWNLOAD_HANDLERS=REPLAYING, **options)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "crawl.warc.gz"


def test_a_replay_is_the_crawl_again(server, stop, path):
    names = ["page", "gzip", "br", "zstd", "deflate", "chunked", "moved", "latin", "nowhere", "private", "large"]
    urls = [f"{server.url}/{name}" for name in names]
    # Scrapy 2.19 lets requests through that wait for one robots.txt together: one at a time.
    first = Crawl.recorded(urls, path, CONCURRENT_REQUESTS=1)
    stop()
    again = Crawl.replayed(urls, path)
    assert set(first.said) == set(urls)
    for one in first.said.values():
        one.get("headers", {}).pop("Set-Cookie", None)  # not recorded
    assert again.said == first.said
    assert first.opened > 0
    assert again.opened == 0

    said = {url.removeprefix(f"{server.url}/"): one for url, one in again.said.items()}
    assert said["moved"]["url"] == f"{server.url}/page?from=moved"
    assert said["moved"]["redirects"] == [f"{server.url}/moved", f"{server.url}/found"]
    assert said["latin"]["url"] == f"{server.url}/caf%E9"
    assert said["nowhere"]["status"] == 404
    assert said["private"]["error"] == "IgnoreRequest"
    assert {said[name]["body"] for name in names[:6]} == {said["page"]["body"]}
    assert said["page"]["headers"]["Link"] == ["<a>", "<b>"]
    assert said["gzip"]["kind"] == "HtmlResponse"


def test_the_recording_holds_what_was_on_the_wire(server, path):
    Crawl.recorded([f"{server.url}/{name}" for name in ("gzip", "chunked")], path)
    captures = {capture.url.rpartition("/")[2]: capture for capture in responses(path)}
    assert captures["gzip"].body == gzip.compress(PAGE, mtime=0)
    assert captures["gzip"].payload == PAGE
    assert captures["chunked"].body == PAGE
    assert captures["chunked"].header("transfer-encoding") == ""
    assert captures["gzip"].ip == "127.0.0.1"
    assert "robots.txt" in captures
    assert b"secret" not in gzip.decompress(path.read_bytes())


def test_a_url_that_is_not_archived(server, stop, path):
    Crawl.recorded([f"{server.url}/page"], path)
    stop()
    url = f"{server.url}/other"
    missing = Crawl.replayed([url], path)
    said = missing.said[url]
    assert (said["error"], said["failure"]) == ("NotArchived", "not-in-archive")
    assert url in said["detail"]
    assert missing.opened == 0
    assert "Retrying" not in missing.log


def test_after_a_retry_the_answer_is_what_is_replayed(server, stop, path):
    url = f"{server.url}/flaky"
    assert Crawl.recorded([url], path).said[url]["retries"] == 1
    stop()
    said = Crawl.replayed([url], path).said[url]
    assert (said["status"], said["retries"]) == (200, 0)


CONDITIONAL = [
    ("tagged", {"If-None-Match": '"1"'}, 304),
    ("tagged", {"If-None-Match": 'W/"1"'}, 304),
    ("tagged", {"If-None-Match": '"0", "1"'}, 304),
    ("tagged", {"If-None-Match": "*"}, 304),
    ("tagged", {"If-None-Match": '"0"'}, 200),
    ("tagged", {"If-None-Match": '"0"', "If-Modified-Since": MODIFIED}, 200),
    ("dated", {"If-None-Match": '"1"'}, 200),
    ("dated", {"If-Modified-Since": MODIFIED}, 304),
    ("dated", {"If-Modified-Since": formatdate(1_500_000_000, usegmt=True)}, 200),
    ("dated", {"If-Modified-Since": "the day before"}, 200),
    ("page", {"If-Modified-Since": MODIFIED}, 200),
    ("moved", {"If-None-Match": '"1"'}, 200),
    ("page", {"Range": "bytes=0-10"}, 200),
]


@pytest.fixture(scope="module")
def archive_of_all(tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / "all.warc.gz"
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked = Counter()
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        Crawl.recorded([f"{base}/{name}" for name in ("tagged", "dated", "page", "moved", "large")], path)
        server.shutdown()
        thread.join()
    return path, base


@pytest.fixture(scope="module")
def answers(archive_of_all):
    """What each of the conditional requests is answered; their fragments only tell them apart."""
    path, base = archive_of_all
    asked = [(f"{base}/{name}#{number}", "GET", headers) for number, (name, headers, _) in enumerate(CONDITIONAL)]
    said = Crawl.replayed(asked, path, ROBOTSTXT_OBEY=False).said
    return [said[url] for url, *_ in asked]


@pytest.mark.parametrize("number", range(len(CONDITIONAL)), ids=[f"{name} {asked}" for name, asked, _ in CONDITIONAL])
def test_conditional_requests(answers, number):
    name, _, status = CONDITIONAL[number]
    said = answers[number]
    assert said["status"] == status
    assert bool(said["body"]) == (status == 200)
    if name == "tagged":
        assert ("X-Only" in said["headers"]) == (status == 200)
        assert said["headers"]["Etag"] == ['"1"']


def test_a_head_request_is_answered_by_get(archive_of_all):
    path, base = archive_of_all
    said = Crawl.replayed([(f"{base}/page", "HEAD", {})], path).said[f"{base}/page"]
    assert (said["status"], said["body"]) == (200, "")
    assert said["headers"]["Content-Length"] == [str(len(PAGE))]


def test_a_body_above_the_limit(archive_of_all):
    path, base = archive_of_all
    said = Crawl.replayed([f"{base}/large"], path, DOWNLOAD_MAXSIZE=50_000).said[f"{base}/large"]
    assert said["failure"] == "too-large"


def test_a_refresh_that_was_recorded_needs_the_archive_before_it(server, stop, tmp_path):
    url, full, later = f"{server.url}/tagged", tmp_path / "full.warc.gz", tmp_path / "later.warc.gz"
    conditional = (url, "GET", {"If-None-Match": '"1"'})
    Crawl.recorded([url], full)
    assert Crawl.recorded([conditional], later).said[url]["status"] == 304
    stop()
    assert Crawl.replayed([conditional], later).said[url]["status"] == 304
    assert Crawl.replayed([url], later).said[url]["failure"] == "not-in-archive"
    assert Crawl.replayed([url], full, later).said[url]["status"] == 200


def test_a_header_that_is_not_true_of_the_stored_body(tmp_path):
    url, path = "http://example.com/page", tmp_path / "x.warc"
    http = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + PAGE
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
    path.write_bytes(f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n")
    said = Crawl.replayed([url], path).said[url]
    assert said["status"] == 200
    assert said["headers"] == {}


def test_the_crawl_goes_on_when_the_disk_is_full(server, path):
    urls = [f"{server.url}/large?{number}" for number in range(30)] + [f"{server.url}/page"]
    crawl = Crawl.recorded(urls, path, file_limit=3000)
    assert {url: one["status"] for url, one in crawl.said.items()} == dict.fromkeys(urls, 200)
    assert crawl.log.count("nothing is recorded from") == 1
    assert 0 < len(list(responses(path))) < len(urls)


def test_a_recording_that_was_killed_is_used_and_added_to(server, stop, path):
    urls = [f"{server.url}/page?{number}" for number in range(2000)]
    crawl = subprocess.Popen(
        command(urls, RECRAWL_RECORD=str(path), DOWNLOAD_HANDLERS=RECORDING),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while sum(server.asked.values()) < 100 and crawl.poll() is None:
        time.sleep(0.01)
    crawl.kill()
    assert crawl.wait() == -9
    path.write_bytes(path.read_bytes() + gzip.compress(PAGE)[:50])  # as if killed while writing
    recorded = {capture.url for capture in responses(path)}
    assert len(recorded) > 50

    more = [f"{server.url}/page?more{number}" for number in range(5)]
    assert "is not whole and is cut off" in Crawl.recorded(more, path).log
    stop()
    said = Crawl.replayed([*sorted(recorded), *more], path)
    assert {one["status"] for one in said.said.values()} == {200}
    assert len(said.said) == len(recorded) + 5
    assert "in the middle" not in said.log


def test_what_cannot_be_used_is_told_before_the_crawl(tmp_path, path):
    (tmp_path / "page.html").write_bytes(PAGE)
    with pytest.raises(ArchiveError, match=r"page\.html"):
        archives([tmp_path / "page.html"])
    with pytest.raises(ArchiveError, match=r"page\.html"):
        recording(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes() == PAGE


def test_one_index_and_one_writer_are_shared_while_they_are_held(path):
    writer = recording(path)
    assert recording(str(path)) is writer
    writer.close()
    index = archives([path])
    assert archives([Path(path)]) is index
    del index
    path.write_bytes(b"")
    with pytest.raises(ArchiveError):
        archives([path])
