"""The robots.txt middleware (RFC 9309): obeyed, and "not now" where it cannot be had (see `crawler.rulebook`).

Scrapy's own middleware takes a robots.txt that fails for leave to crawl everything, where section 2.3.1.4 asks for the
opposite, and parses Crawl-delay without applying it.
"""

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK

from crawler.fetch import Failure, Fetch, Problem, Unanswered
from crawler.job import ask, job_of
from crawler.robots import MAX_BYTES, MAX_REDIRECTS
from crawler.rulebook import Rulebook
from crawler.target import Role, Target


class RobotsMiddleware:
    """Refuses a request that robots.txt disallows, or whose robots.txt is not to be had now."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.is_replay = bool(crawler.settings.getlist("RECRAWL_REPLAY"))
        self.rulebook: Rulebook | None = None
        crawler.signals.connect(self._stop, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """Build the middleware for one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let an allowed request pass; raises `Unanswered` for all others."""
        if request.meta.get("is_robots"):
            return
        if self.rulebook is None:
            job = job_of(self.crawler)
            self.rulebook = Rulebook(self._fetch, None if self.is_replay else job.state.robots, job.now)
        rules = await self.rulebook.rules(request.url)
        problem = rules.refusal(request.url)
        if rules.delay and not self.is_replay:
            problem = problem or job_of(self.crawler).manners.heed(request.url, rules.delay)
        if problem:
            raise Unanswered(problem)

    async def _fetch(self, url: str) -> Fetch:
        # Not packed, so that its begin can be read without the rest.
        request = Request(
            url,
            callback=NO_CALLBACK,
            headers={"Accept": "text/plain,*/*;q=0.5", "Accept-Encoding": "identity"},
            dont_filter=True,
            meta={"is_robots": True, "redirect_ttl": MAX_REDIRECTS},
        )
        target, now = Target(url, Role.LINK), job_of(self.crawler).now
        try:
            response = await ask(self.crawler, request)
        except Unanswered as error:
            return Fetch(target, url, now(), problem=error.problem)
        except Exception as error:  # noqa: BLE001 - whatever it was, there are no rules to be had
            return Fetch(target, url, now(), problem=Problem(Failure.PROTOCOL, f"{type(error).__name__}: {error}"))
        return Fetch(target, response.url, now(), response.status, body=response.body)

    def _stop(self, data: bytes, request: Request) -> None:
        """End a file that is longer than is read."""
        if request.meta.get("is_robots"):
            received = request.meta["robots_received"] = request.meta.get("robots_received", 0) + len(data)
            if received >= MAX_BYTES:
                raise StopDownload(fail=False)
