"""What every spider of ours does: a target becomes a request, a response or a failure becomes a fetch."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Self, cast

import scrapy
from scrapy import Request
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler import archive, config, corpus, guard
from crawler.condition import ALWAYS, Condition
from crawler.config import Config
from crawler.errors import UsageError
from crawler.fetch import Failure, Fetch, Hop, Problem, Unanswered, told
from crawler.job import Job, utc_now
from crawler.replace import Replacer
from crawler.report.text import Text
from crawler.state import State
from crawler.target import Role, Target
from crawler.url import absolute, has_credentials, site

WINDOW: Final = 500
"""Requests that may wait in the scheduler. What is to be asked is read as fast as it can be asked, never faster, so
memory does not grow with its number; enough requests wait for many sites to have one ready."""

_POLL: Final = 0.05
"""Seconds after which it is looked whether fewer requests wait."""


class TargetSpider(scrapy.Spider):
    """Asks targets, and gets a `Fetch` for each of them whatever happens."""

    job: Job
    resources: ExitStack | None = None
    """What this spider has opened for a job of its own."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider for one crawl; ``job`` holds all that it needs beside Scrapy's settings.

        Raises UsageError where these would switch off a guard.
        """
        guard.check(crawler.settings)
        job = kwargs.pop("job", None)
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.job = job or spider.own_job(**kwargs)
        return spider

    def own_job(self, paths: str = ".", **unknown: str) -> Job:
        """Return the job of a spider that ``scrapy crawl`` started, over ``-a paths=...``, separated by commas.

        How sites are asked is then told by Scrapy's settings alone, as ``-s DOWNLOAD_DELAY=5``. Raises `UsageError` for
        any other argument, which would be passed over in silence otherwise.
        """
        if unknown:
            raise UsageError(f"-a {next(iter(unknown))}: only -a paths=... is known; `recrawl refresh --help` has more")
        named = [Path(path) for path in paths.split(",")]
        configured = config.find(named)
        self.resources = ExitStack()
        state = self.resources.enter_context(State.open(configured.state, utc_now()))
        replacer = self.resources.enter_context(Replacer())
        configured = replace(configured, delay=self.settings.getfloat("DOWNLOAD_DELAY"))
        return Job(corpus.paths(named), configured, state, replacer, Text())

    def closed(self, _reason: str) -> None:
        """End a job of this spider's own; one that was given is ended by who gave it."""
        if self.resources:
            self.job.report.end(self.job.summary)
            self.resources.close()

    async def room(self) -> None:
        """Return when few enough requests wait; the crawl goes on meanwhile."""
        # Neither reading files nor Scrapy's own loop over first requests leaves any time to the crawl but here.
        await asyncio.sleep(0)
        while self.waiting >= WINDOW:  # noqa: ASYNC110 - nothing tells of a request that leaves the scheduler
            await asyncio.sleep(_POLL)

    async def allowed(self, needed: int) -> bool:
        """Return when what may need so many requests can be begun within the run's allowance; False if it cannot be."""
        allowance = self.job.allowance
        while not allowance.has_room(needed, sum(self.job.under_way.values())):
            if not self.job.under_way:
                return False
            await asyncio.sleep(_POLL)
        return allowance.problem(self.job.now()) is None

    @property
    def waiting(self) -> int:
        """The number of requests that wait in the scheduler."""
        return len(cast("Scheduler", self.crawler.engine.scheduler) or ())

    def request(
        self, target: Target, callback: Callable[..., Any], condition: Condition = ALWAYS, **carried: Any
    ) -> Request | None:
        """Return the request for a target, None where its URL is none that can be asked (see `unaskable`).

        ``condition`` is sent where it holds, now or after a redirect. ``callback`` gets ``carried`` and the target as
        keyword arguments, as the failed request has them.
        """
        # Scrapy itself would encode host names by IDNA 2003, which sends some of them to another domain.
        address = absolute(target.url, target.url)
        if address is None:
            return None
        return Request(
            address,
            callback=callback,
            errback=self.failed,
            headers={name: value.encode("latin-1") for name, value in condition.at(address).items()},
            dont_filter=True,
            cb_kwargs={**carried, "target": target},
            meta=self._meta(target, address) | {"condition": condition},
        )

    def _meta(self, target: Target, address: str) -> dict[str, Any]:
        if target.role not in (Role.ARCHIVE_INDEX, Role.ARCHIVE):
            return {"download_slot": site(address)}
        # The limits are the Internet Archive's own; another server has those of its site.
        is_usual = self.job.config.archive == Config.archive
        queue = str(target.role) if is_usual else site(address)
        return {"download_slot": queue, "queue": queue, "pause": archive.PAUSE, "download_timeout": archive.TIMEOUT}

    def unaskable(self, target: Target) -> Fetch:
        """Return the fetch of a target whose URL is none that can be asked."""
        reason = "it holds credentials" if has_credentials(target.url) else "it is no http(s) URL"
        return Fetch(target, target.url, self.job.now(), problem=Problem(Failure.INVALID, reason))

    def failed(self, failure: TwistedFailure) -> Any:
        """Go on after a request that got no response; ``failure.request`` is the request."""
        raise NotImplementedError

    def fetch_of(self, response: Response, target: Target) -> Fetch:
        """Return the fetch that a response is."""
        fetch = Fetch(
            target=target,
            url=response.url,
            at=self.job.now(),
            status=response.status,
            redirects=_hops(response.meta),
            headers=_headers(response),
            body=response.body,
        )
        return archive.restored(fetch) if target.role is Role.ARCHIVE else fetch

    def fetch_of_failure(self, failure: TwistedFailure, target: Target) -> Fetch:
        """Return the fetch that a failed request is."""
        request: Request = failure.request  # type: ignore[attr-defined]
        return Fetch(
            target=target,
            url=request.url,
            at=self.job.now(),
            redirects=_hops(request.meta),
            problem=problem_of(failure.value),
        )


def problem_of(error: BaseException | None) -> Problem:
    """Return why a request failed."""
    if isinstance(error, Unanswered):
        return error.problem
    kind = Failure.INVALID if isinstance(error, ValueError | IgnoreRequest) else Failure.PROTOCOL
    return Problem(kind, f"{type(error).__name__}: {error}")


def _hops(meta: Mapping[str, Any]) -> tuple[Hop, ...]:
    reasons = meta.get("redirect_reasons", ())
    return tuple(Hop(int(reason), url) for reason, url in zip(reasons, meta.get("redirect_urls", ()), strict=True))


def _headers(response: Response) -> dict[str, str]:
    named = {name.decode("latin-1").lower(): values for name, values in response.headers.items() if values}
    if coding := response.meta.get("coding"):  # gone from the headers of what was unpacked
        named["content-encoding"] = [coding]
    return {name: told(name, [value.decode("latin-1") for value in values]) for name, values in named.items()}
