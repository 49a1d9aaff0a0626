"""The live wire: Scrapy's HTTP/1.1 download handler, with failures told apart and dead hosts not asked again."""

from typing import Any, Final, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response

from crawler import url
from crawler.diagnosis import problem_of
from crawler.fetch import Failure, MayPass, Problem, Unanswered
from crawler.job import job_of

PORTS: Final = frozenset({80, 443, 8000, 8008, 8080, 8443})
"""Ports that a public web page may be served from; others are asked only where private networks are allowed."""

_OFF: Final = {Failure.DNS, Failure.DNS_TROUBLE, Failure.REFUSED, Failure.RESET, Failure.TIMEOUT, Failure.UNREACHABLE}
"""Failures that speak of the host, not of one page of it."""

_MAY_PASS: Final = _OFF - {Failure.DNS}


class LiveHandler(HTTP11DownloadHandler):
    """Asks the network. Raises `Unanswered`, or `MayPass` where another attempt makes sense, with the reason."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Whether to ask again is decided in one place: Scrapy's retry middleware, which opens a fresh connection too.
        self._pool.retryAutomatically = False

    async def download_request(self, request: Request) -> Response:
        """Ask for one URL."""
        job = job_of(self._crawler)
        # Looked at again, since it was first looked at when the request was put into its site's queue.
        if problem := self._refused(request.url) or job.breaker.problem(request.url, job.now()):
            raise Unanswered(problem)
        try:
            response = await super().download_request(request)
        except Exception as error:
            problem = self._problem(url.host(request.url), error)
            if problem.failure in _OFF:
                job.breaker.fail(request.url, job.now())
            raise (MayPass if problem.failure in _MAY_PASS else Unanswered)(problem) from error
        job.breaker.succeed(request.url)
        return response

    def _refused(self, address: str) -> Problem | None:
        parts = url.split(address)
        if url.has_credentials(address):
            return Problem(Failure.INVALID, "it holds credentials")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if port not in PORTS and not self._crawler.settings.getlist("RECRAWL_ALLOW_PRIVATE"):
            return Problem(Failure.UNSAFE, f"port {port}")
        return None

    def _problem(self, host: str, error: Exception) -> Problem:
        from twisted.internet import reactor

        if isinstance(error, CannotResolveHostError):
            known: dict[str, Problem] = cast("Any", reactor).nameResolver.problems
            return known.get(host, Problem(Failure.DNS_TROUBLE, str(error)))
        return problem_of(error)
