"""A reply: what a server has answered to one request, put together from what libcurl hands over piece by piece."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from crawler.fetch import told

DRAINED: Final = 64 * 1024
"""Bytes of an answer that are read though nobody needs them: a connection that is kept is cheaper than a new one."""

SNIFFED: Final = 16 * 1024
"""Bytes that are kept of what is no page."""

_TEXTS: Final = (b"html", b"text/plain", b"xml")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: ``headers`` have lower-case names, each with its last value; ``body`` is unpacked, and not
    ``is_whole`` where no more of it was wanted, or came."""

    status: int
    headers: dict[str, str]
    body: bytes
    is_whole: bool = True


@dataclass(slots=True)
class Body:
    """Takes what comes of a body, behind the lines of its ``head``: ``most`` bytes are kept; of more, no more than
    `DRAINED` are waited for."""

    most: int
    head: list[bytes]
    kept: bytearray = field(default_factory=bytearray)
    size: int = 0

    def __call__(self, data: bytes) -> int | None:
        """Take a piece; 0 tells libcurl to read no more."""
        if not self.size and not _is_text(self.head):
            self.most = min(self.most, SNIFFED)
        if self.size < self.most:
            self.kept += data
        self.size += len(data)
        return None if self.size <= self.most + DRAINED else 0

    @property
    def is_full(self) -> bool:
        """Whether there was more than is kept."""
        return self.size > self.most


def headers_of(lines: Sequence[bytes]) -> dict[str, str]:
    """Return the headers of the last response: others before it were informational (RFC 9110, section 15.2)."""
    headers: dict[str, str] = {}
    for line in b"".join(lines).decode("latin-1").split("\n"):
        if line.startswith("HTTP/"):
            headers.clear()
            continue
        name, colon, value = line.partition(":")
        if colon:
            key, said = name.strip().lower(), value.strip()
            headers[key] = told(key, [headers[key], said]) if key in headers else said
    return headers


def _is_text(head: Sequence[bytes]) -> bool:
    kinds = [line.lower() for line in head if line[:13].lower() == b"content-type:"]
    return not kinds or any(text in kinds[-1] for text in _TEXTS)
