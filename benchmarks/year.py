"""A year of daily `recrawl run`s against a web server on loopback whose pages change as published studies say.

    python benchmarks/year.py [--records N] [--budget N] [--days N] [--seed N]

Each run is the command as its users call it, but for the clock, which is a day further each time. Articles appear all
year round, are edited by the published rates, a few never stop changing, some go; one server says 304 to whatever it is
asked, one says nothing of its pages' age, one asks for a longer delay. From the server's own log it prints the requests
of the dearest run, how many articles were read or called unchanged, the hours that records were out of date, against
those of never looking again and of looking at all in turn with as many requests, and the shortest time between two
requests to each site. Ends with status 1 where a run sent more than its budget, or a site was asked faster than its
rules say.
"""

import argparse
import asyncio
import importlib
import json
import math
import multiprocessing
import os
import random
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ClassVar, Final

JITTER: Final = 0.02
"""Seconds by which a busy machine may receive two requests closer to each other than they were sent."""

BEGIN: Final = datetime(2027, 1, 1, 6, tzinfo=UTC)
HOSTS: Final = 6
LYING, SILENT, SLOW = 0, 1, 2
DELAY: Final = 0.1
CRAWL_DELAY: Final = 0.3
NOW: Final = multiprocessing.Value("d", 0.0)
"""Hours since the first run, for the server."""

EDITS: Final = 0.68
"""Edits of an article over its life, on average (Timmerman et al.); those of outlets differ by a lognormal factor."""

LIVING: Final = 0.03
MIXTURE: Final = ((0.45, 2.0), (0.37, 10.0), (0.13, 60.0), (0.05, 1500.0))
"""Shares of edits, and the mean of their hours after publication: 82 % in the first day (GDELT)."""

ROT: Final = 0.05 / (365 * 24)

RECORD: Final = """---
title: "{title}"
excerpt: "The harbour office of Port Calder has counted all who came to pier {number}, and says so in full."
publishedDateTime: {published:%Y-%m-%dT%H:%M:%SZ}
originalUrl: "{url}"
provider:
  name: Port Calder Post
---
"""
PAGE: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<meta property="og:description" content="The harbour office of Port Calder has counted all who came to pier {number},
and says so in edition {version} of its report.">
<meta property="article:published_time" content="{published:%Y-%m-%dT%H:%M:%SZ}"></head>
<body><article><h1>{title}</h1>{text}</article></body></html>"""
TEXT: Final = "<p>Nine hundred people walked to its end and back on the first day, the harbour office counted.</p>" * 12


@dataclass
class Article:
    """One article: when it came out and changed, and when it goes, in hours since the first run."""

    number: int
    published: float
    changes: list[float]
    gone: float
    asked: list[float] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its headline."""
        return f"Story {self.number} of the harbour office, and what became of it"

    @property
    def at(self) -> datetime:
        """When it came out."""
        return (BEGIN + timedelta(hours=self.published)).replace(microsecond=0)

    def version(self, now: float) -> int:
        """Return how often it has changed; -1 when it is gone."""
        return -1 if now >= self.gone else bisect_right(self.changes, now)

    def stale(self, reads: Sequence[float], end: float) -> float:
        """Return the hours for which it was out of date, from its first read on, if it was read then."""
        events = sorted({*self.changes, self.gone})
        total = 0.0
        for read, following in zip(reads, [*reads[1:], end], strict=True):
            later = next((change for change in events if change > read), math.inf)
            total += max(following - later, 0.0)
        return total


def world(records: int, days: int, seed: int) -> list[Article]:
    """Return articles: two in five are there at the first run, the others appear during the year."""
    chance = random.Random(seed)
    outlets = [math.exp(chance.gauss(-0.18, 0.6)) for _ in range(HOSTS)]
    return [_article(number, outlets[number % HOSTS], days * 24.0, chance) for number in range(records)]


def _article(number: int, busy: float, end: float, chance: random.Random) -> Article:
    published = -chance.uniform(24, 2 * 365 * 24) if chance.random() < 0.4 else chance.uniform(0, end)
    ages: list[float] = []
    weights, means = zip(*MIXTURE, strict=True)
    expected, drawn = EDITS * busy, chance.expovariate(1)
    while drawn < expected:
        ages.append(chance.expovariate(1 / chance.choices(means, weights)[0]))
        drawn += chance.expovariate(1)
    if chance.random() < LIVING:
        age = chance.expovariate(1 / 100)
        while published + age < end:
            ages.append(age)
            age += chance.expovariate(1 / 100)
    return Article(number, published, sorted(published + age for age in ages), published + chance.expovariate(ROT))


class Server(asyncio.Protocol):
    """Serves the articles as they are now, and logs every request."""

    articles: ClassVar[list[Article]] = []
    log: ClassVar[list[tuple[float, float, int, str, int]]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer a request; none of ours comes in two parts."""
        lines = data.decode().split("\r\n")
        path = lines[0].split(" ")[1]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        if path == "/log":
            self.say("200 OK", json.dumps(self.log).encode())
            return
        host = int(headers["host"].split(":")[0].rpartition(".")[2]) - 1
        status, body, more = self.answer(host, path, headers.get("if-none-match"))
        self.log.append((NOW.value, time.monotonic(), host, path, int(status[:3])))
        self.say(status, body, more)

    def answer(self, host: int, path: str, known: str | None) -> tuple[str, bytes, str]:
        """Return status, body and headers for a path."""
        if path == "/robots.txt":
            rules = f"User-agent: *\nCrawl-delay: {CRAWL_DELAY}\n" if host == SLOW else ""
            return "200 OK", rules.encode(), ""
        article = self.articles[int(path.rpartition("/")[2])]
        version = article.version(NOW.value)
        if version < 0:
            return "410 Gone", b"gone", ""
        etag = '"same"' if host == LYING else f'"{version}"'
        if known == etag:
            return "304 Not Modified", b"", f"ETag: {etag}\r\n"
        said = PAGE.format(
            title=article.title, number=article.number, version=version + 1, published=article.at, text=TEXT
        )
        return "200 OK", said.encode(), "" if host == SILENT else f"ETag: {etag}\r\n"

    def say(self, status: str, body: bytes, more: str = "") -> None:
        """Send one answer."""
        length = "" if status.startswith("304") else f"Content-Length: {len(body)}\r\n"
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{length}{more}\r\n"
        self.transport.write(head.encode() + body)


def serve(ready: Connection, articles: list[Article]) -> None:
    """Serve until the process is ended; tells its port."""
    Server.articles = articles

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Server, "0.0.0.0", 0, backlog=256)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def run(folder: Path, budget: int, at: datetime) -> None:
    """Make one run, in a fork: Scrapy takes a second to import, and cannot run twice in one process."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            sys.exit(f"the run of {at:%Y-%m-%d} ended with status {os.waitstatus_to_exitcode(status)}")
        return
    status = 70
    try:
        from crawler.commands.run import command

        words = [str(folder), "--allow-private", "127.0.0.0/8", "--delay", str(DELAY), "--budget", str(budget), "-q"]
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        context = command.make_context("run", words)
        status = context.invoke(command.callback, **context.params, now=lambda: at)
    finally:
        os._exit(status)


def play(folder: Path, articles: Sequence[Article], port: int, budget: int, days: int) -> Iterator[int]:
    """Make all runs; new articles get their record before. Yields the number of each day."""
    for name in ("crawler.run", "crawler.handlers", "crawler.rot.run", "spiders.refresh", "pipelines.reconcile"):
        importlib.import_module(name)
    waiting = sorted(articles, key=lambda article: -article.published)
    for day in range(days):
        NOW.value = day * 24.0
        while waiting and waiting[-1].published <= NOW.value:
            article = waiting.pop()
            url = f"http://127.0.0.{article.number % HOSTS + 1}:{port}/2027/{article.number}"
            text = RECORD.format(title=article.title, number=article.number, published=article.at, url=url)
            folder.joinpath(f"{article.number:04}.md").write_text(text)
        run(folder, budget, BEGIN + timedelta(days=day))
        yield day


def judge(articles: Sequence[Article], log: Sequence[Sequence[Any]], budget: int, days: int) -> bool:
    """Print what the log shows, and tell whether budget and rules were kept."""
    end = days * 24.0
    by_day = Counter(round(now / 24) for now, *_ in log)
    kinds = Counter(status for _, _, _, path, status in log if path != "/robots.txt")
    print(f"requests: {len(log)}, {max(by_day.values())} in the dearest run (at most {budget})")
    print(f"articles: {kinds[200]} read, {kinds[304]} unchanged, {kinds[410]} gone")
    ours = sights(log)
    never = sum(article.stale(ours[article.number][:1], end) for article in articles if ours[article.number])
    stale = sum(article.stale(ours[article.number], end) for article in articles if ours[article.number])
    turns = in_turn(articles, log)
    uniform = sum(article.stale(turns[article.number], end) for article in articles if turns[article.number])
    hours = sum(end - reads[0] for reads in ours.values() if reads)
    print(f"out of date: {never:.0f} h if never read again, {uniform:.0f} h all in turn, {stale:.0f} h by recrawl run")
    print(
        f"fresh: {1 - stale / hours:.4f} of the time; staleness {stale / never:.3f}, all in turn {uniform / never:.3f}"
    )
    shortest = gaps(log)
    for host, (gap, opening, least) in shortest.items():
        print(f"127.0.0.{host + 1}: {gap:.3f} s between two requests ({opening:.3f} after the first; rule: {least} s)")
    return max(by_day.values()) <= budget and all(gap >= least - JITTER for gap, _, least in shortest.values())


def sights(log: Sequence[Sequence[Any]]) -> dict[int, list[float]]:
    """Return the times at which each article was really seen as it was; a lie of its server is no sight of it."""
    reads: dict[int, list[float]] = defaultdict(list)
    for now, _, host, path, status in log:
        if path != "/robots.txt" and not (status == 304 and host == LYING):
            reads[int(path.rpartition("/")[2])].append(now)
    return reads


def in_turn(articles: Sequence[Article], log: Sequence[Sequence[Any]]) -> dict[int, list[float]]:
    """Return when articles would have been read if each run had asked those first that waited longest."""
    each = Counter(now for now, _, _, path, _ in log if path != "/robots.txt")
    last = dict.fromkeys(range(len(articles)), -math.inf)
    reads: dict[int, list[float]] = defaultdict(list)
    for now in sorted(each):
        there = [article for article in articles if article.published <= now and last[article.number] < article.gone]
        for article in sorted(there, key=lambda one: last[one.number])[: each[now]]:
            reads[article.number].append(now)
            last[article.number] = now
    return reads


def gaps(log: Sequence[Sequence[Any]]) -> dict[int, tuple[float, float, float]]:
    """Return the shortest time between two requests to each site within a run, and what its rules say.

    The second is that after the first request of a run, which arrives late by the time that a connection takes to open.
    """
    last: dict[int, tuple[float, float, int]] = {}
    found: dict[int, list[float]] = defaultdict(lambda: [math.inf, math.inf])
    for now, at, host, *_ in log:
        before, sent, number = last.get(host, (now, at, -1))
        number = number + 1 if before == now else 0
        if number > 0:
            found[host][number == 1] = min(found[host][number == 1], at - sent)
        last[host] = (now, at, number)
    return {host: (*found[host], CRAWL_DELAY if host == SLOW else DELAY) for host in sorted(found)}


def fetch_log(port: int) -> list[list[Any]]:
    """Return the server's log."""
    from urllib.request import urlopen

    with urlopen(f"http://127.0.0.1:{port}/log") as answer:
        found: list[list[Any]] = json.load(answer)
    return found


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=300)
    parser.add_argument("--budget", type=int, default=24)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    articles = world(options.records, options.days, options.seed)
    ready, told = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(told, articles), daemon=True)
    server.start()
    port = ready.recv()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "articles")
        folder.mkdir()
        for day in play(folder, articles, port, options.budget, options.days):
            if day % 30 == 29:
                print(f"day {day + 1}, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
        is_well = judge(articles, fetch_log(port), options.budget, options.days)
    server.terminate()
    return int(not is_well)


if __name__ == "__main__":
    sys.exit(main())
