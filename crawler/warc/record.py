"""A record: one entry of a web archive, its named fields and its block of bytes."""

import logging
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from crawler.errors import ArchiveError
from crawler.warc import head
from crawler.warc.stream import Damage, Position, Stream

LIMIT: Final = 16 * 2**20
"""Bytes that are kept of a block, and of what is unpacked from it: twice what is taken from a server."""

CAPTURES: Final = ("response", "revisit", "resource")
"""Kinds of records that tell what a URL answered."""

_VERSIONS: Final = (b"WARC/1.", b"WARC/0.")
_FOREIGN: Final = {
    b"PK\x03\x04": "it is a ZIP file, perhaps a WACZ: unzip it and name the files in its folder archive/",
    b"\x28\xb5\x2f\xfd": "it is packed with Zstandard: unpack it with `zstd -d`",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``fields`` have lower-case names; ``block`` may be cut at a size that was asked for."""

    kind: str
    fields: Mapping[str, str]
    block: bytes
    position: Position

    @property
    def url(self) -> str:
        """The target, empty where the record has none."""
        # WARC 1.0's grammar puts angle brackets around it, its examples do not; Wget 1.19 writes them.
        return self.fields.get("warc-target-uri", "").strip("<>")


def records(path: Path, file: BinaryIO, kinds: Container[str], limit: int = LIMIT) -> Iterator[Record]:
    """Read the records of an archive from where ``file`` stands, and yield those of some ``kinds``.

    A record is yielded once all of it was seen to be there. Where the bytes are not sound, reading ends with a
    warning; ArchiveError is raised where not even the first record is sound.
    """
    stream, sound = Stream(file), 0
    try:
        while not stream.at_end():
            record = read(stream, kinds, limit)
            sound += 1
            if record.kind in kinds:
                yield record
    except Damage as damage:
        if not sound:
            raise _unreadable(path, file, damage) from damage
        where = stream.position.offset
        log.warning("%s: %s (near byte %d); the %d records before that are used", path, damage, where, sound)
    if not sound:
        raise ArchiveError("it holds no record", path=path)


def read(stream: Stream, kinds: Container[str], limit: int = LIMIT) -> Record:
    """Read one record, with its block if it is of one of some ``kinds``. Raises Damage."""
    position = stream.position
    fields = _fields(stream.head())
    try:
        length = int(fields.get("content-length", ""))
    except ValueError:
        length = -1
    if length < 0:
        raise Damage("a record does not tell its length")
    kind = fields.get("warc-type", "").lower()
    kept = min(length, limit) if kind in kinds else 0
    block = stream.read(kept)
    stream.skip(length - kept)
    return Record(kind, fields, block, position)


def read_at(path: Path, file: BinaryIO, offset: int) -> Record:
    """Read the record that begins at a byte of a file. Raises ArchiveError."""
    with reading(path):
        file.seek(offset)
        try:
            return read(Stream(file), CAPTURES)
        except Damage as damage:
            raise ArchiveError(f"{damage} (byte {offset})", path=path, remedy="was it changed meanwhile?") from damage


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the operating system says of a file into an ArchiveError."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(error.strerror or str(error), path=path) from error


def _unreadable(path: Path, file: BinaryIO, damage: Damage) -> ArchiveError:
    file.seek(0)
    remedy = _FOREIGN.get(file.read(4), "is it a WARC file?")
    return ArchiveError(f"not a readable web archive: {damage}", path=path, remedy=remedy)


def _fields(lines: bytes) -> dict[str, str]:
    if not lines[:8].upper().startswith(_VERSIONS):
        raise Damage("bytes that are no record")
    try:
        text = lines.decode()
    except UnicodeDecodeError:
        text = lines.decode("latin-1")
    return {name.lower(): value for name, value in head.fields(text)}
