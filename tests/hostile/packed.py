"""Behaviours of packed bodies: bombs, and what is not what its header says."""

import gzip
import zlib
from functools import cache

import brotli
from backports import zstd
from pages import MENDED
from stage import Peer, behaviour, good

LARGE = 32 << 20
READ = "ok empty unknown drifted too-large"


@cache
def bomb(coding: str) -> bytes:
    """Return 32 MiB of a page, packed."""
    page = MENDED + b" " * LARGE
    if coding == "deflate":
        return zlib.compress(page, 1)
    if coding == "raw":
        packer = zlib.compressobj(1, wbits=-15)
        return packer.compress(page) + packer.flush()
    return {"gzip": lambda: gzip.compress(page, 1), "br": lambda: brotli.compress(page, quality=1, lgwin=24),
            "zstd": lambda: zstd.compress(page, 1)}[coding]()  # fmt: skip


@behaviour("too-large", READ)
def a_bomb_of_gzip(peer: Peer) -> None:
    peer.answer(bomb("gzip"), Content_Encoding="gzip")


@behaviour("too-large", READ)
def a_bomb_of_deflate(peer: Peer) -> None:
    peer.answer(bomb("deflate"), Content_Encoding="deflate")


@behaviour("too-large", f"{READ} protocol-error")
def a_bomb_of_raw_deflate(peer: Peer) -> None:
    peer.answer(bomb("raw"), Content_Encoding="deflate")


@behaviour("too-large", READ)
def a_bomb_of_brotli(peer: Peer) -> None:
    peer.answer(bomb("br"), Content_Encoding="br")


@behaviour("too-large", f"{READ} protocol-error")
def a_bomb_of_zstandard(peer: Peer) -> None:
    peer.answer(bomb("zstd"), Content_Encoding="zstd")


@behaviour("too-large", READ)
def a_bomb_in_a_bomb(peer: Peer) -> None:
    peer.answer(gzip.compress(bomb("gzip")), Content_Encoding="gzip, gzip")


@behaviour("too-large", f"{READ} protocol-error")
def a_bomb_of_many_members(peer: Peer) -> None:
    peer.answer(gzip.compress(b" " * 100_000, 9) * 700, Content_Encoding="gzip")


@behaviour("protocol-error too-large ok", "protocol-error ok unknown")
def a_thousand_codings(peer: Peer) -> None:
    peer.answer(MENDED, Content_Encoding=", ".join(["gzip"] * 1000))


@behaviour("protocol-error drifted", "protocol-error ok connection-reset drifted")
def gzip_that_ends_early(peer: Peer) -> None:
    peer.answer(gzip.compress(MENDED)[:-200], Content_Encoding="gzip")


@good("ok protocol-error")
def gzip_with_rubbish_behind_it(peer: Peer) -> None:
    peer.answer(gzip.compress(MENDED) + b"\0rubbish" * 50, Content_Encoding="gzip")


@behaviour("protocol-error")
def gzip_that_is_none(peer: Peer) -> None:
    peer.answer(MENDED, Content_Encoding="gzip")


@behaviour("protocol-error")
def brotli_that_is_none(peer: Peer) -> None:
    peer.answer(b"\xff" * 500, Content_Encoding="br")


@behaviour("protocol-error")
def zstandard_that_is_none(peer: Peer) -> None:
    peer.answer(MENDED, Content_Encoding="zstd")


@behaviour("protocol-error", "protocol-error ok unknown")
def zstandard_with_a_window_of_gigabytes(peer: Peer) -> None:
    # RFC 8878, section 3.1.1.1.2: a window descriptor of exponent 31, of two terabytes.
    peer.answer(b"\x28\xb5\x2f\xfd\x00\xf8" + b"\x01\x00\x00" * 10, Content_Encoding="zstd")


@good("ok protocol-error")
def a_coding_that_nobody_knows(peer: Peer) -> None:
    peer.answer(MENDED, Content_Encoding="snappy")
