"""A diagnosis: why there is no answer, told from the exceptions of Scrapy, Twisted and OpenSSL."""

from typing import Final

from OpenSSL import SSL
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from service_identity import VerificationError
from twisted.internet import error as net
from twisted.web._newclient import ParseError

from crawler.fetch import NO_CONNECTION, Failure, Problem
from crawler.wire import BodyOfCrumbs, HeadTooLarge

_LONGEST: Final = 200

_RULES: Final[tuple[tuple[type[Exception], Failure, str], ...]] = (
    (VerificationError, Failure.TLS, "the certificate is for another name"),
    (SSL.Error, Failure.TLS, ""),
    (ParseError, Failure.PROTOCOL, "what it says is no HTTP"),
    (HeadTooLarge, Failure.TOO_LARGE, "its headers are too long"),
    (BodyOfCrumbs, Failure.TOO_LARGE, "its body is cut into crumbs"),
    (DownloadConnectionRefusedError, Failure.REFUSED, "nobody listens"),
    (DownloadTimeoutError, Failure.TIMEOUT, "no whole answer in time"),
    (net.TimeoutError, Failure.TIMEOUT, NO_CONNECTION),
    (DownloadCancelledError, Failure.TOO_LARGE, "more than max_size allows"),
    (net.ConnectError, Failure.UNREACHABLE, ""),
    (ResponseDataLossError, Failure.RESET, "the answer was cut short"),
    (net.ConnectionClosed, Failure.RESET, "the connection was closed before an answer"),
    (ValueError, Failure.PROTOCOL, "what it says is no HTTP"),
    (DownloadFailedError, Failure.RESET, ""),
)
"""The first that holds for an exception, or anything that caused it, is the one. No words: the exception's own."""


def problem_of(error: Exception) -> Problem:
    """Return what has failed, and in a few words how."""
    if isinstance(error, ValueError):  # before anything was sent
        return Problem(Failure.INVALID, _said(error))
    causes = _chain(error)
    for kind, failure, words in _RULES:
        if cause := next((cause for cause in causes if isinstance(cause, kind)), None):
            return Problem(failure, words or _said(cause))
    return Problem(Failure.PROTOCOL, f"{type(error).__name__}: {_said(error)}")


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


def _said(error: BaseException) -> str:
    if isinstance(error, SSL.Error) and error.args and isinstance(error.args[0], list):
        return ", ".join(str(entry[-1]) for entry in error.args[0])  # library, function, reason
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__
