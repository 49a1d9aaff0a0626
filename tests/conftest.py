"""What many tests need: a real web server on loopback, and the command run as users run it."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Asked:
    """One request that reached the server."""

    host: str
    path: str
    headers: dict[str, str]


@dataclass
class Web:
    """A web server on 127.0.0.1, and on all of 127.0.0.0/8, so that 127.0.0.2 is another site. Unknown paths are 404."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> str:
        """Serve a body at a path on every host; ``Content_Type="..."`` gives a header."""
        data = body.encode() if isinstance(body, str) else body
        names = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
        self.answers[path] = lambda handler: send(handler, status, names, data)
        return self.url(path)

    def redirect(self, path: str, to: str, status: int = 301) -> str:
        return self.page(path, b"", status, Location=to)

    def answer(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return self.url(path)

    def paths(self) -> list[str]:
        """Return the paths asked so far, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


def send(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Stay quiet: clients of these tests hang up on purpose."""


@pytest.fixture
def web() -> Iterator[Web]:
    site = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            site.asked.append(Asked(self.headers["Host"], self.path, dict(self.headers)))
            answer = site.answers.get(self.path)
            if answer:
                answer(self)
            else:
                send(self, 404, {"Content-Type": "text/plain"}, b"nothing here")

        do_HEAD = do_GET

        def log_message(self, format, *args):
            pass

    server = Server(("0.0.0.0", 0), Handler)
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


@dataclass
class Result:
    """What a finished command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def recrawl() -> Callable[..., Result]:
    """Run the command in a process of its own, without proxies, allowed to ask loopback."""

    def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Result:
        env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        words = [sys.executable, "-m", "crawler", *map(str, arguments)]
        done = subprocess.run(
            words, capture_output=True, text=True, cwd=cwd, env=env | environment, timeout=120, check=False
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


LIVE = ("--allow-private", "127.0.0.0/8", "--delay", "0")
"""Options for a crawl of the server above."""


@pytest.fixture
def live() -> tuple[str, ...]:
    return LIVE


RECORD = """---
category: news
title: "{title}"
excerpt: "{excerpt}"
publishedDateTime: 2020-10-20T17:40:00Z
originalUrl: "{url}"
webUrl: "{url}"
type: article
published: false

provider:
  name: Port Calder Post
  domain: portcalder-post.example

secured: "keep=="
---

Body.
"""


@pytest.fixture
def record(tmp_path: Path) -> Callable[..., Path]:
    """Write a record file."""

    def write(url: str, name: str = "one.md", title: str = "New pier opens", excerpt: str = "It opens.") -> Path:
        path = tmp_path / "articles" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(RECORD.format(url=url, title=title, excerpt=excerpt), encoding="utf-8")
        return path

    return write
