"""A coding: how HTTP packed a body, for the wire (transfer coding) or for good (content coding)."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final, Protocol, cast

import brotli
from isal.igzip_lib import DECOMP_DEFLATE, DECOMP_GZIP, DECOMP_ZLIB, IgzipDecompressor, IsalError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_FED: Final = 2**14
_PIECE: Final = 2**16
_BAD: Final = (cast("type[Exception]", IsalError), brotli.error, zstd.ZstdError)


class Decoder(Protocol):
    """Unpacks bytes that are fed to it, at most ``max_length`` at a time; more of them come out for ``b""``."""

    @property
    def eof(self) -> bool:
        """Whether the packed data has come to its end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Unpack."""


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._decoder.is_finished())

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return cast("bytes", self._decoder.process(data, output_buffer_limit=max_length))


_GZIP = (b"\x1f\x8b", (partial(IgzipDecompressor, flag=DECOMP_GZIP),))
_CODINGS: Final[dict[str, tuple[bytes, tuple[Callable[[], Decoder], ...]]]] = {
    "gzip": _GZIP,
    "x-gzip": _GZIP,
    "zstd": (b"\x28\xb5\x2f\xfd", (zstd.ZstdDecompressor,)),
    # RFC 9110 §8.4.1.2 means zlib's format; some servers send the bare deflate stream.
    "deflate": (b"", (partial(IgzipDecompressor, flag=DECOMP_ZLIB), partial(IgzipDecompressor, flag=DECOMP_DEFLATE))),
    "br": (b"", (_Brotli,)),
}
"""Each content coding's first bytes, where it has such, and the decoders that may read it."""


def dechunked(body: bytes) -> bytes:
    """Undo the chunked transfer coding (RFC 9112 §7.1), as far as the chunks go.

    A body that has no chunks is returned as it is: many writers store it joined, under the header of the wire.
    """
    chunks, at = [], 0
    while chunk := _CHUNK.match(body, at):
        size = int(chunk[1], 16)
        at = chunk.end() + size
        if body[at : at + 2] not in (b"\r\n", b"\r", b"") and size:
            break
        chunks.append(body[chunk.end() : at])
        if not size:
            break
        at += 2
    return b"".join(chunks) if chunks else body


def is_packed(body: bytes, coding: str) -> bool:
    """Tell whether a body is packed as its header says; taken as true for codings that we do not know."""
    return coding not in _CODINGS or _decoder(body, coding) is not None


def unpacked(body: bytes, codings: Iterable[str], limit: int) -> bytes:
    """Undo content codings, given in the order in which they were applied, up to ``limit`` bytes.

    A damaged or unfinished body is unpacked up to the damage. One that is not packed so, or in a way that we do not
    know, is returned as it is.
    """
    for coding in reversed(tuple(codings)):
        decoder = _decoder(body, coding)
        if decoder is None:
            break
        body = _unpack(body, decoder, limit)
    return body[:limit]


def _decoder(body: bytes, coding: str) -> Decoder | None:
    magic, makers = _CODINGS.get(coding, (b"", ()))
    if magic:
        return makers[0]() if body.startswith(magic) else None
    for make in makers:
        try:
            make().decompress(body[:_FED], _PIECE)
        except _BAD:
            continue
        return make()
    return None


def _unpack(body: bytes, decoder: Decoder, limit: int) -> bytes:
    out = bytearray()
    try:
        for piece in _pieces(body, decoder):
            out += piece
            if len(out) >= limit:
                break
    except _BAD:
        pass
    return bytes(out)


def _pieces(body: bytes, decoder: Decoder) -> Iterator[bytes]:
    # Fed in small parts, a body that is damaged near its end is lost only there.
    for start in range(0, len(body), _FED):
        piece = decoder.decompress(body[start : start + _FED], _PIECE)
        while piece:
            yield piece
            piece = b"" if decoder.eof else decoder.decompress(b"", _PIECE)
        if decoder.eof:
            return
