"""Quoting: writing a string as a scalar that every reader of front matter takes for the same string.

Plain is stricter here than any specification, because readers differ: ``Yes``, ``12:30:45``, ``1e3``, ``2020-10-20``
and ``1_000`` are a string to some of them and not to others.
"""

import re
from typing import Final

_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_EXPONENT: Final = re.compile(r"[eE][0-9]+")
_NEVER_PLAIN: Final = re.compile(": | #|:\\Z|[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What is not printable in YAML, and what YAML 1.1 (but not 1.2) takes for a line break."""
_ESCAPE_DOUBLE: Final = re.compile(_ESCAPE.pattern[:-1] + '"\\\\]')
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_HEADER: Final = re.compile(r"[|>][-+0-9]*(?P<comment>[^\r\n]*)")
_LINE: Final = re.compile(r"^( +)([^\s][^\r\n]*)", re.MULTILINE)
_SINGLE_BLANK: Final = re.compile(r"(?<! ) (?! )")


def is_plain(text: str, *, flow: bool) -> bool:
    """Tell whether a string may stand without quotes; inside of ``[]`` and ``{}`` only words may."""
    if not text[:1].isalpha() or text != text.strip() or _NEVER_PLAIN.search(text):
        return False
    if text.lower() in _WORDS or _EXPONENT.fullmatch(text):
        return False
    return not flow or text.replace(" ", "").isalnum()


def quoted(text: str, quote: str) -> str:
    """Write a string in quotes, on one line; in double ones where control characters need escapes."""
    if quote == "'" and not _ESCAPE.search(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPE_DOUBLE.sub(_escaped, text) + '"'


def _escaped(found: re.Match[str]) -> str:
    # \uXXXX rather than YAML's own \x, \L, \N: it is JSON's, and all readers know it.
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04x}"


def string(text: str, style: str, *, usual: str, flow: bool) -> str:
    """Write a string on one line in a style (``'``, ``"`` or plain), in the ``usual`` quote where plain cannot be."""
    if style not in ("'", '"'):
        if is_plain(text, flow=flow):
            return text
        style = usual
    return quoted(text, style)


def block(text: str, old: str, newline: str) -> str | None:
    """Write a string as a block scalar with the style, comment, indentation and width of ``old``; None if it cannot be.

    The header says by its own end (``-`` or nothing) whether the string ends in a line break, whatever it said before.
    """
    body = text.rstrip("\n")
    written = _LINE.findall(old)
    if not written or not body or len(text) - len(body) > 1 or not _fits(body, folded=old[0] == ">"):
        return None
    lines = body.split("\n")
    if old[0] == ">":
        width = max(len(line) for _, line in written) if len(written) > 1 else len(body)
        lines = _folded(lines, width)
    header = old[0] + ("" if text.endswith("\n") else "-") + comment(old)
    return newline.join([header, *(written[0][0] + line if line else "" for line in lines)])


def comment(old: str) -> str:
    """Return what stands behind a block scalar's header on its line: blanks and a comment."""
    header = _HEADER.match(old)
    return header["comment"].rstrip() if header else ""


def _fits(body: str, *, folded: bool) -> bool:
    # Only line breaks need no escape. A blank at the start of the first line would be taken for indentation, and
    # folding spares lines that start with one.
    lines = body.split("\n")
    if not lines[0] or any(_ESCAPE.search(line) or line.isspace() for line in lines):
        return False
    return not any(line.startswith(" ") for line in (lines if folded else lines[:1]))


def _folded(lines: list[str], width: int) -> list[str]:
    folded: list[str] = []
    for line in lines:
        row = ""
        for word in _SINGLE_BLANK.split(line):
            if row and len(row) + 1 + len(word) > width:
                folded.append(row)
                row = word
            else:
                row = f"{row} {word}" if row else word
        folded += [row, ""] if row else [""]  # one line break would fold into a space
    return folded[:-1]
