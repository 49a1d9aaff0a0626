"""`recrawl run`, ended by kill -9 at random moments: what is left of files and state, and what the next run does.

    python benchmarks/kill_run.py [--moments N] [--records N] [--seed N]

For each moment a folder of records, each of which a page has something to add to, is refreshed from a web server on
loopback, and the run is killed. Then every file must be as it was or as it is to be, the state must be sound, and
whatever the state has must be in its file; the next run must finish the rest, and ask nothing that the state has. It
prints how many records were done at each moment, and how many had been asked but not done. Ends with status 1 where any
of this does not hold.
"""

import argparse
import asyncio
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ClassVar, Final

HOSTS: Final = 8
WAIT: Final = 0.02
"""Seconds that the server takes for an answer."""

WHOLE: Final = (
    "The new pier of Port Calder opened to the public on Tuesday after four years of work and {number} storms."
)
CUT: Final = "The new pier of Port Calder opened to the public on Tuesday after ..."
RECORD: Final = """---
title: "New pier opens, part {number}"
excerpt: "{excerpt}"
publishedDateTime: 2020-10-20T17:40:00Z
originalUrl: "{url}"
---

Body.
"""
PAGE: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>New pier opens, part {number}</title>
<meta property="og:title" content="New pier opens, part {number}"><meta property="og:description" content="{whole}">
<meta property="article:published_time" content="2020-10-20T17:40:00Z"></head>
<body><article><h1>New pier opens, part {number}</h1><p>{whole}</p>{text}</article></body></html>"""
TEXT: Final = "<p>Nine hundred people walked to its end and back on the first day, the harbour office counted.</p>" * 12


class Server(asyncio.Protocol):
    """Serves pages, each after a while, and tells which were asked."""

    asked: ClassVar[Connection]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer a request; none of ours comes in two parts."""
        path = data.split(b" ", 2)[1].decode()
        if path == "/robots.txt":
            self.say("404 Not Found", b"")
            return
        number = int(path.strip("/"))
        self.asked.send(number)
        body = PAGE.format(number=number, whole=WHOLE.format(number=number), text=TEXT).encode()
        asyncio.get_running_loop().call_later(WAIT, self.say, "200 OK", body)

    def say(self, status: str, body: bytes) -> None:
        """Send one answer."""
        head = f'HTTP/1.1 {status}\r\nContent-Type: text/html\r\nETag: "1"\r\nContent-Length: {len(body)}\r\n\r\n'
        self.transport.write(head.encode() + body)


def serve(told: Connection) -> None:
    """Serve until the process is ended; tells its port, then the number of every page that is asked."""
    Server.asked = told

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Server, "0.0.0.0", 0, backlog=256)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


class Trial:
    """A folder of records, and the pages that were asked for them."""

    def __init__(self, folder: Path, records: int, port: int, told: Connection) -> None:
        self.folder = folder
        self.told = told
        self.urls = [f"http://127.0.0.{number % HOSTS + 1}:{port}/{number}" for number in range(records)]
        folder.mkdir()
        for number in range(records):
            self.path(number).write_text(self.text(number))

    def path(self, number: int) -> Path:
        """Return the file of a record."""
        return self.folder / f"{number:03}.md"

    def text(self, number: int) -> str:
        """Return what is in the file of a record at first."""
        return RECORD.format(number=number, url=self.urls[number], excerpt=CUT)

    def run(self, seconds: float | None = None) -> tuple[Counter[int], float]:
        """Run, to the end or for some seconds, and return what was asked, and the seconds that it took."""
        options = ("--allow-private", "127.0.0.0/8", "--delay", "0", "--quiet")
        words = [sys.executable, "-m", "crawler", "run", str(self.folder), *options]
        begun = time.monotonic()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            status = process.wait(seconds)
            if status:
                sys.exit(f"the run ended with status {status}")
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        took = time.monotonic() - begun
        asked: Counter[int] = Counter()
        while self.told.poll(2 * WAIT):
            asked[self.told.recv()] += 1
        return asked, took

    def state(self) -> set[int]:
        """Return the records that the state has; ends the program where the state is not sound."""
        file = self.folder / ".recrawl" / "state.sqlite3"
        if not file.exists():
            return set()
        connection = sqlite3.connect(file)
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            sys.exit("the state is damaged")
        has_tracks = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'track'").fetchone()[0]
        known = {url for (url,) in connection.execute("SELECT url FROM track WHERE asked > 0")} if has_tracks else set()
        connection.close()
        return {number for number, url in enumerate(self.urls) if url in known}

    def texts(self) -> list[str]:
        """Return what is in all files."""
        return [self.path(number).read_text() for number in range(len(self.urls))]

    def flaws(self, new: Sequence[str], done: set[int]) -> list[str]:
        """Return what is wrong with the files, of which those of some records have to be as they are in ``new``."""
        found = []
        for number, text in enumerate(self.texts()):
            if text not in (self.text(number), new[number]):
                found.append(f"{number} is neither old nor new")
            elif number in done and text != new[number]:
                found.append(f"{number} is done in the state, and its file is old")
        return found

    def left(self) -> list[str]:
        """Return what is in the folder beside records and state."""
        return [path.name for path in self.folder.iterdir() if path.suffix != ".md" and path.name != ".recrawl"]


def trial(one: Trial, seconds: float, new: Sequence[str]) -> list[str]:
    """Kill one run, and have another finish; print what happened, and return what went wrong."""
    records = len(new)
    asked, _ = one.run(seconds)
    done = one.state()
    wrong = one.flaws(new, done)
    again, _ = one.run()
    wrong += [f"{number} was done, and asked again" for number in done & set(again)]
    wrong += [f"{number} was asked {times} times in one run" for number, times in again.items() if times > 1]
    wrong += one.flaws(new, set(range(records)))
    wrong += [f"{name} was left behind" for name in one.left()]
    lost = len(set(asked) - done)
    if lost > 2 * HOSTS:
        wrong.append(f"{lost} records had been asked and were not done")
    said = "; ".join(wrong[:3]) or "well"
    print(f"{seconds:6.3f} s: {len(done):4} of {records} done, {lost:2} in flight, {said}", flush=True)
    return wrong


def trials(moments: int, records: int, seed: int) -> Sequence[str]:
    """Make so many trials at random moments of a run, and return what went wrong."""
    ready, told = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.Process(target=serve, args=(told,), daemon=True)
    server.start()
    port = ready.recv()
    chance = random.Random(seed)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        whole = Trial(Path(scratch, "whole"), records, port, ready)
        _, took = whole.run()
        new = whole.texts()
        if any(text == whole.text(number) for number, text in enumerate(new)):
            sys.exit("a run that was let alone has not written all records")
        for number in range(moments):
            # What comes before the first request is the start of Python, at which nothing can be lost.
            seconds = chance.uniform(0.3 * took, took)
            wrong += trial(Trial(Path(scratch, str(number)), records, port, ready), seconds, new)
    server.terminate()
    return wrong


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--records", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ["PYTHONUNBUFFERED"] = "1"
    return int(bool(trials(options.moments, options.records, options.seed)))


if __name__ == "__main__":
    sys.exit(main())
