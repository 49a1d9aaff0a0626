"""The live wire: Scrapy's HTTP/1.1 download handler, with failures told apart and dead hosts not asked again."""

from typing import Any, cast

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
from twisted.internet import error as net

from crawler import url
from crawler.breaker import Breaker
from crawler.fetch import Failure, MayPass, Problem, Unanswered
from crawler.job import job_of

PORTS = frozenset({80, 443, 8000, 8008, 8080, 8443})
"""Ports that a public web page may be served from; others are asked only where private networks are allowed."""

_UNREACHABLE = {Failure.DNS, Failure.DNS_TROUBLE, Failure.REFUSED, Failure.RESET, Failure.TIMEOUT, Failure.UNREACHABLE}
_MAY_PASS = _UNREACHABLE - {Failure.DNS}


class LiveHandler(HTTP11DownloadHandler):
    """Asks the network. Raises `Unanswered`, or `MayPass` where another attempt makes sense, with the reason."""

    async def download_request(self, request: Request) -> Response:
        """Ask for one URL."""
        host = url.host(request.url)
        breaker = job_of(self._crawler).breaker
        if problem := self._refused(request.url) or not_worth_asking(breaker, host):
            raise Unanswered(problem)
        try:
            response = await super().download_request(request)
        except Exception as error:
            problem = self._problem(host, error)
            if problem.failure in _UNREACHABLE:
                breaker.fail(host)
            raise (MayPass if problem.failure in _MAY_PASS else Unanswered)(problem) from error
        breaker.succeed(host)
        return response

    def _refused(self, address: str) -> Problem | None:
        parts = url.split(address)
        if parts.username or parts.password:
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


def not_worth_asking(breaker: Breaker, host: str) -> Problem | None:
    """Return why a host is not asked (again) in this run, None where it may be."""
    if breaker.network_is_down:
        return Problem(Failure.NETWORK_DOWN, "no host has answered in this run")
    if breaker.is_open(host):
        return Problem(Failure.SITE_DOWN, f"{host} did not answer before in this run")
    return None


def problem_of(error: Exception) -> Problem:
    """Tell from an exception of Scrapy, Twisted or OpenSSL what has failed."""
    causes = _chain(error)
    if any(isinstance(cause, SSL.Error) or "certificate" in type(cause).__name__.lower() for cause in causes):
        return Problem(Failure.TLS, _say(causes[-1]))
    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Failure], ...] = (
        (DownloadConnectionRefusedError, Failure.REFUSED),
        ((DownloadTimeoutError, net.TimeoutError, net.TCPTimedOutError), Failure.TIMEOUT),
        (DownloadCancelledError, Failure.TOO_LARGE),
        ((net.NoRouteError, net.ConnectError), Failure.UNREACHABLE),
        ((ResponseDataLossError, net.ConnectionLost, net.ConnectionDone, DownloadFailedError), Failure.RESET),
        ((ValueError, UnicodeError), Failure.INVALID),
    )
    found = next((failure for kind, failure in kinds if isinstance(error, kind)), Failure.PROTOCOL)
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
