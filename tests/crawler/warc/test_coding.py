import gzip
import sys
import tracemalloc
import zlib

import brotli
import pytest

from crawler.warc.coding import dechunked, is_packed, unpacked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = b"The quick brown fox jumps over the lazy dog. " * 3000
LIMIT = 10**6

PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT),
}


@pytest.mark.parametrize("coding", PACKED)
def test_each_coding_is_undone(coding):
    assert unpacked(PACKED[coding], [coding], LIMIT) == TEXT


def test_bare_deflate_is_undone():
    assert unpacked(zlib.compress(TEXT)[2:-4], ["deflate"], LIMIT) == TEXT


def test_codings_are_undone_from_the_last_to_the_first():
    assert unpacked(gzip.compress(PACKED["br"]), ["br", "gzip"], LIMIT) == TEXT


@pytest.mark.parametrize("coding", PACKED)
def test_a_body_that_was_stored_unpacked_stays(coding):
    page = b"<!doctype html><title>Plain</title>"
    assert unpacked(page, [coding], LIMIT) == page
    assert not is_packed(page, coding)
    assert is_packed(PACKED[coding], coding)


def test_an_unknown_coding_is_left():
    assert unpacked(b"body", ["sdch"], LIMIT) == b"body"
    assert is_packed(b"body", "sdch")


@pytest.mark.parametrize("coding", PACKED)
def test_a_cut_body_is_unpacked_as_far_as_it_goes(coding):
    noise = b"".join(str(number * 7919 % 100_003).encode() for number in range(60_000))
    packed = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstd.compress}
    whole = packed.get(coding, brotli.compress)(noise)
    part = unpacked(whole[: len(whole) // 2], [coding], LIMIT)
    assert len(part) > len(noise) // 10
    assert noise.startswith(part)


def test_a_body_damaged_near_its_end_is_kept_up_to_there():
    noise = b"".join(str(number * 7919 % 100_003).encode() for number in range(60_000))
    damaged = bytearray(gzip.compress(noise))
    damaged[-4] ^= 255
    part = unpacked(bytes(damaged), ["gzip"], LIMIT)
    assert len(part) > len(noise) // 2
    assert noise.startswith(part)


@pytest.mark.parametrize(
    "bomb",
    [
        ("gzip", gzip.compress(bytes(10**8))),
        ("deflate", zlib.compress(bytes(10**8))),
        ("br", brotli.compress(bytes(10**8), quality=5)),
        ("zstd", zstd.compress(bytes(10**8))),
    ],
    ids=lambda bomb: bomb[0],
)
def test_a_bomb_is_cut_at_the_limit(bomb):
    coding, packed = bomb
    tracemalloc.start()
    try:
        assert unpacked(packed, [coding], LIMIT) == bytes(LIMIT)
        assert tracemalloc.get_traced_memory()[1] < 10 * LIMIT
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("body", "joined"),
    [
        (b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", b"hello world"),
        (b"5;name=value\r\nhello\r\n0\r\n\r\n", b"hello"),
        (b"000A \r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n", b"0123456789"),
        (b"0\r\n\r\n", b""),
        (b"5\r\nhello\r\n6\r\n wo", b"hello wo"),
        (b"5\r\nhello", b"hello"),
        (b"<p>stored joined</p>", b"<p>stored joined</p>"),
        (b"1a\r\nis a line of some text that has no chunks", b"1a\r\nis a line of some text that has no chunks"),
        (b"", b""),
    ],
)
def test_chunks_are_joined(body, joined):
    assert dechunked(body) == joined
