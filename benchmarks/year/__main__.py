"""A year of daily `recrawl run`s against a web server on loopback whose pages change as published studies say.

    python benchmarks/year [--records N] [--budget N] [--days N] [--seed N]

Each run is the command as its users call it, but for the clock, which is a day further each time. Articles appear all
year round, are edited by the published rates, a few never stop changing, some go; one server says 304 to whatever it is
asked, one says nothing of its pages' age, one asks for a longer delay, two have a sitemap that tells of most changes.
From the server's own log it prints the requests of the dearest run, how many articles were read or called unchanged,
the hours that records were out of date (but for the server that lies), against those of never looking again and of
looking at all in turn with as many requests, and the shortest time between two requests to each site. Ends with status
1 where a run sent more than its budget, or a site was asked faster than its rules say.
"""

import argparse
import importlib
import json
import math
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from server import CRAWL_DELAY, DELAY, LYING, NOW, SLOW, serve
from world import BEGIN, HOSTS, Article, world

RECORD: Final = """---
title: "{title}"
excerpt: "The harbour office of Port Calder has counted all who came to pier {number}, and says so in full."
publishedDateTime: {published:%Y-%m-%dT%H:%M:%SZ}
originalUrl: "{url}"
provider:
  name: Port Calder Post
---
"""

JITTER: Final = 0.02
"""Seconds by which a busy machine may receive two requests closer to each other than they were sent."""


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
    for name in (
        "crawler.run",
        "crawler.handlers",
        "crawler.rot.run",
        "spiders.refresh",
        "pipelines.reconcile.pipeline",
    ):
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
    kinds = Counter(status for _, _, _, path, status in log if path.startswith("/2027/"))
    print(f"requests: {len(log)}, {max(by_day.values())} in the dearest run (at most {budget})")
    asked = Counter(path for *_, path, _ in log if not path.startswith("/2027/"))
    print("beside articles: " + ", ".join(f"{count} {path}" for path, count in asked.items()))
    print(f"articles: {kinds[200]} read, {kinds[304]} unchanged, {kinds[410]} gone")
    ours, turns = sights(log), in_turn(articles, log)
    honest = [article for article in articles if article.number % HOSTS != LYING and ours[article.number]]
    never = sum(article.stale(ours[article.number][:1], end) for article in honest)
    stale = sum(article.stale(ours[article.number], end) for article in honest)
    uniform = sum(article.stale(turns[article.number], end) for article in honest if turns[article.number])
    hours = sum(end - ours[article.number][0] for article in honest)
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
        if path.startswith("/2027/") and not (status == 304 and host == LYING):
            reads[int(path.rpartition("/")[2])].append(now)
    return reads


def in_turn(articles: Sequence[Article], log: Sequence[Sequence[Any]]) -> dict[int, list[float]]:
    """Return when articles would have been read if each run had asked those first that waited longest."""
    each = Counter(now for now, _, _, path, _ in log if path.startswith("/2027/"))
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
