"""A stream: the bytes of an archive file, unpacked and read forward, and the places where reading can begin again."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple, cast

from isal.igzip_lib import DECOMP_GZIP, IgzipDecompressor, IsalError

GZIP: Final = b"\x1f\x8b"
MAX_HEAD: Final = 2**18
"""Bytes that a block of header lines may take, as in browsers."""

_CHUNK: Final = 2**16
_PIECE: Final = 2**20
_BLANK_LINE: Final = re.compile(rb"\n\r?\n")
_NEWLINES: Final = re.compile(rb"[\r\n]*")
_BAD_GZIP: Final = cast("type[Exception]", IsalError)  # its stub takes the class for an instance


class Damage(Exception):
    """The bytes do not go on as an archive's do."""


class Cut(Damage):
    """The bytes end in the middle of something, as after a crash or an unfinished download."""


class Position(NamedTuple):
    """A byte of the file at which reading can begin, and the number of unpacked bytes to pass over after it."""

    offset: int
    inner: int


class Stream:
    """Reads a file from where it stands: plain, with a gzip member for each record, or with members of any other cut.

    Whatever the file holds, memory is bounded by what is asked for and one piece more, and time by the unpacked size.
    Reading raises `Damage` where the bytes are not sound.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._offset = file.tell()
        self._before = 0  # unpacked bytes between _offset and _data
        self._data = b""
        self._at = 0
        self.is_gzip = file.read(2) == GZIP
        self._member: IgzipDecompressor | None = None
        file.seek(self._offset)

    @property
    def position(self) -> Position:
        """Where the next byte stands, once `at_end` has told that there is one."""
        unpacked = self._before + self._at
        return Position(self._offset, unpacked) if self.is_gzip else Position(self._offset + unpacked, 0)

    def at_end(self) -> bool:
        """Pass over empty lines; tell whether nothing comes after them."""
        while True:
            self._at = cast("re.Match[bytes]", _NEWLINES.match(self._data, self._at)).end()
            if self._at < len(self._data):
                return False
            if not self._load():
                return True

    def head(self) -> bytes:
        """Read header lines, with the empty line that ends them."""
        head = bytearray()
        while len(head) < MAX_HEAD:
            known = len(head)
            head += self._next(4096)
            if end := _BLANK_LINE.search(head, max(known - 3, 0)):
                self._at -= len(head) - end.end()
                return bytes(head[: end.end()])
        raise Damage("header lines without end")

    def read(self, size: int) -> bytes:
        """Read exactly ``size`` bytes."""
        pieces = []
        while size:
            pieces.append(self._next(size))
            size -= len(pieces[-1])
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def skip(self, size: int) -> None:
        """Pass over exactly ``size`` bytes."""
        while size:
            size -= len(self._next(size))

    def rest(self) -> Iterator[bytes]:
        """Yield all that is left."""
        while self._at < len(self._data) or self._load():
            yield self._next(_PIECE)

    def _next(self, size: int) -> bytes:
        """Read some bytes, ``size`` at most."""
        if self._at == len(self._data) and not self._load():
            raise Cut("it ends in the middle of a record")
        piece = self._data[self._at : self._at + size]
        self._at += len(piece)
        return piece

    def _load(self) -> bool:
        """Put the next bytes in the place of those at hand, which were all read; False at the end of the file."""
        self._before += len(self._data)
        self._at = 0
        self._data = self._unpack() if self.is_gzip else self._file.read(_CHUNK)
        return bool(self._data)

    def _unpack(self) -> bytes:
        while True:
            member, packed = self._member, b""
            if member is None or member.eof:
                packed = (member.unused_data if member else b"") or self._file.read(_CHUNK)
                if not packed:
                    return b""
                self._offset, self._before = self._file.tell() - len(packed), 0
                member = self._member = IgzipDecompressor(flag=DECOMP_GZIP)
            elif member.needs_input and not (packed := self._file.read(_CHUNK)):
                raise Cut("it ends in the middle of a gzip member")
            try:
                data = member.decompress(packed, _PIECE)
            except _BAD_GZIP as error:
                raise Damage(f"its gzip data is not sound ({error})") from error
            if data:
                return data
