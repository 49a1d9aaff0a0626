"""The back-off middleware: a site that asks for fewer requests gets none until the time it names."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.job import job_of
from crawler.pause import DEFAULT_PAUSE, pause_of


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
