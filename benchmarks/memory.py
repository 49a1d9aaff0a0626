"""Memory and speed of a refresh: of 1,000 and 10,000 generated records, from a web server on loopback.

    python benchmarks/memory.py [--records N N...] [--hosts N] [--page BYTES]

For each number of records it prints the peak memory of the process, its CPU time for a record and the records for each
second, of a first run that writes every record and of a second one in which nothing has changed. Ends with status 1
where the memory of the largest number is more than 1.3 times that of the smallest.
"""

import argparse
import asyncio
import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

MOST: Final = 1.3
"""How much more memory the largest number of records may take than the smallest."""

RECORD: Final = """---
category: news
title: "Story {number} of the harbour office, and what became of it"
excerpt: "Nine hundred people walked to the end of pier {number} on its first day, the harbour office counted, and ..."
publishedDateTime: 2020-10-20T17:40:00Z
originalUrl: "{url}"
webUrl: "{url}"
type: article
published: false

provider:
  name: Port Calder Post
  domain: portcalder-post.example

topics:
  - Harbour
  - Piers

images:
  - url: "{url}.jpg"
    width: 1200
    height: 675
    isCached: true

secured: "{secured}"
---
"""

PAGE: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Story NUMBER of the harbour office, and what became of it | Port Calder Post</title>
<meta property="og:title" content="Story NUMBER of the harbour office, and what became of it">
<meta property="og:description" content="Nine hundred people walked to the end of pier NUMBER on its first day, \
the harbour office counted, and most of them came back.">
<meta property="og:image" content="PATH.jpg"><meta property="og:type" content="article">
<meta property="article:published_time" content="2020-10-20T17:40:00Z">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Story NUMBER of the harbour office, and what became of it", "datePublished": "2020-10-20T17:40:00Z",
"author": {{"@type": "Person", "name": "Ines Okafor"}}, "image": "PATH.jpg"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article>
<h1>Story NUMBER of the harbour office, and what became of it</h1>{paragraphs}</article>
<aside>{links}</aside></body></html>"""

PARAGRAPH: Final = """<p class="story-text">The harbour office of pier NUMBER says in its report number {count}
that <em>nobody</em> had asked for <a href="/reports/{count}">{count} more benches</a> before the storm.</p>\n"""
LINK: Final = '<div class="card"><a href="/news/{count}"><img src="/img/{count}.jpg" alt="">More {count}</a></div>\n'


def template(size: int) -> bytes:
    """Return the page of any story, of about a number of bytes: half its text, half what stands around it."""
    paragraphs = "".join(PARAGRAPH.format(count=count) for count in range(size // 2 // len(PARAGRAPH)))
    links = "".join(LINK.format(count=count) for count in range(size // 2 // len(LINK)))
    return PAGE.format(paragraphs=paragraphs, links=links).encode()


class Server(asyncio.Protocol):
    """Answers GET, and 304 to who knows the page already."""

    page = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer a request; none of ours comes in two parts."""
        path = data.split(b" ", 2)[1].decode()
        if path == "/robots.txt":
            self.say("404 Not Found", b"")
        elif re.search(rb"(?i)if-none-match", data):
            self.say("304 Not Modified", b"", 'ETag: "1"\r\n')
        else:
            body = self.page.replace(b"PATH", path.encode()).replace(b"NUMBER", path.rpartition("/")[2].encode())
            self.say("200 OK", body, 'ETag: "1"\r\n')

    def say(self, status: str, body: bytes, more: str = "") -> None:
        """Send one answer."""
        length = "" if status.startswith("304") else f"Content-Length: {len(body)}\r\n"
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{length}{more}\r\n"
        self.transport.write(head.encode() + body)


def serve(ready: Connection, size: int) -> None:
    """Serve until the process is ended; tells its port."""
    Server.page = template(size)

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Server, "0.0.0.0", 0, backlog=1024)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


@dataclass(frozen=True)
class Measured:
    """What one refresh took: peak memory in MB, CPU seconds, seconds."""

    memory: float
    cpu: float
    wall: float


def refresh(folder: Path) -> Measured:
    """Run one refresh as its user would, and measure its process."""
    options = ("--allow-private", "127.0.0.0/8", "--delay", "0", "--quiet")
    words = [sys.executable, "-m", "crawler", "refresh", str(folder), *options]
    begun = time.monotonic()
    _, status, used = os.wait4(os.posix_spawn(sys.executable, words, os.environ), 0)
    if status:
        sys.exit(f"the refresh ended with status {os.waitstatus_to_exitcode(status)}")
    return Measured(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime, time.monotonic() - begun)


def write(folder: Path, records: int, hosts: int, port: int) -> None:
    """Write records of stories on so many hosts."""
    folder.mkdir()
    for number in range(records):
        host = number % hosts
        url = f"http://127.{1 + host // 62500}.{host // 250 % 250}.{1 + host % 250}:{port}/news/{number}"
        secured = f"{number:0128x}"
        (folder / f"{number:06}.md").write_text(RECORD.format(number=number, url=url, secured=secured))


def measure(numbers: Sequence[int], hosts: int, port: int) -> Iterator[Measured]:
    """Print what each number of records takes, and yield that of each first run."""
    print(f"{'records':>8} {'run':>7} {'peak MB':>8} {'CPU ms/record':>14} {'records/s':>10}")
    with tempfile.TemporaryDirectory() as scratch:
        for records in numbers:
            folder = Path(scratch, str(records))
            write(folder, records, hosts, port)
            for run in ("first", "second"):
                found = refresh(folder)
                each = f"{found.cpu / records * 1000:14.2f} {records / found.wall:10.0f}"
                print(f"{records:8} {run:>7} {found.memory:8.1f} {each}", flush=True)
                if run == "first":
                    yield found


def main() -> int:
    """Measure, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--page", type=int, default=60_000, help="bytes of a page")
    options = parser.parse_args()
    ready, told = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(told, options.page), daemon=True)
    server.start()
    memory = [found.memory for found in measure(options.records, options.hosts, ready.recv())]
    server.terminate()
    print(f"memory of the largest to that of the smallest: {memory[-1] / memory[0]:.2f} (at most {MOST})")
    return int(memory[-1] > MOST * memory[0])


if __name__ == "__main__":
    sys.exit(main())
