"""The gate: sends each request to its site's queue, and turns back what is not to be asked in this run."""

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.fetch import Unanswered
from crawler.job import job_of
from crawler.url import site


class GateMiddleware:
    """Names a request's queue, one for each registered domain, whatever host it goes to or was redirected to.

    A request that names its ``queue`` itself stays there: an archive has one for its index and one for its captures.
    Scrapy copies a request's queue to where it is redirected, and gives ``www.`` and ``amp.`` hosts a queue each.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        # Reading an archive burdens nobody.
        self.is_replay = bool(crawler.settings.getlist("RECRAWL_REPLAY"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GateMiddleware":
        """Build the middleware for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Name the queue; raises `Unanswered` where the site is not to be asked."""
        manners = job_of(self.crawler).manners
        if problem := manners.skipped(request.url) or (None if self.is_replay else manners.problem(request.url)):
            raise Unanswered(problem)
        request.meta["download_slot"] = request.meta.get("queue") or site(request.url)
