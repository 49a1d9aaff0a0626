"""A web server on loopback that serves the articles of a world as they are at the time of the run."""

import asyncio
import json
import multiprocessing
import time
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import ClassVar, Final

from world import BEGIN, HOSTS, Article

LYING, SILENT, SLOW, TELLING = 0, 1, 2, (3, 4)
"""Hosts: one says 304 to whatever it is asked, one has no validators, one asks for more time, two have a sitemap."""

DELAY: Final = 0.1
CRAWL_DELAY: Final = 0.3
NOW: Final = multiprocessing.Value("d", 0.0)
"""Hours since the first run, for the server."""

PAGE: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<meta property="og:description" content="The harbour office of Port Calder has counted all who came to pier {number},
and says so in edition {version} of its report.">
<meta property="article:published_time" content="{published:%Y-%m-%dT%H:%M:%SZ}"></head>
<body><article><h1>{title}</h1>{text}</article></body></html>"""
TEXT: Final = "<p>Nine hundred people walked to its end and back on the first day, the harbour office counted.</p>" * 12


class Server(asyncio.Protocol):
    """Serves the articles as they are now, and logs every request."""

    articles: ClassVar[list[Article]] = []
    port: ClassVar[int] = 0
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
            where = f"Sitemap: {self.url(host, 'sitemap.xml')}\n" if host in TELLING else ""
            return "200 OK", (rules + where).encode(), ""
        if path == "/sitemap.xml":
            return "200 OK", self.sitemap(host).encode(), ""
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

    def url(self, host: int, path: str) -> str:
        """Return an address of a host."""
        return f"http://127.0.0.{host + 1}:{self.port}/{path}"

    def sitemap(self, host: int) -> str:
        """List what has appeared in the last month, with seven of ten changes."""
        now = NOW.value
        listed = [
            one for one in self.articles if one.number % HOSTS == host and now - 720 < one.published <= now < one.gone
        ]
        return "<urlset>" + "".join(map(self._entry, listed)) + "</urlset>"

    def _entry(self, article: Article) -> str:
        told = [
            at for number, at in enumerate(article.changes) if at <= NOW.value and (article.number + number) % 10 < 7
        ]
        at = BEGIN + timedelta(hours=max([article.published, *told]))
        url = self.url(article.number % HOSTS, f"2027/{article.number}")
        return f"<url><loc>{url}</loc><lastmod>{at.replace(microsecond=0).isoformat()}</lastmod></url>"

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
        Server.port = server.sockets[0].getsockname()[1]
        ready.send(Server.port)
        await server.serve_forever()

    asyncio.run(run())
