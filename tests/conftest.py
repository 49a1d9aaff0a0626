"""What many tests need: a real web server on loopback, and the command run as users run it."""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

# How long an example takes says more of the machine's other work than of ours.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")

# What runs in the background or under nohup may be deaf to signals, and would pass that on to commands under test.
for signum in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(signum) is signal.SIG_IGN:
        signal.signal(signum, signal.default_int_handler)

Answer = Callable[[BaseHTTPRequestHandler], None]

PATIENCE = 120
"""Seconds after which a command is taken to hang."""


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: packed ones hold the time, and all processes must agree on the names of tests."""
    return argname if isinstance(val, bytes) else None


@dataclass
class Asked:
    """One request that reached the server: when (`time.monotonic`), and what it said."""

    at: float
    host: str
    path: str
    headers: dict[str, str]


@dataclass
class Web:
    """A web server on 127.0.0.1, and on all of 127.0.0.0/8, so that 127.0.0.2 is another site. Unknown paths are 404.

    A ``host`` gives an answer on that host only.
    """

    port: int = 0
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, body: str | bytes, status: int = 200, host: str = "", **headers: str) -> str:
        """Serve a body at a path; ``Content_Type="..."`` gives a header."""
        data = body.encode() if isinstance(body, str) else body
        names = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.answer(path, lambda handler: send(handler, status, names, data), host)

    def redirect(self, path: str, to: str, status: int = 301, host: str = "") -> str:
        return self.page(path, b"", status, host, Location=to)

    def robots(self, text: str, status: int = 200, host: str = "") -> str:
        return self.page("/robots.txt", text, status, host, Content_Type="text/plain")

    def answer(self, path: str, answer: Answer, host: str = "") -> str:
        self.answers[host, path] = answer
        return self.url(path, host or "127.0.0.1")

    def find(self, host: str, path: str) -> Answer | None:
        return self.answers.get((host, path)) or self.answers.get(("", path))

    def paths(self, host: str = "") -> list[str]:
        """Return the paths asked so far, of one host or all, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt" and host in ("", asked.host)]

    def requests(self, path: str) -> list[Asked]:
        """Return the requests for a path."""
        return [asked for asked in self.asked if asked.path == path]


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


def serve(site: Web) -> Server:
    """Start a server for a web; `Server.shutdown` ends it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            host = self.headers["Host"].rpartition(":")[0]
            site.asked.append(Asked(time.monotonic(), host, self.path, dict(self.headers)))
            if answer := site.find(host, self.path):
                answer(self)
            else:
                send(self, 404, {"Content-Type": "text/plain"}, b"nothing here")

        def do_HEAD(self):
            self.do_GET()

        def log_message(self, *args):
            pass

    server = Server(("0.0.0.0", 0), Handler)
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server


def running() -> Iterator[Web]:
    site = Web()
    server = serve(site)
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    yield from running()


@pytest.fixture(scope="module")
def shared_web() -> Iterator[Web]:
    """A server for all tests of a module."""
    yield from running()


@pytest.fixture(scope="module")
def raw() -> Iterator[Callable[..., int]]:
    """Serve whatever a function does with each connection (a `socket.socket`), and return the port.

    The request is read before; with ``context`` the server speaks TLS.
    """
    servers = []

    def listen(behave: Callable[[socket.socket], None], context: ssl.SSLContext | None = None) -> int:
        server = everywhere()
        servers.append(server)
        threading.Thread(target=accept, args=(server, behave, context), daemon=True).start()
        return server.getsockname()[1]

    yield listen
    for server in servers:
        server.close()


def everywhere() -> socket.socket:
    """Listen on all addresses of this machine, of both kinds where it has them."""
    if socket.has_dualstack_ipv6():
        return socket.create_server(("", 0), family=socket.AF_INET6, backlog=64, dualstack_ipv6=True)
    return socket.create_server(("", 0), backlog=64)


def accept(server: socket.socket, behave: Callable[[socket.socket], None], context: ssl.SSLContext | None) -> None:
    with suppress(OSError):  # closed at the end of the tests
        while True:
            connection, _ = server.accept()
            threading.Thread(target=converse, args=(connection, behave, context), daemon=True).start()


def converse(
    connection: socket.socket, behave: Callable[[socket.socket], None], context: ssl.SSLContext | None
) -> None:
    with suppress(OSError), connection, spoken(connection, context) as stream:
        stream.recv(65536)
        behave(stream)


def spoken(connection: socket.socket, context: ssl.SSLContext | None) -> AbstractContextManager[socket.socket]:
    return context.wrap_socket(connection, server_side=True) if context else nullcontext(connection)


@pytest.fixture(scope="session")
def archive() -> Callable[..., Path]:
    """Write a web archive of pages, each a URL and its body, or its status, its headers and its body."""

    def write(path: Path, pages: dict[str, str | tuple[int, dict[str, str], str]]) -> Path:
        with path.open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            for url, page in pages.items():
                status, headers, body = (200, {}, page) if isinstance(page, str) else page
                named = list(({"Content-Type": "text/html; charset=utf-8"} | headers).items())
                head = StatusAndHeaders(f"{status} Said", named, protocol="HTTP/1.1")
                writer.write_record(
                    writer.create_warc_record(url, "response", BytesIO(body.encode()), http_headers=head)
                )
        return path

    return write


@dataclass
class Result:
    """What a finished command left behind."""

    status: int
    out: str
    err: str

    @property
    def outcomes(self) -> dict[str, dict]:
        """The outcomes of ``--format jsonl``, by file name."""
        lines = [json.loads(line) for line in self.out.splitlines()]
        found = {Path(line["path"]).name: line for line in lines}
        assert len(found) == len(lines), "a record has two outcomes"
        return found

    @property
    def states(self) -> dict[str, list[tuple[str, str]]]:
        """Role and state of each target of ``--format jsonl``, by file name."""
        return {
            name: [(verdict["role"], verdict["state"]) for verdict in outcome["verdicts"]]
            for name, outcome in self.outcomes.items()
        }


COMMAND = (sys.executable, "-m", "crawler")


def environment(**own: str) -> dict[str, str]:
    """Return the environment of a command, without proxies."""
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")} | own


def run(*arguments: str | Path, cwd: Path | None = None, **own: str) -> Result:
    """Run the command in a process of its own."""
    words = [*COMMAND, *map(str, arguments)]
    done = subprocess.run(
        words, capture_output=True, text=True, cwd=cwd, env=environment(**own), timeout=PATIENCE, check=False
    )
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def recrawl() -> Callable[..., Result]:
    """Run the command in a process of its own; further keyword arguments are environment variables."""
    return run


@pytest.fixture(scope="session")
def player() -> Iterator[Callable[..., Result]]:
    """Run a command in a folder at a given time: a tenth of what a process of its own costs."""
    words = (sys.executable, "-P", Path(__file__).with_name("player.py"))
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=environment()) as process:

        def play(folder: Path, options: Sequence[str], now: datetime, command: str = "refresh") -> Result:
            asked = {"command": command, "folder": str(folder), "words": [*map(str, options)], "now": now.isoformat()}
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            return Result(**json.loads(process.stdout.readline()))

        yield play
        process.stdin.close()


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen]]:
    """Start the command, and do not wait for it; what still runs at the end of the test is killed."""
    begun = []

    def begin(*arguments: str | Path, **own: str) -> subprocess.Popen:
        words = [*COMMAND, *map(str, arguments)]
        pipe = subprocess.PIPE
        begun.append(subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, env=environment(**own)))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


LIVE = ("--allow-private", "127.0.0.0/8", "--delay", "0")
"""Options for a crawl of the server above."""


@pytest.fixture(scope="session")
def live() -> tuple[str, ...]:
    return LIVE


NAMES = """
import json, os, socket, time

names = json.loads(os.environ["NAMES"])
look_up = socket.getaddrinfo


def getaddrinfo(host, *arguments, **options):
    found = names.get(host.decode() if isinstance(host, bytes) else host, host)
    if isinstance(found, list):
        found = found.pop(0) if len(found) > 1 else found[0]
    if found == "hang":
        time.sleep(60)
    if isinstance(found, int):
        raise socket.gaierror(found, "as the test has it")
    return look_up(found, *arguments, **{**options, "flags": socket.AI_NUMERICHOST})


socket.getaddrinfo = getaddrinfo
"""


@pytest.fixture(scope="session")
def names(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, str]]:
    """Return environment variables that make a command know some names, and no others, instead of asking a DNS.

    A name stands for an address, an error of `socket.getaddrinfo`, "hang", or a list of such answers one after another.
    """

    folder = tmp_path_factory.mktemp("names")
    (folder / "sitecustomize.py").write_text(NAMES)

    def known(**names: str | int | list[str]) -> dict[str, str]:
        return {"PYTHONPATH": str(folder), "NAMES": json.dumps(names)}

    return known


RECORD = """---
category: news
title: "{title}"
excerpt: "{excerpt}"
publishedDateTime: 2020-10-20T17:40:00Z
originalUrl: "{url}"
webUrl: "{web_url}"
{more}type: article
published: false

provider:
  name: Port Calder Post
  domain: portcalder-post.example

secured: "keep=="
---

Body.
"""

TITLE = "New pier opens"
CUT = "The new pier of Port Calder opened to the public on Tuesday after ..."
WHOLE = "The new pier of Port Calder opened to the public on Tuesday after four years of work and two storms."


@pytest.fixture(scope="session")
def record_in() -> Callable[..., Path]:
    """Write a record file to a folder; further keyword arguments are fields."""

    def write(folder: Path, url: str, name: str = "one.md", web_url: str = "", **more: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        values = {"title": more.pop("title", TITLE), "excerpt": more.pop("excerpt", CUT)}
        lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in more.items())
        path.write_text(RECORD.format(url=url, web_url=web_url or url, more=lines, **values), encoding="utf-8")
        return path

    return write


@pytest.fixture
def record(tmp_path: Path, record_in: Callable[..., Path]) -> Callable[..., Path]:
    """Write a record file to ``articles/``; see `record_in`."""

    def write(url: str, name: str = "one.md", web_url: str = "", **more: str) -> Path:
        return record_in(tmp_path / "articles", url, name, web_url, **more)

    return write


@pytest.fixture(scope="session")
def article() -> Callable[..., str]:
    """Return the page of a record's article: its description is whole, where the record's excerpt was cut."""

    def page(description: str = WHOLE, head: str = "", title: str = TITLE) -> str:
        story = "Nine hundred people walked to its end and back on the first day, the harbour office counted. " * 20
        return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:description" content="{description}">
<meta property="article:published_time" content="2020-10-20T17:40:00Z">{head}</head>
<body><article><h1>{title}</h1><p>{description}</p><p>{story}</p></article></body></html>"""

    return page
