"""Answer every address of a folder of records with one kind of wall or error after another: no file may change.

    python benchmarks/walls.py FOLDER [--only 'blocked/*' ...]

FOLDER is copied, its addresses lead to a server on loopback, and beside each record is put a bare one that knows only
headline and address, so that a page has to prove itself by these alone. The copy is committed to git, and refreshed
once for every kind of `tests/walls`. Printed are, for each kind, how many addresses were taken for what, the number of
requests, and what `git status` tells of; the exit status is 1 where that is anything. Needs git.
"""

import argparse
import json
import os
import re
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import yaml

HOUSE = Path(__file__).parent.parent
WALLS = HOUSE / "tests" / "walls"
ADDRESS = re.compile(rb"https?://([\w.-]+)(?::\d+)?")
FRONT = re.compile(rb"---\r?\n(.*?)\r?\n---", re.DOTALL)
HIDDEN = re.compile(r"\{\{(\w+)\}\}")

RESOLVER = """
import socket

look_up = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **options: look_up("127.0.0.1", *more, **options)
"""
"""A `sitecustomize` by which every name is that of this machine."""


@dataclass(frozen=True)
class Wall:
    """One kind: ``state`` is what it has to be taken for, ``text`` an HTTP response with ``{{title}}``, ``{{url}}`` ...

    A page that stands after a redirect is what the end of it answers.
    """

    state: str
    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.state}/{self.name}"

    def answer(self, known: Mapping[str, str]) -> tuple[str, str]:
        """Return head and body for one address."""
        text = HIDDEN.sub(lambda hidden: known.get(hidden[1], ""), self.text)
        head, _, body = text.partition("\n\n")
        return head, body


def walls(*patterns: str) -> list[Wall]:
    """Return the kinds whose name (``state/name``) fits one of some patterns; all where there is none."""
    files = sorted(WALLS.glob("*/*.http"))
    found = (Wall(file.parent.name, file.stem, file.read_text("utf-8")) for file in files)
    return [wall for wall in found if any(fnmatch(str(wall), pattern) for pattern in patterns or "*")]


@dataclass
class Site:
    """What the server knows: the wall of each host, the headline of each path, and the ends of redirects so far."""

    wall: Callable[[str], Wall]
    titles: Mapping[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    def answer(self, host: str, path: str) -> bytes:
        """Return the bytes that answer a request."""
        url, name = f"http://{host}{path}", host.partition(":")[0]
        if path == "/robots.txt":
            return b"HTTP/1.1 404 Not Found\r\n\r\n"
        self.asked += 1
        if url in self.ends:
            return f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{self.ends[url]}".encode()
        port = host.partition(":")[2]
        known = {"title": self.titles.get(path, ""), "url": url, "host": name, "port": port, "path": path}
        head, body = self.wall(name).answer(known)
        if body and (found := re.search(r"^Location: (\S+)", head, re.MULTILINE)):
            self.ends[urljoin(url, found[1])] = body
            body = ""
        return f"{head}\n\n".replace("\n", "\r\n").encode() + body.encode() if head else b""


class Handler(socketserver.StreamRequestHandler):
    """Reads a request, sends the answer as it is, and hangs up."""

    def handle(self) -> None:
        """Answer one request."""
        lines = list(iter(lambda: self.rfile.readline().strip(), b""))
        if not lines:
            return
        host = next(line.split(b":", 1)[1].strip() for line in lines[1:] if line.lower().startswith(b"host:"))
        path = lines[0].split()[1].decode("latin-1")
        self.wfile.write(self.server.site.answer(host.decode("latin-1"), path))  # type: ignore[attr-defined]


class Server(socketserver.ThreadingTCPServer):
    """Listens on loopback; ``site`` answers."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet: a client may hang up."""


@contextmanager
def serving(site: Site) -> Iterator[int]:
    """Serve a site, and give its port."""
    with Server(("127.0.0.1", 0), Handler) as server:
        server.site = site
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def known_of(data: bytes) -> tuple[str, str]:
    """Return headline and address of a record's file, empty where it has none."""
    front = FRONT.match(data)
    fields = (yaml.safe_load(front[1]) if front else None) or {}
    return str(fields.get("title") or ""), str(fields.get("originalUrl") or "")


def bare(title: str, url: str) -> bytes:
    """Return a record that knows of its article only what it is called and where it is."""
    fields = yaml.safe_dump({"title": title, "originalUrl": url}, allow_unicode=True, width=10**6, sort_keys=False)
    return f"---\n{fields}---\n".encode()


def moved(data: bytes, to: Callable[[str], str]) -> bytes:
    """Return a file with all of its addresses at the hosts that ``to`` names for theirs."""
    return ADDRESS.sub(lambda found: f"http://{to(found[1].decode())}".encode(), data)


def put(data: bytes, file: Path, titles: dict[str, str]) -> None:
    """Write a record and a bare one beside it, and remember the headline of all of its paths."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    title, url = known_of(data)
    if url:
        file.with_name(f"{file.stem}.bare.md").write_bytes(bare(title, url))
    for found in re.findall(rb"https?://[^\s\"'<>]+", data):
        parts = urlsplit(found.decode())
        titles[f"{parts.path}?{parts.query}" if parts.query else parts.path] = title


def environment(scratch: Path) -> dict[str, str]:
    """Return the environment of a command for which every name is that of this machine."""
    names = scratch / "names"
    names.mkdir(exist_ok=True)
    (names / "sitecustomize.py").write_text(RESOLVER)
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return kept | {"PYTHONPATH": str(names)}


def refresh(folder: Path, scratch: Path) -> list[dict]:
    """Refresh a folder by a command of its own with no memory, and return the outcomes."""
    state = tempfile.mkdtemp(dir=scratch)
    asking = ("--allow-private", "127.0.0.0/8", "--delay", "0", "--per-site", "8")
    words = [sys.executable, "-m", "crawler", "refresh", folder, "--state", state, "--format", "jsonl", *asking]
    done = subprocess.run(words, cwd=HOUSE, env=environment(scratch), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def git(folder: Path, *words: str) -> str:
    """Return what git says of a folder."""
    who = ("-c", "user.name=walls", "-c", "user.email=walls@example.org", "-c", "core.autocrlf=false")
    return subprocess.run(["git", "-C", folder, *who, *words], capture_output=True, text=True, check=True).stdout


def laid_out(folder: Path, copy: Path, port: int) -> dict[str, str]:
    """Copy a folder with its addresses on loopback, commit it, and return the headline of each path."""
    titles: dict[str, str] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        put(moved(file.read_bytes(), lambda host: f"{host}:{port}"), copy / file.relative_to(folder), titles)
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "as it was")):
        git(copy, *words)
    return titles


def measured(wall: Wall, copy: Path, scratch: Path, site: Site) -> list[str]:
    """Refresh a copy while one wall answers, print what was seen, and return what changed."""
    site.asked = 0
    site.ends.clear()
    outcomes = refresh(copy, scratch)
    states = Counter(verdict["state"] for outcome in outcomes for verdict in outcome["verdicts"])
    status = git(copy, "status", "--porcelain").splitlines()
    said = ", ".join(f"{state} {number}" for state, number in states.most_common())
    print(f"{wall!s:56}{len(outcomes):5} records {site.asked:5} requests{len(status):3} changed  {said}", flush=True)
    if status:
        print(*status, git(copy, "diff", "-U0"), sep="\n", flush=True)
        git(copy, "checkout", "-q", ".")
    return status


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", metavar="PATTERN", help="the kinds, as blocked/*; may be repeated")
    options = parser.parse_args()
    kinds, now, changed = walls(*options.only or ()), [], 0
    with tempfile.TemporaryDirectory(prefix="walls-") as name:
        scratch, site = Path(name), Site(lambda _host: now[0])
        with serving(site) as port:
            site.titles = laid_out(options.folder, scratch / "records", port)
            for wall in kinds:
                now[:] = [wall]
                changed += len(measured(wall, scratch / "records", scratch, site))
    print(f"{len(kinds)} kinds, {changed} files changed")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
