"""The robots.txt middleware (RFC 9309): fetched once a host and run, obeyed, and "not now" where it cannot be had.

Scrapy's own middleware takes a robots.txt that fails for leave to crawl everything, where section 2.3.1.4 asks for the
opposite, and parses Crawl-delay without applying it.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.fetch import Failure, Problem, Unanswered
from crawler.job import ask, engine_of
from crawler.url import site, split

MAX_BYTES: Final = 512 * 1024
"""RFC 9309 section 2.5 asks for at least 500 KiB; rules behind that are not read."""

MAX_CRAWL_DELAY: Final = 60.0
"""Seconds. A longer Crawl-delay is cut to this; it is no part of RFC 9309, but a site's wish all the same."""

REMEMBERED: Final = 1000
"""Hosts whose rules are kept, those that were asked for last: some are hundreds of kilobytes."""

_TOO_MANY_REQUESTS: Final = 429
_CLIENT_ERROR: Final = 400
_SERVER_ERROR: Final = 500

# An archive seldom holds robots.txt, and reading an archive burdens nobody. More redirects than are followed are as
# good as no robots.txt (RFC 9309 section 2.3.1.2).
_NO_RULES: Final = frozenset({Failure.NOT_ARCHIVED, Failure.REDIRECT_LOOP})

_OF_THE_FILE: Final = frozenset({Failure.RESET, Failure.PROTOCOL, Failure.TOO_LARGE})
"""Problems that may be this file's alone; all others its host would have with any page."""

_OF_THE_MOMENT: Final = frozenset({Failure.RATE_LIMITED, Failure.SITE_DOWN, Failure.NETWORK_DOWN})
"""Problems that say nothing of robots.txt, and may be over when the next page of the host is asked for."""


@dataclass(frozen=True)
class Rules:
    """What one host's robots.txt says: its parsed ``text``, or the ``problem`` of getting it; neither allows all."""

    text: Protego | None = None
    problem: Problem | None = None


class RobotsMiddleware:
    """Refuses a request that robots.txt disallows, or whose robots.txt is not to be had now."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.token = crawler.settings["ROBOTSTXT_USER_AGENT"]
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
        if rules.problem:
            raise Unanswered(rules.problem)
        if rules.text and not rules.text.can_fetch(request.url, self.token):
            raise Unanswered(Problem(Failure.ROBOTS, "disallowed by robots.txt"))

    async def _rules_for(self, url: str) -> Rules:
        parts = split(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.rules:
            # Set before anything is awaited, so that all who come meanwhile wait for the same answer.
            self.rules[origin] = coming = asyncio.get_running_loop().create_future()
            rules = await self._fetch(f"{origin}/robots.txt")
            if rules.problem and rules.problem.failure in _OF_THE_MOMENT:
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
            return rules_of(await ask(self.crawler, request))
        except Unanswered as error:
            return rules_of_problem(error.problem)
        except Exception as error:  # noqa: BLE001 - whatever it was, there are no rules to be had
            return Rules(problem=Problem(Failure.ROBOTS_UNREACHABLE, f"robots.txt: {type(error).__name__}: {error}"))

    def _forget(self) -> None:
        while len(self.rules) > REMEMBERED and next(iter(self.rules.values())).done():
            self.rules.popitem(last=False)

    def _apply_delay(self, rules: Rules, site: str) -> None:
        wish = rules.text.crawl_delay(self.token) if rules.text else None
        if not wish or self.is_replay:
            return
        downloader = engine_of(self.crawler).downloader
        # Scrapy forgets a queue that was idle for a minute, and makes it anew from these.
        own = downloader.per_slot_settings.setdefault(site, {})
        delay = own.get("delay", self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
        own["delay"] = max(delay, min(float(wish), MAX_CRAWL_DELAY))
        if queue := downloader.slots.get(site):
            queue.delay = own["delay"]


def rules_of(response: Response) -> Rules:
    """Read the answer to a request for robots.txt (RFC 9309 section 2.3.1; 429 as "unreachable", as Nutch does)."""
    if response.status == _TOO_MANY_REQUESTS or response.status >= _SERVER_ERROR:
        return Rules(problem=Problem(Failure.ROBOTS_UNREACHABLE, f"robots.txt answered {response.status}"))
    if response.status >= _CLIENT_ERROR:
        return Rules()
    return Rules(Protego.parse(response.body[:MAX_BYTES].decode("utf-8-sig", errors="ignore")))


def rules_of_problem(problem: Problem) -> Rules:
    """Decide what a failed request for robots.txt means (RFC 9309 section 2.3.1.4: not now)."""
    if problem.failure in _NO_RULES:
        return Rules()
    if problem.failure in _OF_THE_FILE:
        return Rules(problem=Problem(Failure.ROBOTS_UNREACHABLE, f"robots.txt: {problem}"))
    return Rules(problem=problem)
