"""The gauge: asks for the first bytes of a picture, to see that it is there and how large it is."""

from collections import OrderedDict
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import imagesize
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK

from crawler.fetch import Failure, Unanswered
from crawler.job import ask

ENOUGH: Final = 64 * 1024
"""Bytes in which the sizes of nearly all pictures stand; large EXIF blocks and colour profiles come before them."""

MORE: Final = 256 * 1024
"""Bytes that are asked for when the first were not enough."""

REMEMBERED: Final = 1000

_DEAD: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Sight:
    """What came of asking for a picture: its size in pixels where it is one; dead where it is surely gone."""

    width: int | None = None
    height: int | None = None
    is_dead: bool = False
    said: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether there is a picture, of a size that could be read."""
        return self.width is not None


class Gauge:
    """Looks at pictures through a crawl's own engine, with its politeness and its guards."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.seen: OrderedDict[str, Sight] = OrderedDict()
        crawler.signals.connect(self._stop, signals.bytes_received)

    async def look(self, url: str) -> Sight:
        """Return what is at an address; the same answer is given for the rest of the run."""
        if url not in self.seen:
            sight = await self._look(url, ENOUGH)
            if sight is _UNREAD:
                sight = await self._look(url, MORE)
            self.seen[url] = sight
            if len(self.seen) > REMEMBERED:
                self.seen.popitem(last=False)
        return self.seen[url]

    async def _look(self, url: str, size: int) -> Sight:
        try:
            request = Request(
                url,
                callback=NO_CALLBACK,
                headers={"Accept": "image/*", "Range": f"bytes=0-{size - 1}", "Accept-Encoding": "identity"},
                dont_filter=True,
                meta={"gauge_bytes": size},
            )
            response = await ask(self.crawler, request)
        except Unanswered as error:
            return Sight(is_dead=error.problem.failure is Failure.DNS, said=str(error.problem))
        except ValueError as error:
            return Sight(is_dead=True, said=str(error))
        if response.status in (200, 206):
            sight = measured(response.body)
            return _NO_PICTURE if sight is _UNREAD and len(response.body) < size else sight
        return Sight(is_dead=response.status in _DEAD, said=f"status {response.status}")

    def _stop(self, data: bytes, request: Request) -> None:
        limit = request.meta.get("gauge_bytes")
        if limit is not None:
            received = request.meta["gauge_received"] = request.meta.get("gauge_received", 0) + len(data)
            if received >= limit:
                raise StopDownload(fail=False)


_UNREAD: Final = Sight(said="no size in the first bytes")
_NO_PICTURE: Final = Sight(said="no picture whose size can be read")


def measured(data: bytes) -> Sight:
    """Read a picture's size from its first bytes; `_UNREAD` where they are no picture, or too few."""
    try:
        width, height = imagesize.get(BytesIO(data))
    except Exception:  # noqa: BLE001 - the library parses bytes from anywhere, with struct
        return _UNREAD
    return Sight(width, height, said=f"{width} x {height}, measured") if width > 0 and height > 0 else _UNREAD
