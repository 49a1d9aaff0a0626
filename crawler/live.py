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
from crawler.pace import Pace
from crawler.pause import DEFAULT_PAUSE
from crawler.wire import BoundedFactory

_MAY_PASS: Final = OF_THE_HOST - {Failure.DNS}


class LiveHandler(HTTP11DownloadHandler):
    """Asks the network. Raises `Unanswered`, or `MayPass` where another attempt makes sense, with the reason."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Whether to ask again is decided in one place: Scrapy's retry middleware, which opens a fresh connection too.
        self._pool.retryAutomatically = False
        self._pool._factory = BoundedFactory  # noqa: SLF001 - as Scrapy itself does
        self._policy = AddressPolicy.parse(crawler.settings.getlist("RECRAWL_ALLOW_PRIVATE"))

    async def download_request(self, request: Request) -> Response:
        """Ask for one URL, once more where its site asks for a short rest."""
        manners = job_of(self._crawler).manners
        queue = request.meta.get("queue", "")
        response = await self._ask(request, manners.pace(request.url, queue))
        if self._rests(request, response, queue):
            response = await self._ask(request, manners.pace(request.url, queue))
            self._rests(request, response, queue)  # others of the site are to have their turn
        return response

    def _rests(self, request: Request, response: Response, queue: str) -> bool:
        """Heed what a response says of the time to wait; tell whether that is waited for."""
        manners = job_of(self._crawler).manners
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        usual = request.meta.get("pause", DEFAULT_PAUSE)
        pause = manners.hear(request.url, response.status, header, queue=queue, usual=usual)
        return pause is not None and manners.wait(request.url, pause, queue)

    async def _ask(self, request: Request, pace: Pace) -> Response:
        manners = job_of(self._crawler).manners
        async with pace, manners.room:
            # Looked at again, since much may have happened while others had their turn.
            if problem := self._policy.refusal(request.url) or manners.problem(request.url):
                raise Unanswered(problem)
            return await self._download(request)

    async def _download(self, request: Request) -> Response:
        job = job_of(self._crawler)
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
