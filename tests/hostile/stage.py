"""A stage: one server on which every host behaves in its own way, none of them well.

A behaviour is a function with a name; its host is that name. It is given the connection and the path that was asked
for, and says on its own what is to become of a record, or a link, that leads there.
"""

import re
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

PATH = "/2020/10/new-pier-opens"

PATIENCE = 30
"""Seconds after which a connection on which nothing happens is given up."""

Act = Callable[["Peer"], None]


@dataclass(frozen=True)
class Behaviour:
    """What a host does, and the states that a refresh and a check may call that by.

    Where the page is the article all the same (``is_good``) its record has to be refreshed. ``tls`` names the
    certificate that it shows, ``is_secure`` says that it is met at an https address, ``has_robots`` that it answers
    for its robots.txt itself. ``without_space`` is what it may be called, too, where it is met at unusual ports of
    a network that the run is allowed (see `space`).
    """

    name: str
    act: Act
    refreshed: frozenset[str]
    checked: frozenset[str]
    is_good: bool = False
    tls: str = ""
    is_secure: bool = False
    has_robots: bool = False
    without_space: str = ""

    def states(self, of_a: str, *, is_space: bool) -> frozenset[str]:
        """Return the states that a ``refresh`` or a ``check`` may call it by."""
        named = self.refreshed if of_a == "refresh" else self.checked
        return named if is_space else named | {self.without_space}

    @property
    def host(self) -> str:
        """Each is a site of its own."""
        return f"{self.name}.test"

    def url(self, port: str = "", secure_port: str = "") -> str:
        """Return where it is met; a port is written with its colon, and not where it is the usual one."""
        return f"https://{self.host}{secure_port}{PATH}" if self.is_secure else f"http://{self.host}{port}{PATH}"


BEHAVIOURS: dict[str, Behaviour] = {}

LEADS: dict[str, Act] = {}
"""Ways to lead to another address; see `leads`."""


def behaviour(refreshed: str, checked: str = "", **more: object) -> Callable[[Act], Act]:
    """Enter a behaviour; states are separated by blanks, those of a check are those of a refresh unless given."""

    def enter(act: Act) -> Act:
        name = act.__name__.replace("_", "-")
        assert name not in BEHAVIOURS
        states = frozenset(refreshed.split())
        BEHAVIOURS[name] = Behaviour(name, act, states, frozenset(checked.split()) or states, **more)
        return act

    return enter


def good(checked: str = "ok", **more: object) -> Callable[[Act], Act]:
    """Enter a behaviour whose page is the article in spite of all."""
    return behaviour("ok", checked, is_good=True, **more)


@dataclass
class Peer:
    """One connection, after its request was read, or before where nobody speaks TLS; ports as in `Behaviour.url`."""

    connection: socket.socket
    host: str
    path: str
    port: str
    secure_port: str
    is_tls: bool
    target: str = ""

    def send(self, *data: bytes) -> None:
        self.connection.sendall(b"".join(data))

    def answer(self, body: bytes | str = b"", status: str = "200 OK", kind: str = "text/html", **headers: str) -> None:
        """Send a whole answer, as a server should."""
        data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        named = {"Content-Type": kind, "Content-Length": str(len(data)), "Connection": "close"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
        self.send(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1"), data)

    def forever(self, *pieces: bytes, most: int = 1 << 30) -> None:
        """Send the last of some pieces until nobody listens, or ``most`` bytes are sent; the others before it."""
        for piece in pieces[:-1]:
            self.send(piece)
        for _ in range(most // len(pieces[-1])):
            self.send(pieces[-1])

    def drip(self, start: bytes, drop: bytes, seconds: float = 0.1, most: int = 300) -> None:
        """Send a little from time to time."""
        self.send(start)
        waiting = threading.Event()
        for _ in range(most):
            waiting.wait(seconds)
            self.send(drop)

    def wait(self) -> None:
        """Say nothing until the other side hangs up."""
        while self.connection.recv(65536):
            pass

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


@dataclass
class Stage:
    """The server. ``contexts`` are its certificates, ``asked`` counts requests by host and path, ``heads`` are what
    they said."""

    contexts: Mapping[str, ssl.SSLContext]
    port: str = ""
    secure_port: str = ""
    targets: Sequence[str] = ()
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    heads: list[str] = field(default_factory=list)

    def listen(self, server: socket.socket, *, is_tls: bool) -> None:
        """Meet whoever connects, each in a thread."""
        threading.Thread(target=self._accept, args=(server, is_tls), daemon=True).start()

    def _accept(self, server: socket.socket, is_tls: bool) -> None:
        while True:
            connection, _ = server.accept()
            threading.Thread(target=self.meet, args=(connection, is_tls), daemon=True).start()

    def meet(self, connection: socket.socket, is_tls: bool) -> None:
        """Play one connection to its end."""
        with suppress(OSError, ValueError), connection:
            connection.settimeout(PATIENCE)
            if is_tls:
                self._secure(connection)
            else:
                self._perform(connection, is_tls=False)

    def _secure(self, connection: socket.socket) -> None:
        host = server_name(connection.recv(4096, socket.MSG_PEEK))
        found = BEHAVIOURS.get(host.removesuffix(".test"))
        if found and found.tls:
            with self.contexts[found.tls].wrap_socket(connection, server_side=True) as secured:
                self._perform(secured, is_tls=True)
        elif found:
            found.act(self._peer(connection, host, "", is_tls=True))

    def _perform(self, connection: socket.socket, *, is_tls: bool) -> None:
        head = ""
        while "\r\n\r\n" not in head and (more := connection.recv(65536)):
            head += more.decode("latin-1")
        if not head:
            return
        names = [line[5:].strip() for line in head.split("\r\n") if line[:5].lower() == "host:"]
        host, path = names[0].partition(":")[0].lower(), head.split(" ")[1]
        self.asked[host, path] += 1
        self.heads.append(head)
        found = BEHAVIOURS.get(host.removesuffix(".test"))
        peer = self._peer(connection, host, path, is_tls=is_tls)
        if "--" in host:
            self._lead(peer)
        elif found is None or (path == "/robots.txt" and not found.has_robots):
            peer.answer(status="404 Not Found", kind="text/plain")
        else:
            found.act(peer)

    def _lead(self, peer: Peer) -> None:
        name, _, number = peer.host.removesuffix(".test").partition("--")
        peer.target = self.targets[int(number)]
        if peer.path == "/robots.txt" and name not in ("robots", "sitemap"):
            peer.answer(status="404 Not Found", kind="text/plain")
        else:
            LEADS[name](peer)

    def _peer(self, connection: socket.socket, host: str, path: str, *, is_tls: bool) -> Peer:
        return Peer(connection, host, path, self.port, self.secure_port, is_tls)


def server_name(hello: bytes) -> str:
    """Return the name that a TLS client asks for (RFC 6066): the only text of its hello that ends as ours do."""
    found = re.search(rb"([a-z0-9-]+\.test)", hello)
    return found[1].decode() if found else ""
