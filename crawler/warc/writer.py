"""A writer: appends what was asked and answered to a web archive, so that it can be replayed."""

import fcntl
import logging
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from crawler.errors import ArchiveError
from crawler.warc.exchange import Exchange, info
from crawler.warc.record import read, reading
from crawler.warc.stream import Cut, Damage, Position, Stream

log = logging.getLogger(__name__)


class Writer:
    """Appends to one archive: WARC 1.1, a gzip member for each record, written at once and in one piece.

    What a killed run left unfinished at the end of the file is cut off first. ArchiveError is raised where the file
    cannot be written, is no archive, is damaged in any other way or is in use by another writer.
    """

    def __init__(self, path: Path, at: datetime) -> None:
        if path.suffix != ".gz":
            raise ArchiveError("an archive is written packed with gzip", path=path, remedy="name it NAME.warc.gz")
        self.path = path
        with reading(path):
            self._file: BinaryIO = path.open("a+b", buffering=0)
        try:
            with reading(path):
                self._begin(at)
        except ArchiveError:
            self._file.close()
            raise

    def write(self, exchange: Exchange) -> None:
        """Append an answer and its request. Where that fails (disk full), say so once and record nothing more."""
        if self._file.closed:
            return
        try:
            self._append(*exchange.records())
        except OSError as error:
            log.warning("%s: %s; nothing is recorded from %s on", self.path, error.strerror, exchange.url)
            with suppress(OSError):
                self._file.truncate(self._size)
            self.close()

    def close(self) -> None:
        """Close the file; nothing is recorded after that."""
        self._file.close()

    def _begin(self, at: datetime) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArchiveError("another process is writing to it", path=self.path) from error
        self._size = _whole(self.path, self._file)
        self._file.truncate(self._size)
        if not self._size:
            self._append(info(self.path.name, at))

    def _append(self, *records: ArcWarcRecord) -> None:
        packed = BytesIO()
        packer = WARCWriter(packed, gzip=True, warc_version="1.1")
        for record in records:
            packer.write_record(record)
        left = packed.getbuffer()
        while left:
            left = left[self._file.write(left) :]
        self._size += packed.tell()


def _whole(path: Path, file: BinaryIO) -> int:
    """Return the size of an archive up to the end of its last whole record."""
    size = file.seek(0, 2)
    file.seek(0)
    stream, begun, done = Stream(file), Position(0, 0), True
    remedy = "name another file"
    if size and not stream.is_gzip:
        raise ArchiveError("it is there already, and is no archive packed with gzip", path=path, remedy=remedy)
    try:
        while not stream.at_end():
            begun, done = stream.position, False
            read(stream, ())
            done = True
    except Damage as damage:
        member = stream.position.offset
        alone = begun == (member, 0) or (done and begun.offset < member)
        # Only a member after others, and with no other record in it, is surely what a killed writer left.
        if not (isinstance(damage, Cut) and member and alone):
            raise ArchiveError(f"it cannot be added to: {damage}", path=path, remedy=remedy) from damage
        log.warning("%s: its last record is not whole and is cut off (byte %d)", path, member)
        return member
    return size
