"""A charset: the encoding of a page's bytes, told by what the bytes are before what anybody says of them."""

import codecs
from typing import Final

SAMPLE: Final = 32 * 1024
"""How many bytes the statistical detector is shown; it is the last resort, and slow."""

STRAY: Final = 0.05
"""Share of the non-ASCII bytes that a charset may fail to read and still be the one: pages are cut and pasted."""

PIECE: Final = 16 * 1024
"""Bytes that are looked at together."""

_ASCII: Final = bytes(range(0x80))
_SHIFTED: Final = (b"\x1b$", b"\x1b(")  # ISO-2022 is pure ASCII to the eye, so valid UTF-8 too


def to_utf8(body: bytes, content_type: str = "") -> bytes:
    """Return a page as valid UTF-8 without byte-order mark; what its charset does not know becomes U+FFFD.

    Order: the byte-order mark, UTF-8 if the bytes are that (hardly any other text passes for it, and the header and
    the page lie more often), the charset of the ``Content-Type`` header, the one the page declares, a statistical
    guess. Never raises.
    """
    if body.startswith(b"\xef\xbb\xbf"):
        body = body[3:]
    elif body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _read(body, "utf-16").encode()
    is_ascii = body.isascii()
    if (is_ascii or _is_utf8(body)) and not (is_ascii and any(shift in body for shift in _SHIFTED)):
        return body
    names = ("utf-8", *_declared(body, content_type))
    foreign = len(body.translate(None, _ASCII))
    for name in names[1:] if is_ascii else names:
        text = _read(body, name)
        if text.count("\ufffd") <= STRAY * foreign:
            return text.encode()
    return _read(body, _guess(body)).encode()


def _is_utf8(body: bytes) -> bool:
    # In pieces that fit the processor's cache: what is read is thrown away at once.
    view, at = memoryview(body), 0
    try:
        while at < len(body):
            at += codecs.utf_8_decode(view[at : at + PIECE], "strict", at + PIECE >= len(body))[1]
    except UnicodeDecodeError:
        return False
    return True


def _declared(body: bytes, content_type: str) -> list[str]:
    from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

    return [name for name in (http_content_type_encoding(content_type), html_body_declared_encoding(body)) if name]


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:SAMPLE]).best()
    return best.encoding if best is not None else "cp1252"


def _read(body: bytes, name: str) -> str:
    try:
        text = body.decode(name, "replace")
    except (LookupError, UnicodeError, ValueError, AssertionError):
        text = body.decode("utf-8", "replace")
    # Some codecs read lone surrogates, which no UTF-8 has.
    return text.encode("utf-8", "replace").decode()
