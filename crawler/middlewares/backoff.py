"""The back-off middleware: a site that asks for fewer requests gets none until the time it names."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.job import job_of

DEFAULT_PAUSE: Final = timedelta(minutes=5)
MAX_PAUSE: Final = timedelta(hours=1)

_TOO_MANY_REQUESTS: Final = 429
_UNAVAILABLE: Final = 503


class BackoffMiddleware:
    """Has a whole site left alone after a 429, or a 503 with Retry-After; Scrapy itself would ask again at once."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BackoffMiddleware":
        """Build the middleware for one crawl; a replay asks nobody, so there is nobody to be left alone."""
        if crawler.settings.getlist("RECRAWL_REPLAY"):
            raise NotConfigured
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note what a response says of the time to wait."""
        job = job_of(self.crawler)
        now = job.now()
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        pause = pause_of(response.status, header, now, request.meta.get("pause", DEFAULT_PAUSE))
        if pause:
            job.breaker.rest(request.url, now + pause)
        return response


def pause_of(status: int, header: str, now: datetime, usual: timedelta = DEFAULT_PAUSE) -> timedelta | None:
    """Return how long a response asks to be left alone (RFC 9110 section 10.2.3), at most `MAX_PAUSE`; None for not.

    ``usual`` is how long a site is left alone that does not say for how long.
    """
    asked = retry_after(header, now)
    if status == _TOO_MANY_REQUESTS:
        return min(asked or usual, MAX_PAUSE)
    if status == _UNAVAILABLE and asked:
        return min(asked, MAX_PAUSE)
    return None


def retry_after(text: str, now: datetime) -> timedelta | None:
    """Read Retry-After in both its forms, seconds and HTTP-date; None where it says neither, or a time past."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        # Nine digits are thirty years, and all that a timedelta is sure to hold.
        return timedelta(seconds=int(text[:9])) or None
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return until - now if until > now else None
