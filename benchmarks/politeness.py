"""Politeness at scale: sites with rules of every kind in one run, and whether their log shows any of them broken.

    python benchmarks/politeness.py [--sites N] [--pages N] [--command refresh|check|run]

Every site is a name of its own that leads to one server on loopback. It prints, for each kind of site, the shortest
time between an answer and the next request, the time that the rules ask for, and the pages that should never have been
asked for; then the time of the run beside that of the slowest site. Ends with status 1 where a rule was broken.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from pathlib import Path
from threading import Thread
from typing import Final

DELAY: Final = 0.3
"""Seconds between two requests of a site that asks for nothing."""

SLOW: Final = 0.7
"""Seconds that some ask for, by the configuration or by Crawl-delay."""

REST: Final = 1
"""Seconds of the short Retry-After."""

PAGE: Final = """<!doctype html><html lang="en"><head><title>New pier opens</title>
<meta property="og:title" content="New pier opens"></head><body><article><h1>New pier opens</h1>
<p>{}</p></article></body></html>""".format("Nine hundred people walked to its end and back on the first day. " * 20)

RECORD: Final = '---\ntitle: "New pier opens"\noriginalUrl: "{url}"\npublishedDateTime: 2020-10-20T17:40:00Z\n---\n'


@dataclass(frozen=True)
class Kind:
    """How the sites of one kind answer: ``robots`` and ``page`` return a status, headers and a body.

    ``gap`` are the seconds that lie between an answer and the next request, ``most`` the pages that may be asked of a
    site with some pages; ``since`` is the answer from which on it is known.
    """

    name: str
    gap: float
    robots: Callable[[], tuple[int, dict[str, str], str]] = lambda: (404, {}, "")
    page: Callable[[int], tuple[int, dict[str, str], str]] = lambda _: (200, {}, PAGE)
    most: Callable[[int], int] = lambda pages: pages
    since: int = 0


def _rules(text: str) -> Callable[[], tuple[int, dict[str, str], str]]:
    return lambda: (200, {}, text)


def _busy(number: int) -> tuple[int, dict[str, str], str]:
    return (429, {"Retry-After": str(REST)}, "") if number == 0 else (200, {}, PAGE)


KINDS: Final = (
    Kind("nothing asked for", DELAY),
    Kind("sites: in recrawl.yml", SLOW),
    Kind("Crawl-delay", SLOW, robots=_rules(f"User-agent: *\nCrawl-delay: {SLOW}")),
    Kind("disallowed", 0, robots=_rules("User-agent: *\nDisallow: /"), most=lambda _: 0),
    Kind("robots.txt 503", 0, robots=lambda: (503, {}, ""), most=lambda _: 0),
    Kind("robots.txt 429", 0, robots=lambda: (429, {}, ""), most=lambda _: 0),
    Kind("429, an hour", 0, page=lambda _: (429, {"Retry-After": "3600"}, ""), most=lambda _: 1),
    Kind("503, an hour", 0, page=lambda _: (503, {"Retry-After": "3600"}, ""), most=lambda _: 1),
    Kind("429, a second", 2 * DELAY, page=_busy, most=lambda pages: pages + 1, since=1),
    Kind("skipped", 0, most=lambda _: 0),
)
TOP: Final = {"sites: in recrawl.yml": f"{{delay: {SLOW}}}", "skipped": "{skip: true}"}


@dataclass
class Log:
    """What one site was asked: the path, when the request had come, and when its answer went."""

    asked: list[tuple[str, float, float]] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """The number of requests for pages."""
        return sum(path != "/robots.txt" for path, _, _ in self.asked)

    def shortest(self, since: int) -> float:
        """Return the shortest time in seconds from an answer to the next request, from the answer ``since`` on."""
        return min((later - ended for (_, _, ended), (_, later, _) in pairwise(self.asked[since:])), default=inf)


class Web:
    """A server whose answers depend on the name that it is called by."""

    def __init__(self, sites: dict[str, Kind]) -> None:
        self.sites = sites
        self.logs: dict[str, Log] = defaultdict(Log)
        self.port = 0
        self.ready = False

    async def serve(self) -> None:
        """Serve until the program ends."""
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, backlog=512)
        self.port = server.sockets[0].getsockname()[1]
        self.ready = True
        await server.serve_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                begun = time.monotonic()
                lines = head.decode("latin-1").split("\r\n")
                path = lines[0].split(" ")[1]
                host = next(line[6:].rpartition(":")[0] for line in lines if line.lower().startswith("host: "))
                log, kind = self.logs[host], self.sites[host]
                status, headers, body = kind.robots() if path == "/robots.txt" else kind.page(log.pages)
                named = {"Content-Type": "text/html", "Content-Length": str(len(body))} | headers
                written = "".join(f"{name}: {value}\r\n" for name, value in named.items())
                log.asked.append((path, begun, time.monotonic()))
                writer.write(f"HTTP/1.1 {status} Said\r\n{written}\r\n{body}".encode())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


NAMES: Final = """
import socket

look_up = socket.getaddrinfo


def getaddrinfo(host, *arguments, **options):
    name = host.decode() if isinstance(host, bytes) else host
    return look_up("127.0.0.1" if name.endswith(".example") else name, *arguments, **options)


socket.getaddrinfo = getaddrinfo
"""


def run(command: str, web: Web, pages: int, folder: Path) -> tuple[float, float]:
    """Run the command over all sites; return the seconds that it took, and those of its CPU."""
    articles = folder / "articles"
    articles.mkdir()
    own = "".join(f"  {site}: {TOP[kind.name]}\n" for site, kind in web.sites.items() if kind.name in TOP)
    (articles / "recrawl.yml").write_text(f"delay: {DELAY}\nallow_private: 127.0.0.0/8\nsites:\n{own}")
    for page in range(pages):
        for site in web.sites:
            url = f"http://{site}:{web.port}/{page}"
            (articles / f"{page}-{site}.md").write_text(RECORD.format(url=url))
    (folder / "sitecustomize.py").write_text(NAMES)
    words = [sys.executable, "-m", "crawler", command, str(articles), *EXTRA[command]]
    begun = time.monotonic()
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(folder), str(Path(__file__).parent.parent)))}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    if done.returncode not in (0, 1, 3):
        sys.exit(done.stderr)
    usage = os.times()
    return time.monotonic() - begun, usage.children_user + usage.children_system


EXTRA: Final = {
    "refresh": ["--format", "jsonl"],
    "check": ["--format", "tsv", "--only", "article"],
    "run": ["--budget", "100000"],
}


def tell(web: Web, pages: int) -> int:
    """Print what the log of each kind of site shows; return the number of rules that were broken."""
    broken = 0
    print(f"{'kind':24}{'sites':>6}{'requests':>10}{'shortest':>10}{'asked for':>10}{'too many':>10}")
    for kind in KINDS:
        logs = [web.logs[site] for site, own in web.sites.items() if own is kind]
        shortest = min((log.shortest(kind.since) for log in logs), default=inf)
        many = sum(max(0, log.pages - kind.most(pages)) for log in logs)
        broken += many + sum(log.shortest(kind.since) < kind.gap for log in logs)
        shown = f"{shortest:10.3f}" if shortest < inf else f"{'-':>10}"
        asked = sum(len(log.asked) for log in logs)
        print(f"{kind.name:24}{len(logs):6}{asked:10,}{shown}{kind.gap:10.1f}{many:10}")
    return broken


def main() -> int:
    """Make the run, and say what it was like."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--pages", type=int, default=5)
    parser.add_argument("--command", choices=sorted(EXTRA), default="refresh")
    options = parser.parse_args()
    web = Web({f"site-{number}.example": KINDS[number % len(KINDS)] for number in range(options.sites)})
    Thread(target=lambda: asyncio.run(web.serve()), daemon=True).start()
    while not web.ready:
        time.sleep(0.01)
    with tempfile.TemporaryDirectory() as folder:
        took, cpu = run(options.command, web, options.pages, Path(folder))
    broken = tell(web, options.pages)
    alone = max(log.asked[-1][1] - log.asked[0][1] for log in web.logs.values() if log.asked)
    total = sum(len(log.asked) for log in web.logs.values())
    said = {"sites": options.sites, "requests": total, "broken": broken, "seconds": took, "slowest": alone, "cpu": cpu}
    print(json.dumps({name: round(value, 1) for name, value in said.items()}))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
