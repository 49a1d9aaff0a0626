"""The robots.txt middleware (RFC 9309): fetched once a host and run, obeyed, and "not now" where it cannot be had.

Scrapy's own middleware takes a robots.txt that fails for leave to crawl everything, where section 2.3.1.4 asks for the
opposite, and parses Crawl-delay without applying it.
"""

import asyncio
from collections import OrderedDict

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from crawler.fetch import Failure, Problem, Unanswered
from crawler.job import ask, engine_of
from crawler.robots import REMEMBERED, Rules, rules_of, rules_of_problem
from crawler.url import site, split


class RobotsMiddleware:
    """Refuses a request that robots.txt disallows, or whose robots.txt is not to be had now."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.is_replay = bool(crawler.settings.getlist("RECRAWL_REPLAY"))
        self.rules: OrderedDict[str, asyncio.Future[Rules]] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """Build the middleware for one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let an allowed request pass; raises `Unanswered` for all others."""
        if request.meta.get("is_robots"):
            return
        rules = await self._rules_for(request.url)
        if problem := rules.refusal(request.url):
            raise Unanswered(problem)

    async def _rules_for(self, url: str) -> Rules:
        parts = split(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.rules:
            # Set before anything is awaited, so that all who come meanwhile wait for the same answer.
            self.rules[origin] = coming = asyncio.get_running_loop().create_future()
            rules = await self._fetch(f"{origin}/robots.txt")
            if rules.is_passing:
                del self.rules[origin]
            self._apply_delay(rules, site(url))
            coming.set_result(rules)
            self._forget()
            return rules
        self.rules.move_to_end(origin)
        return await self.rules[origin]

    async def _fetch(self, url: str) -> Rules:
        request = Request(url, callback=NO_CALLBACK, dont_filter=True, meta={"is_robots": True})
        try:
            response = await ask(self.crawler, request)
            return rules_of(response.status, response.body)
        except Unanswered as error:
            return rules_of_problem(error.problem)
        except Exception as error:  # noqa: BLE001 - whatever it was, there are no rules to be had
            return Rules(problem=Problem(Failure.ROBOTS_UNREACHABLE, f"robots.txt: {type(error).__name__}: {error}"))

    def _forget(self) -> None:
        while len(self.rules) > REMEMBERED and next(iter(self.rules.values())).done():
            self.rules.popitem(last=False)

    def _apply_delay(self, rules: Rules, site: str) -> None:
        if not rules.delay or self.is_replay:
            return
        downloader = engine_of(self.crawler).downloader
        # Scrapy forgets a queue that was idle for a minute, and makes it anew from these.
        own = downloader.per_slot_settings.setdefault(site, {})
        delay = own.get("delay", self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
        own["delay"] = max(delay, rules.delay)
        if queue := downloader.slots.get(site):
            queue.delay = own["delay"]
