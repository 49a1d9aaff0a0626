"""The wire: connections that speak HTTP/1.1, on which no server can fill the memory, or keep us busy, with wrapping."""

from collections.abc import Callable
from typing import Any, Final, cast

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.http import _ChunkedTransferDecoder

LONGEST_HEAD: Final = 256 * 1024
"""Bytes that the lines before a body may take, with all informational answers before them; Chromium takes as many."""

CRUMBS: Final = 256 * 1024
"""Bytes of a chunked body from which on most of them have to be the body's. Unwrapping a byte takes seven
microseconds where each is a chunk of its own: a minute of work for 8 MiB."""


class HeadTooLarge(Exception):
    """A server says more before its body than is listened to."""


class BodyOfCrumbs(Exception):
    """A body comes in chunks of so few bytes that unwrapping it is most of the work."""


class BoundedChunks(_ChunkedTransferDecoder):
    """Unwraps a chunked body; raises BodyOfCrumbs."""

    def __init__(self, data: Callable[[bytes], None], finished: Callable[[bytes], None]) -> None:
        super().__init__(self._unwrapped, finished)
        self.data = data
        self.received = self.size = 0

    def _unwrapped(self, data: bytes) -> None:
        self.size += len(data)
        self.data(data)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - named by Twisted's interface
        """Take what has come."""
        self.received += len(data)
        super().dataReceived(data)
        if self.received > CRUMBS and self.size < self.received / 2:
            raise BodyOfCrumbs


class BoundedParser(_LenientHTTPClientParser):
    """Reads one answer."""

    # Twisted hangs up without a word at a line of 16 KiB, which some Content-Security-Policies are.
    MAX_LENGTH = 2 * LONGEST_HEAD
    _transferDecoders: Any = {b"chunked": BoundedChunks}  # noqa: N815, RUF012 - Twisted's


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection that is given up where a head has no end; Twisted itself bounds single lines only."""

    def request(self, request: Any) -> Any:
        """Send one request, and listen to its answer."""
        self.head = 0
        answered = super().request(request)
        self._parser.__class__ = BoundedParser  # as Scrapy does: Twisted names the class where it makes the parser
        return answered

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - named by Twisted's interface
        """Take what has come, and count it as long as no body has begun."""
        super().dataReceived(data)
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self.head += len(data)
            if self.head > LONGEST_HEAD:
                self._giveUp(Failure(HeadTooLarge()))
                cast("Any", self.transport).abortConnection()


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Builds such connections."""

    def buildProtocol(self, _address: Any) -> BoundedProtocol:  # noqa: N802 - named by Twisted's interface
        """Build one."""
        return BoundedProtocol(self._quiescentCallback)
