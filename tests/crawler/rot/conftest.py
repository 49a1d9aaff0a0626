"""A web in which every host has its own way to answer."""

import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Call(BaseHTTPRequestHandler):
    """One request; its host answers it."""

    protocol_version = "HTTP/1.1"
    hosts: "Hosts"
    times: int

    def do_GET(self):
        self.name = self.headers["Host"].partition(":")[0]
        self.hosts.asked[self.name].append(f"{self.command} {self.path}")
        self.times = self.hosts.asked[self.name].count(f"{self.command} {self.path}")
        answer = self.hosts.answers[self.name]
        if self.path == "/robots.txt" and self.name not in self.hosts.with_robots:
            self.say(404)
        else:
            answer(self)

    def do_HEAD(self):
        self.do_GET()

    def say(self, status=200, body="", kind="text/html; charset=utf-8", reason=None, **headers):
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status, reason)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **named}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def move(self, to, status=301, **headers):
        self.say(status, Location=to, **headers)

    def hang_up(self, *, reset=False):
        self.close_connection = True
        self.wfile.flush()
        if reset:
            with socket.socket(fileno=self.connection.detach()) as taken:
                taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def log_message(self, *_):
        pass


@dataclass
class Hosts:
    """A server whose hosts answer as they like; ``asked`` are the requests that each has seen."""

    port: int = 0
    answers: dict[str, Callable[[Call], None]] = field(default_factory=dict)
    with_robots: set[str] = field(default_factory=set)
    asked: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, answer: Callable[[Call], None], *, robots: bool = False) -> None:
        self.answers[name] = answer
        self.asked[name] = []
        if robots:
            self.with_robots.add(name)

    def pages(self, name: str) -> list[str]:
        """Return what a host was asked, robots.txt left out."""
        return [call for call in self.asked[name] if not call.endswith("/robots.txt")]

    def count(self) -> int:
        return sum(len(self.pages(name)) for name in self.asked)


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Stay quiet: some hosts hang up on purpose."""


def running() -> Iterator[Hosts]:
    hosts = Hosts()
    server = Server(("127.0.0.1", 0), type("Calls", (Call,), {"hosts": hosts}))
    hosts.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield hosts
    server.shutdown()
    server.server_close()


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    yield from running()


@pytest.fixture(scope="module")
def shared_hosts() -> Iterator[Hosts]:
    """A server for all tests of a module."""
    yield from running()


@pytest.fixture(scope="session")
def findings() -> Callable[[str], dict[str, list[str]]]:
    """Read a TSV report: state, verdict, final URL and reason of each URL."""

    def read(text: str) -> dict[str, list[str]]:
        rows = [line.split("\t") for line in text.splitlines()]
        assert not [url for url, times in Counter(row[2] for row in rows).items() if times > 1]
        return {url: [state, verdict, final, reason] for state, verdict, url, final, reason in rows}

    return read
