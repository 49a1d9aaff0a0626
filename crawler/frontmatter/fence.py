"""An envelope: a file cut at its fences into what stands before, in and after its front matter."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crawler.frontmatter.refusal import Refusal

MAX_BYTES: Final = 1 << 20
"""Longest front matter that is read: the libraries below are linear up to here (measured: at most 1 s a MiB)."""

_BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = re.compile(rb"(?:\xff\xfe)?-\0-\0-\0|(?:\xfe\xff)?\0-\0-\0-")
_FIRST: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:---|\+\+\+|\{)")
_OPENING: Final = re.compile(rb"(---|\+\+\+)([^\n]*)(?:\n|\Z)")
_YAML_MARK: Final = re.compile(rb"\n(---|\+\+\+|\.\.\.(?=[ \t]*(?:\r?\n|\r?\Z)))([^\n]*)")
_TOML_MARK: Final = re.compile(rb"\n(\+\+\+)([ \t]*\r?(?=\n|\Z))")
_BLANK_THEN_FENCE: Final = re.compile(rb"\s+---[ \t]*\r?\n")
_DISAGREE: Final = "leave nothing but --- on that line, or indent it; readers of front matter disagree on it"


class Kind(StrEnum):
    """The language of a front matter."""

    YAML = "yaml"
    TOML = "toml"
    JSON = "json"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A file in three parts; only ``text`` is decoded, so that a body may be any bytes."""

    kind: Kind
    head: bytes
    text: str
    tail: bytes

    def line(self, at: int) -> int:
        """Return the line of the file, from 1, that holds a position of ``text``, as editors count."""
        return self.head.count(b"\n") + self.text.count("\n", 0, at) + 1

    @property
    def newline(self) -> str:
        """The line end that the front matter is written with."""
        first = self.head.find(b"\n")
        if first >= 0:
            return "\r\n" if self.head[first - 1 : first] == b"\r" else "\n"
        return "\r\n" if "\r\n" in self.text else "\n"

    def seal(self, text: str) -> bytes:
        """Return the file with ``text`` as its front matter."""
        return b"".join((self.head, text.encode("utf-8"), self.tail))


def may_open(data: bytes) -> bool:
    """Tell from the first bytes of a file whether a front matter may begin there."""
    return bool(_FIRST.match(data) or _UTF_16.match(data))


def split(data: bytes, *, whole: bool = False) -> Envelope:
    """Cut a file at its fences; with ``whole`` all of it is one YAML document.

    Where readers (Jekyll, Hugo, gray-matter, Astro, python-frontmatter) disagree on what the front matter is, it is
    refused. Raises `Refusal`.
    """
    if _UTF_16.match(data):
        raise Refusal("the file is UTF-16", line=1, remedy="save it as UTF-8")
    start = len(_BOM) if data.startswith(_BOM) else 0
    if whole:
        return _cut(data, start, len(data), Kind.YAML)
    opening = _OPENING.match(data, start)
    if opening is None:
        return _without_fence(data, start)
    marker, rest = opening[1], opening[2].rstrip(b"\r").strip(b" \t")
    if rest:
        return _without_fence(data, start) if _is_rule(marker, rest) else _refuse_opening(rest)
    return _fenced(data, opening.end(), Kind.YAML if marker == b"---" else Kind.TOML)


def _is_rule(marker: bytes, rest: bytes) -> bool:
    return marker != b"---" or rest.startswith(b"-")


def _refuse_opening(rest: bytes) -> Envelope:
    if rest.startswith(b"\r"):
        raise Refusal("lines end in a lone carriage return", line=1, remedy="save it with LF or CRLF line ends")
    raise Refusal("there is text after the opening ---", line=1, remedy=_DISAGREE)


def _without_fence(data: bytes, start: int) -> Envelope:
    return Envelope(Kind.JSON if data.startswith(b"{", start) else Kind.NONE, data[:start], "", data[start:])


def _fenced(data: bytes, start: int, kind: Kind) -> Envelope:
    pattern = _YAML_MARK if kind is Kind.YAML else _TOML_MARK
    mark = pattern.search(data, start - 1, start + MAX_BYTES + 4)
    if mark is None and len(data) > start + MAX_BYTES:
        raise Refusal(f"the front matter is longer than {MAX_BYTES} bytes, or never closed", line=1)
    if mark is None:
        raise Refusal("the front matter opened here is never closed", line=1, remedy="add a closing fence")
    if mark[2].strip(b" \t\r") or (kind is Kind.YAML and mark[1] == b"+++"):
        line = data.count(b"\n", 0, mark.start() + 1) + 1
        raise Refusal(f"a line starts with {mark[1].decode()} inside the front matter", line=line, remedy=_DISAGREE)
    return _cut(data, start, mark.start() + 1, kind)


def _cut(data: bytes, start: int, end: int, kind: Kind) -> Envelope:
    if end - start > MAX_BYTES:
        raise Refusal(f"the front matter is longer than {MAX_BYTES} bytes", line=1)
    try:
        text = str(data[start:end], "utf-8")
    except UnicodeDecodeError as error:
        at = start + error.start
        raise Refusal(
            f"byte {data[at]:#04x} at offset {at} is not UTF-8",
            line=data.count(b"\n", 0, at) + 1,
            remedy="save it as UTF-8",
        ) from error
    return Envelope(kind, data[:start], text, data[end:])


def missing(data: bytes) -> Refusal:
    """Say why a file without front matter cannot be edited."""
    if _BLANK_THEN_FENCE.match(data.removeprefix(_BOM)):
        return Refusal("blank lines stand before the opening ---, so that readers disagree on it", line=1,
                       remedy="remove them")  # fmt: skip
    return Refusal("the file has no front matter", line=1, remedy="begin it with --- and end that with ---")
