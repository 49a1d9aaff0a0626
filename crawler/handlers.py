"""Download handlers: where the answers of a replayed crawl come from, and where those of a recorded one go."""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urldefrag
from weakref import WeakValueDictionary

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.errors import ArchiveError
from crawler.fetch import Failure, Problem, Unanswered
from crawler.live import LiveHandler
from crawler.warc.capture import Capture
from crawler.warc.coding import is_packed
from crawler.warc.exchange import Exchange
from crawler.warc.index import Index
from crawler.warc.writer import Writer

_TRUNCATED: Final = {"download_stopped": "length", "dataloss": "disconnect"}
# RFC 9110 §15.4.5: what a 304 has to tell of what a 200 would have told.
_OF_NOT_MODIFIED: Final = frozenset(b"cache-control content-location date etag expires last-modified vary".split())

# Scrapy makes a handler for http and another for https: they share one index or one writer.
_indexes: WeakValueDictionary[tuple[Path, ...], Index] = WeakValueDictionary()
_writers: WeakValueDictionary[Path, Writer] = WeakValueDictionary()


class NotArchived(Unanswered):
    """A URL was asked for in a replay that its archives do not hold."""

    def __init__(self, url: str) -> None:
        super().__init__(Problem(Failure.NOT_ARCHIVED, url))
        self.url = url


def archives(paths: Iterable[str | Path]) -> Index:
    """Return the index of some archives, the same one for as long as somebody holds it.

    Scrapy only logs what its handlers raise when they are made: whoever starts a replay calls this first, and holds
    the result until it has ended. Raises ArchiveError.
    """
    resolved = tuple(Path(path).resolve() for path in paths)
    index = _indexes.get(resolved)
    if index is None:
        index = _indexes[resolved] = Index(resolved)
    return index


def recording(path: str | Path) -> Writer:
    """Return the writer of an archive, the same one for as long as somebody holds it; see `archives`."""
    resolved = Path(path).resolve()
    writer = _writers.get(resolved)
    if writer is None:
        writer = _writers[resolved] = Writer(resolved, datetime.now(UTC))
    return writer


class ArchiveHandler(BaseDownloadHandler):
    """Answers from the archives that ``RECRAWL_REPLAY`` lists, and never from the network.

    A URL that they do not hold raises `NotArchived`. A conditional request is answered 304 where the archived
    validators match, as a server would; ``Range`` is not heeded, as a server may.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._index = archives(crawler.settings.getlist("RECRAWL_REPLAY"))
        self._maxsize = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    async def download_request(self, request: Request) -> Response:
        """Look one URL up."""
        try:
            capture = self._index.get(request.url, request.method)
        except ArchiveError as error:
            raise Unanswered(Problem(Failure.NOT_ARCHIVED, str(error))) from error
        if capture is None:
            raise NotArchived(request.url)
        return self._response(request, capture)

    def _response(self, request: Request, capture: Capture) -> Response:
        headers, url = _headers(capture), urldefrag(request.url).url
        if capture.status in (200, 304) and _is_unchanged(request.headers, headers):
            kept = {name: values for name, values in headers.items() if name.lower() in _OF_NOT_MODIFIED}
            return Response(url, status=304, headers=kept)
        if capture.status == 304:
            raise NotArchived(request.url)
        maxsize = request.meta.get("download_maxsize", self._maxsize)
        if maxsize and len(capture.body) > maxsize:
            raise Unanswered(Problem(Failure.TOO_LARGE, f"{len(capture.body)} bytes, {maxsize} are taken"))
        body = b"" if request.method == "HEAD" else capture.body
        kind = responsetypes.from_args(headers=headers, url=url, body=body)
        flags = ["partial"] if capture.truncated else []
        return kind(url, status=capture.status, headers=headers, body=body, flags=flags)


class RecordingHandler(LiveHandler):
    """Asks the network, and writes every answer to the archive that ``RECRAWL_RECORD`` names."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._writer = recording(crawler.settings["RECRAWL_RECORD"])

    async def download_request(self, request: Request) -> Response:
        """Ask for one URL and record the answer."""
        at = datetime.now(UTC)
        response = await super().download_request(request)
        self._writer.write(_exchange(request, response, at))
        return response

    async def close(self) -> None:
        """Close the connections and the archive."""
        self._writer.close()
        await super().close()


def _headers(capture: Capture) -> Headers:
    """Return the archived headers, less those that are not true of the body as it is archived."""
    headers = Headers([(name.encode("latin-1"), value.encode("latin-1")) for name, value in capture.headers])
    headers.pop("Transfer-Encoding", None)
    # Many writers unpack what they store and leave the header as it was.
    if capture.codings and not is_packed(capture.body, capture.codings[-1]):
        del headers["Content-Encoding"]
    return headers


def _is_unchanged(asked: Headers, archived: Headers) -> bool:
    """Tell whether a server with these validators would answer 304 (RFC 9110 §13.1.2, §13.1.3 and §13.2.2)."""
    etag = archived.get("ETag")
    if tags := asked.get("If-None-Match"):
        known = [tag.strip().removeprefix(b"W/") for tag in tags.split(b",")]
        return b"*" in known or (etag is not None and etag.strip().removeprefix(b"W/") in known)
    since, modified = _time(asked.get("If-Modified-Since")), _time(archived.get("Last-Modified"))
    return since is not None and modified is not None and modified <= since


def _time(value: bytes | None) -> datetime | None:
    try:
        time = parsedate_to_datetime((value or b"").decode("latin-1"))
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _exchange(request: Request, response: Response, at: datetime) -> Exchange:
    return Exchange(
        url=request.url,
        at=at,
        status=response.status,
        headers=_pairs(response.headers),
        body=response.body,
        method=request.method,
        asked=_pairs(request.headers),
        ip=str(response.ip_address or ""),
        protocol=response.protocol or "",
        truncated=next((word for flag, word in _TRUNCATED.items() if flag in response.flags), ""),
    )


def _pairs(headers: Any) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name, value) for name, values in headers.items() for value in values)
