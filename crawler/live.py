"""The live wire: Scrapy's HTTP/1.1 download handler, with failures told apart and dead hosts not asked again."""

from typing import Any, Final, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response

from crawler import url
from crawler.address import AddressPolicy
from crawler.breaker import OF_THE_HOST
from crawler.diagnosis import problem_of
from crawler.fetch import Failure, MayPass, Problem, Unanswered
from crawler.job import job_of

_MAY_PASS: Final = OF_THE_HOST - {Failure.DNS}


class LiveHandler(HTTP11DownloadHandler):
    """Asks the network. Raises `Unanswered`, or `MayPass` where another attempt makes sense, with the reason."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Whether to ask again is decided in one place: Scrapy's retry middleware, which opens a fresh connection too.
        self._pool.retryAutomatically = False
        self._policy = AddressPolicy.parse(crawler.settings.getlist("RECRAWL_ALLOW_PRIVATE"))

    async def download_request(self, request: Request) -> Response:
        """Ask for one URL."""
        job = job_of(self._crawler)
        # Looked at again, since it was first looked at when the request was put into its site's queue.
        if problem := self._policy.refusal(request.url) or job.breaker.problem(request.url, job.now()):
            raise Unanswered(problem)
        if problem := job.allowance.spend(job.now()):
            raise Unanswered(problem)
        try:
            response = await super().download_request(request)
        except Exception as error:
            problem = self._problem(url.host(request.url), error)
            if problem.failure in OF_THE_HOST:
                job.breaker.fail(request.url, job.now())
            raise (MayPass if problem.failure in _MAY_PASS else Unanswered)(problem) from error
        job.breaker.succeed(request.url)
        return response

    def _problem(self, host: str, error: Exception) -> Problem:
        from twisted.internet import reactor

        if isinstance(error, CannotResolveHostError):
            known: dict[str, Problem] = cast("Any", reactor).nameResolver.problems
            return known.get(host, Problem(Failure.DNS_TROUBLE, str(error)))
        return problem_of(error)
