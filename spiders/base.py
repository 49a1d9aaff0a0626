"""What every spider of ours does: a target becomes a request, a response or a failure becomes a fetch."""

from collections.abc import Callable, Mapping
from typing import Any, Self, cast

import scrapy
from scrapy import Request
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.fetch import Failure, Fetch, Hop, Problem, Unanswered
from crawler.job import Job
from crawler.target import Target
from crawler.url import absolute


class TargetSpider(scrapy.Spider):
    """Asks targets, and gets a `Fetch` for each of them whatever happens."""

    job: Job

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider for one crawl; ``job`` holds all that it needs beside Scrapy's settings."""
        job = kwargs.pop("job", None)
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.job = job or spider.own_job(**kwargs)
        return spider

    @property
    def waiting(self) -> int:
        """The number of requests that wait in the scheduler."""
        engine = self.crawler.engine
        return len(cast("Scheduler", engine.scheduler)) if engine and engine.scheduler else 0

    def own_job(self, **arguments: Any) -> Job:
        """Return the job of a spider that was started by ``scrapy crawl``."""
        raise NotImplementedError

    def request(
        self, target: Target, callback: Callable[..., Any], headers: Mapping[str, str], **carried: Any
    ) -> Request | None:
        """Return the request for a target, None where its URL is no URL that can be asked.

        ``callback`` and the errback get ``carried`` and the target as keyword arguments.
        """
        # Scrapy itself would encode host names by IDNA 2003, which sends some of them to another domain.
        address = absolute(target.url, target.url)
        if address is None:
            return None
        carried["target"] = target
        return Request(
            address, callback=callback, errback=self.failed, headers=headers, dont_filter=True, cb_kwargs=carried
        )

    def failed(self, failure: TwistedFailure) -> Any:
        """Hand a failure to the callback's own handling, as a fetch."""
        raise NotImplementedError

    def fetch_of(self, response: Response, target: Target) -> Fetch:
        """Return the fetch that a response is."""
        return Fetch(
            target=target,
            url=response.url,
            at=self.job.now(),
            status=response.status,
            redirects=_hops(response.meta),
            headers=_headers(response),
            body=response.body,
        )

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
    return {
        name.decode("latin-1").lower(): values[-1].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
