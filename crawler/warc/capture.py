"""A capture: what a server answered for one URL at one time, as an archive keeps it."""

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from crawler.warc import coding, head
from crawler.warc.record import LIMIT, Record, reading, records
from crawler.warc.stream import MAX_HEAD

_STATUS_LINE: Final = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+([1-9]\d\d)(?!\d)")
_BLANK_LINE: Final = re.compile(rb"\n\r?\n")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Capture:
    """One answer.

    ``date`` is None where the archive gives none that can be read. ``headers`` are in the order of the archive, text
    by latin-1. ``body`` is without its transfer coding but still in its content coding, and cut at
    `crawler.warc.record.LIMIT`. ``truncated`` is the archive's own word for why it holds no more (``length``,
    ``time``, ``disconnect``), empty where it holds all.
    """

    url: str
    date: datetime | None
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    ip: str | None = None
    truncated: str = ""

    def header(self, name: str) -> str:
        """Return the value of a header, several of them joined by commas; empty where there is none."""
        name = name.lower()
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    @property
    def codings(self) -> tuple[str, ...]:
        """The content codings of the body by its headers, in the order in which they were applied."""
        return tuple(one for part in self.header("content-encoding").split(",") if (one := part.strip().lower()))

    @cached_property
    def payload(self) -> bytes:
        """The body unpacked, cut at `crawler.warc.record.LIMIT`; as far as it goes where it is damaged."""
        return coding.unpacked(self.body, self.codings, LIMIT)


def responses(path: Path) -> Iterator[Capture]:
    """Yield the captures of an archive in the order in which they stand in it, reading it once.

    ``revisit`` records are left out: what they refer to may stand elsewhere (see `crawler.warc.index`). Raises
    ArchiveError where the file is no archive; damage further on ends the reading with a warning.
    """
    with reading(path), path.open("rb") as file:
        for record in records(path, file, ("response", "resource")):
            if capture := of_record(record):
                yield capture
            elif record.url.startswith("http"):
                log.warning("%s: the record of %s holds no HTTP response; passed over", path, record.url)


def of_record(record: Record) -> Capture | None:
    """Read a ``response``, ``revisit`` or ``resource`` record; None where it is not about HTTP or is malformed."""
    if not record.url.lower().startswith(("http://", "https://")):
        return None
    if record.kind == "resource":
        kind = record.fields.get("content-type", "")
        return _capture(record, 200, (("Content-Type", kind),) if kind else (), record.block)
    status = status_of(record.block)
    end = _BLANK_LINE.search(record.block, 0, MAX_HEAD)
    if status is None or (end is None and len(record.block) >= MAX_HEAD):
        return None
    size = end.end() if end else len(record.block)
    # By latin-1 the bytes of the wire can be had back.
    headers = head.fields(record.block[:size].decode("latin-1"))
    body = record.block[size:]
    if any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers):
        body = coding.dechunked(body)
    return _capture(record, status, headers, body)


def status_of(block: bytes) -> int | None:
    """Return the status of an HTTP response, None where the bytes do not begin as one."""
    line = _STATUS_LINE.match(block)
    return int(line[1]) if line else None


def _capture(record: Record, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> Capture:
    fields = record.fields
    truncated = fields.get("warc-truncated", "")
    return Capture(
        record.url, _date(fields.get("warc-date", "")), status, headers, body, fields.get("warc-ip-address"), truncated
    )


def _date(given: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        # WARC 1.1 §5.4 allows any precision from the year on: what is left out is filled in.
        date = datetime.fromisoformat(given + "2020-01-01T00:00Z"[len(given) :])
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    return None
