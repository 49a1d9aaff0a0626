"""The back-off middleware: a site that asks for fewer requests gets none until the time it names."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.fetch import Failure, Problem, Unanswered
from crawler.job import job_of
from crawler.url import site

DEFAULT_PAUSE: Final = timedelta(minutes=5)
MAX_PAUSE: Final = timedelta(hours=1)

_TOO_MANY_REQUESTS: Final = 429
_UNAVAILABLE: Final = 503


class BackoffMiddleware:
    """Puts a whole site to sleep after a 429, or a 503 with Retry-After; Scrapy itself would ask again at once."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.asleep_until: dict[str, datetime] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BackoffMiddleware":
        """Build the middleware for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise `Unanswered` for a request to a site that is asleep."""
        until = self.asleep_until.get(site(request.url))
        if until and job_of(self.crawler).now() < until:
            raise Unanswered(Problem(Failure.RATE_LIMITED, f"asked to wait until {until:%Y-%m-%d %H:%M:%S} UTC"))

    def process_response(self, request: Request, response: Response) -> Response:
        """Note what a response says of the time to wait."""
        now = job_of(self.crawler).now()
        pause = pause_of(response.status, (response.headers.get("Retry-After") or b"").decode("latin-1"), now)
        if pause:
            self.asleep_until[site(request.url)] = now + pause
        return response


def pause_of(status: int, header: str, now: datetime) -> timedelta | None:
    """Return how long a response asks to be left alone (RFC 9110 section 10.2.3), at most `MAX_PAUSE`; None for not."""
    asked = retry_after(header, now)
    if status == _TOO_MANY_REQUESTS:
        return min(asked or DEFAULT_PAUSE, MAX_PAUSE)
    if status == _UNAVAILABLE and asked:
        return min(asked, MAX_PAUSE)
    return None


def retry_after(text: str, now: datetime) -> timedelta | None:
    """Read Retry-After in both its forms, seconds and HTTP-date; None where it says neither, or a time past."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**9)) or None
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return until - now if until > now else None
