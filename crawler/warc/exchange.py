"""An exchange: one request and its answer, as an archive is to keep them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Final
from urllib.parse import urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
from warcio.utils import Digester

from crawler import __version__
from crawler.warc.match import as_asked

Headers = tuple[tuple[bytes, bytes], ...]

_STATUSES: Final = frozenset(HTTPStatus)
_NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_INFO: Final = f"software: recrawl/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()

# Archives are handed on: of a request only what cannot hold a secret is kept, of an answer all but its cookies.
_ASKED: Final = frozenset(
    b"accept accept-encoding accept-language if-modified-since if-none-match range referer user-agent".split()
)
_NOT_KEPT: Final = frozenset(b"set-cookie set-cookie2 transfer-encoding".split())


@dataclass(frozen=True)
class Exchange:
    """One request and its answer.

    ``body`` is in its content coding but in no transfer coding. ``protocol`` is as in HTTP's status line, empty where
    it is not known. ``truncated`` is empty, or WARC's word for why the body is not whole: ``length``, ``disconnect``.
    """

    url: str
    at: datetime
    status: int
    headers: Headers
    body: bytes
    method: str = "GET"
    asked: Headers = ()
    ip: str = ""
    protocol: str = ""
    truncated: str = ""

    def records(self) -> tuple[ArcWarcRecord, ArcWarcRecord]:
        """Return the answer and the request as records, without cookies and credentials.

        Where the server said "not modified" the answer is a ``revisit`` (WARC 1.1 §6.7.3).
        """
        url = as_asked(self.url)
        common = {"WARC-Target-URI": url, "WARC-IP-Address": self.ip, "WARC-Protocol": self.protocol.lower()}
        unmodified = self.status == HTTPStatus.NOT_MODIFIED
        about_answer = {
            **common,
            "WARC-Truncated": self.truncated,
            "WARC-Profile": _NOT_MODIFIED if unmodified else "",
            "WARC-Payload-Digest": "" if unmodified else _digest(self.body),
        }
        kind, http = "revisit" if unmodified else "response", "application/http; msgtype="
        answer = _record(kind, about_answer, self.at, f"{http}response", _answer(self))
        about_request = {**common, "WARC-Concurrent-To": answer.rec_headers["WARC-Record-ID"]}
        return answer, _record("request", about_request, self.at, f"{http}request", _request(self, url))


def info(name: str, at: datetime) -> ArcWarcRecord:
    """Return the record that begins an archive of this file name."""
    return _record("warcinfo", {"WARC-Filename": name}, at, "application/warc-fields", _INFO)


def _record(kind: str, fields: dict[str, str], at: datetime, content_type: str, block: bytes) -> ArcWarcRecord:
    # Made without warcio's builder, which would parse the block and escape what is not ASCII in its headers.
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": StatusAndHeadersParser.make_warc_id(),
        "WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        **fields,
    }
    headers = StatusAndHeaders("", [(name, value) for name, value in named.items() if value], protocol="WARC/1.1")
    # warcio is told of a warcinfo: of a revisit it would write, and of others digest, only what it has parsed itself.
    return ArcWarcRecord("warc", "warcinfo", headers, BytesIO(block), None, content_type, len(block))


def _answer(exchange: Exchange) -> bytes:
    version = exchange.protocol if exchange.protocol in ("HTTP/1.0", "HTTP/1.1") else "HTTP/1.1"
    phrase = HTTPStatus(exchange.status).phrase if exchange.status in _STATUSES else ""
    return _head(f"{version} {exchange.status} {phrase}", exchange.headers) + exchange.body


def _request(exchange: Exchange, url: str) -> bytes:
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    asked = tuple((name, value) for name, value in exchange.asked if name.lower() in _ASKED)
    return _head(f"{exchange.method} {target} HTTP/1.1", ((b"Host", parts.netloc.encode()), *asked))


def _head(first: str, headers: Headers) -> bytes:
    lines = (name + b": " + value for name, value in headers if name.lower() not in _NOT_KEPT)
    return b"\r\n".join((first.encode(), *lines, b"", b""))


def _digest(body: bytes) -> str:
    digester = Digester("sha1")
    digester.update(body)
    return str(digester)
