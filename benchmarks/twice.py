"""What a second look costs at which nothing has changed: `recrawl refresh`, and `recrawl run` months later.

    python benchmarks/twice.py [--records N] [--hosts N]

Refreshes generated records from a web server on loopback, refreshes them again, and has `recrawl run` look at all of
them once more, by a clock that is 120 days ahead. For each it prints the requests that the server has seen, how many of
them it answered with 304 and how many with a page, the files that were written, and CPU milliseconds for a record.
Ends with status 1 where a later look takes more than one request a record beside robots.txt, is answered with a page,
writes a file, or takes more than a fifth of the CPU time of the first.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import memory

MOST: Final = 1 / 5

LATER: Final = """
import sys
from datetime import timedelta
from crawler.commands.run import command
from crawler.job import utc_now

now = utc_now() + timedelta(days=120)
context = command.make_context("run", sys.argv[1:])
sys.exit(context.invoke(command.callback, **context.params, now=lambda: now))
"""

COUNTS: Final = multiprocessing.Array("q", 3)
"""Requests for robots.txt, answers with 304, answers with a page."""


class Counting(memory.Server):
    """The server, which counts what it answers."""

    def say(self, status: str, body: bytes, more: str = "") -> None:
        """Send one answer."""
        COUNTS[0 if status.startswith("404") else 1 if status.startswith("304") else 2] += 1
        super().say(status, body, more)


def serve(ready: Connection, size: int) -> None:
    """Serve until the process is ended; tells its port."""
    memory.Server = Counting
    memory.serve(ready, size)


def look(name: str, words: Sequence[str], folder: Path, records: int) -> tuple[list[int], int, float]:
    """Run one look, print what it took, and return what the server counted, files written and CPU seconds."""
    COUNTS[:] = [0, 0, 0]
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*.md")}
    _, status, used = os.wait4(os.posix_spawn(sys.executable, [sys.executable, *words], os.environ), 0)
    if status:
        sys.exit(f"it ended with status {os.waitstatus_to_exitcode(status)}")
    written = sum(path.stat().st_mtime_ns != at for path, at in before.items())
    cpu = used.ru_utime + used.ru_stime
    robots, unchanged, pages = COUNTS
    print(f"{name:15} {robots:6} {unchanged:6} {pages:6} {written:6} {cpu / records * 1000:12.2f}", flush=True)
    return list(COUNTS), written, cpu


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--page", type=int, default=60_000, help="bytes of a page")
    options = parser.parse_args()
    ready, told = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(told, options.page), daemon=True)
    server.start()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "articles")
        memory.write(folder, options.records, options.hosts, ready.recv())
        live = (str(folder), "--allow-private", "127.0.0.0/8", "--delay", "0", "--quiet")
        print(f"{'look':15} {'robots':>6} {'304':>6} {'pages':>6} {'files':>6} {'CPU ms/record':>12}")
        _, _, first = look("refresh", ("-m", "crawler", "refresh", *live), folder, options.records)
        whole = ("--budget", str(2 * options.records), "--rot-share", "0%")
        later = [
            look("refresh again", ("-m", "crawler", "refresh", *live), folder, options.records),
            look("run, 120 days", ("-c", LATER, *live, *whole), folder, options.records),
        ]
    server.terminate()
    worst = max(cpu for _, _, cpu in later)
    print(f"CPU time of the dearer of both to that of the first: {worst / first:.3f} (at most {MOST})")
    is_well = all(counts[1] <= options.records and not counts[2] and not written for counts, written, _ in later)
    return int(not is_well or worst > MOST * first)


if __name__ == "__main__":
    sys.exit(main())
