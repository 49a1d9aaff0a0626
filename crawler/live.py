"""The live wire: Scrapy's HTTP/1.1 download handler, with failures told apart and dead hosts not asked again."""

from typing import Any, Final, cast

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from service_identity import VerificationError
from twisted.internet import error as net

from crawler import url
from crawler.fetch import Failure, MayPass, Problem, Unanswered
from crawler.job import job_of

PORTS: Final = frozenset({80, 443, 8000, 8008, 8080, 8443})
"""Ports that a public web page may be served from; others are asked only where private networks are allowed."""

_OFF: Final = {Failure.DNS, Failure.DNS_TROUBLE, Failure.REFUSED, Failure.RESET, Failure.TIMEOUT, Failure.UNREACHABLE}
"""Failures that speak of the host, not of one page of it."""

_MAY_PASS: Final = _OFF - {Failure.DNS}


class LiveHandler(HTTP11DownloadHandler):
    """Asks the network. Raises `Unanswered`, or `MayPass` where another attempt makes sense, with the reason."""

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


_KINDS: Final[tuple[tuple[type[Exception] | tuple[type[Exception], ...], Failure], ...]] = (
    (DownloadConnectionRefusedError, Failure.REFUSED),
    ((DownloadTimeoutError, net.TimeoutError, net.TCPTimedOutError), Failure.TIMEOUT),
    (DownloadCancelledError, Failure.TOO_LARGE),
    ((net.NoRouteError, net.ConnectError), Failure.UNREACHABLE),
    ((ResponseDataLossError, net.ConnectionLost, net.ConnectionDone, DownloadFailedError), Failure.RESET),
    ((ValueError, UnicodeError), Failure.INVALID),
)


def problem_of(error: Exception) -> Problem:
    """Tell from an exception of Scrapy, Twisted or OpenSSL what has failed."""
    causes = _chain(error)
    if tls := next((cause for cause in causes if isinstance(cause, SSL.Error | VerificationError)), None):
        return Problem(Failure.TLS, _say(tls))
    found = next((failure for kind, failure in _KINDS if isinstance(error, kind)), Failure.PROTOCOL)
    return Problem(found, _say(error))


def _chain(error: BaseException) -> list[BaseException]:
    """Return an exception and all that Twisted and Python know to have caused it."""
    chain: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in chain:
            chain.append(one)
            waiting += [one.__cause__, *(reason.value for reason in getattr(one, "reasons", None) or ())]
    return chain


def _say(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
