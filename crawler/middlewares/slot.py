"""The slot middleware: one polite queue a registered domain, whatever host a request or a redirect goes to."""

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.fetch import Failure, Problem, Unanswered
from crawler.job import job_of
from crawler.live import not_worth_asking
from crawler.url import host, site


class SlotMiddleware:
    """Sends a request to its site's slot, or back at once where its host is known not to answer in this run.

    Scrapy copies a request's slot to where it is redirected, and gives ``www.`` and ``amp.`` hosts a queue each.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SlotMiddleware":
        """Build the middleware for one crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Name the slot; raises `Unanswered` where the site is not to be asked."""
        job = job_of(self.crawler)
        if job.config.policy(request.url).skip:
            raise Unanswered(Problem(Failure.SKIPPED, "by the configuration"))
        if problem := not_worth_asking(job.breaker, host(request.url)):
            raise Unanswered(problem)
        request.meta["download_slot"] = site(request.url)
