"""A diagnosis: why there is no answer, told from libcurl's error codes (curl.se, "libcurl error codes")."""

import errno
import re
from typing import Final

import pycurl

from crawler.fetch import NO_CONNECTION, Failure, Problem

HTTP2_STREAM: Final = 92
TOO_LARGE: Final = 100
"""Codes that pycurl has no names for."""

_RULES: Final[dict[int, tuple[Failure, str]]] = {
    pycurl.E_URL_MALFORMAT: (Failure.INVALID, "it is no http(s) URL"),
    pycurl.E_COULDNT_RESOLVE_HOST: (Failure.DNS_TROUBLE, ""),
    pycurl.E_COULDNT_CONNECT: (Failure.UNREACHABLE, ""),
    pycurl.E_OPERATION_TIMEDOUT: (Failure.TIMEOUT, "no whole answer in time"),
    pycurl.E_GOT_NOTHING: (Failure.RESET, "the connection was closed before an answer"),
    pycurl.E_SEND_ERROR: (Failure.RESET, ""),
    pycurl.E_RECV_ERROR: (Failure.RESET, ""),
    pycurl.E_PARTIAL_FILE: (Failure.RESET, "the answer was cut short"),
    pycurl.E_HTTP2: (Failure.RESET, ""),
    HTTP2_STREAM: (Failure.RESET, ""),
    pycurl.E_SSL_CONNECT_ERROR: (Failure.TLS, ""),
    pycurl.E_PEER_FAILED_VERIFICATION: (Failure.TLS, ""),
    TOO_LARGE: (Failure.TOO_LARGE, "its headers are too long"),
}
"""Any other error is a breach of the protocol. No words: libcurl's own."""

_LOST: Final = ("reset by peer", "unexpected eof", "syscall", "broken pipe")
_TOO_LONG: Final = "too large response headers"
_GARBLED: Final = ("chunk", "hexadecimal", "header")
_PREFIX: Final = re.compile(r"SSL certificate (?:problem|OpenSSL verify result): |SSL: ")
_LONGEST: Final = 200

READABLE: Final = frozenset(
    (
        pycurl.E_OPERATION_TIMEDOUT,
        pycurl.E_RECV_ERROR,
        pycurl.E_PARTIAL_FILE,
        pycurl.E_HTTP2,
        HTTP2_STREAM,
    )
)
"""Errors after which what has come of an answer may still be read."""


def problem_of(code: int, message: str, system: int, *, connected: bool) -> Problem:
    """Return what has failed, and in a few words how; ``system`` is the system's own error number, 0 for none."""
    failure, words = _RULES.get(code, (Failure.PROTOCOL, ""))
    said = message.lower()
    if code == pycurl.E_COULDNT_CONNECT and system == errno.ECONNREFUSED:
        return Problem(Failure.REFUSED, "nobody listens")
    if code == pycurl.E_OPERATION_TIMEDOUT and not connected:
        return Problem(Failure.TIMEOUT, NO_CONNECTION)
    if code == pycurl.E_SSL_CONNECT_ERROR and any(word in said for word in _LOST):
        return Problem(Failure.RESET, "the connection was closed before an answer")
    if code == pycurl.E_RECV_ERROR and _TOO_LONG in said:
        return Problem(*_RULES[TOO_LARGE])
    if code == pycurl.E_RECV_ERROR and any(word in said for word in _GARBLED):
        return Problem(Failure.PROTOCOL, _said(message))
    return Problem(failure, words or _said(message))


def _said(message: str) -> str:
    return " ".join(_PREFIX.sub("", message).split())[:_LONGEST]
