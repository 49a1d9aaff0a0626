"""An index: the captures of one or more archives, found by URL."""

import logging
import weakref
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from crawler.warc.capture import Capture, of_record
from crawler.warc.record import CAPTURES, Record, read_at, reading, records
from crawler.warc.stream import Damage, Stream
from crawler.warc.table import Place, Table

_FIRST_LINE: Final = 64

log = logging.getLogger(__name__)


class Index:
    """The captures of some archives, each looked up by URL and read from its file.

    Of several captures of a URL the latest counts, later archives and records after earlier ones of the same time. A
    capture is found by its exact URL (see `crawler.warc.match.as_asked`); where there is none, one whose URL is only
    spelled differently (`crawler.warc.match.key`) is taken, of the same scheme first, unless it is a redirect: that
    may lead to the very URL that was asked for.

    Building reads every archive once. An archive in which reading cannot begin at each record (packed as one gzip
    stream) is unpacked to a temporary file. Raises ArchiveError where a file is no archive.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._files: list[tuple[Path, BinaryIO]] = []
        self._table = Table()
        self._resources = ExitStack()
        self._resources.callback(self._table.close)
        self.close = weakref.finalize(self, self._resources.close)
        for path in paths:
            with reading(path):
                self._open(path)
        self._table.finish()

    def __len__(self) -> int:
        return len(self._table)

    def get(self, url: str, method: str = "GET") -> Capture | None:
        """Return what was answered for a URL, None where the archives do not tell. Raises ArchiveError.

        A HEAD request may be answered by what was answered to GET. What a ``revisit`` leaves out is taken from the
        record that it refers to. A capture of status 304 is returned only where the full answer is in none of the
        archives.
        """
        place = self._table.find(url, method)
        if place is None:
            return None
        record = self._read(place)
        own = of_record(record)
        if record.kind != "revisit" and (own is None or own.status != 304):
            return own
        referred = self._table.find_referred(record)
        original = of_record(self._read(referred)) if referred else None
        if original is None:
            log.warning("%s: what the archive's revisit refers to is in none of the archives", record.url)
            return own if own and 300 <= own.status < 400 else None
        if own is None or own.status == 304:
            return replace(original, url=record.url)
        return replace(own, body=original.body, truncated=original.truncated)

    def _read(self, place: Place) -> Record:
        path, file = self._files[place.file]
        return read_at(path, file, place.offset)

    def _open(self, path: Path) -> None:
        file: BinaryIO = self._resources.enter_context(path.open("rb"))
        self._files.append((path, file))
        number = len(self._files) - 1
        if not self._add(path, file, number):
            log.info("%s: unpacked to a temporary file, since its records are not packed one by one", path)
            self._table.forget(number)
            spool: BinaryIO = self._resources.enter_context(TemporaryFile())  # noqa: SIM115 - closed with the index
            _unpack(file, spool)
            self._files[number] = path, spool
            self._add(path, spool, number)

    def _add(self, path: Path, file: BinaryIO, number: int) -> bool:
        """Note all captures of a file; False where some record is not one at which reading can begin."""
        for record in records(path, file, (*CAPTURES, "request"), _FIRST_LINE):
            if record.position.inner:
                return False
            self._table.add(record, Place(number, record.position.offset))
        return True


def _unpack(file: BinaryIO, spool: BinaryIO) -> None:
    file.seek(0)
    # Where it is damaged the copy ends, and reading the copy tells of it.
    with suppress(Damage):
        spool.writelines(Stream(file).rest())
    spool.seek(0)
