"""A web in which every host has its own way to answer."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Call(BaseHTTPRequestHandler):
    """One request; its host answers it."""

    protocol_version = "HTTP/1.1"
    hosts: "Hosts"
    times: int

    def do_GET(self):
        self.name = self.headers["Host"].partition(":")[0].rstrip(".").lower()
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

    def send(self, data):
        """Send bytes as they are, and hang up."""
        self.close_connection = True
        self.wfile.write(data)
        self.wfile.flush()

    @property
    def asked_for_it(self):
        """Whether this is the address that is checked."""
        return self.path == self.hosts.paths[self.name]

    def log_message(self, *_):
        pass


@dataclass
class Hosts:
    """A server whose hosts answer as they like; ``asked`` are the requests that each has seen, ``paths`` what is
    checked of each."""

    port: int = 0
    answers: dict[str, Callable[[Call], None]] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    with_robots: set[str] = field(default_factory=set)
    asked: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, answer: Callable[[Call], None], path: str = "", *, robots: bool = False) -> None:
        self.answers[name], self.paths[name] = answer, path
        self.asked[name] = []
        if robots:
            self.with_robots.add(name)

    def pages(self, name: str) -> list[str]:
        """Return what a host was asked, robots.txt left out."""
        return [call for call in self.asked[name] if not call.endswith("/robots.txt")]

    def count(self) -> int:
        return sum(len(self.pages(name)) for name in self.asked)


class Server(ThreadingHTTPServer):
    """Listens on loopback."""

    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Stay quiet: some hosts hang up on purpose."""


@contextmanager
def running() -> Iterator[Hosts]:
    """Serve hosts that are still to be added."""
    hosts = Hosts()
    server = Server(("127.0.0.1", 0), type("Calls", (Call,), {"hosts": hosts}))
    hosts.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield hosts
    server.shutdown()
    server.server_close()
