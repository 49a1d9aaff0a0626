"""A line: text of others, written so that it stays on one line and does nothing to the terminal that shows it."""

import re
from typing import Final, TextIO

_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # controls, C0 and C1: terminals act on them
    "\u2028\u2029"  # ends of lines and paragraphs, to whoever reads lines by Unicode
    "\u202a-\u202e\u2066-\u2069"  # turn the text around them about (CVE-2021-42574)
    "\ud800-\udfff\ufffe\uffff]"  # no characters: no encoding can write the halves of some, and XML none of them
)
_CREDENTIALS: Final = re.compile(r"(?<=://)[^/?#@\\\s]+@")  # RFC 3986, section 3.2.1
_SHORT: Final = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def line(text: str) -> str:
    """Write text of others for people: on one line (see `escaped`), and without the credentials of its URLs."""
    return escaped(redacted(text))


def escaped(text: str) -> str:
    r"""Write what is no part of a line as escapes: ``\t``, ``\n``, ``\r``, ``\x1b``, ``\u2028``.

    A backslash stays one, so that a URL is written as it was given; none of the escaped characters is part of any URL.
    """
    return _UNSAFE.sub(_escape, text)


def redacted(text: str) -> str:
    """Write text without the user names and passwords of the URLs in it."""
    return _CREDENTIALS.sub("***@", text) if "@" in text else text


def lines(text: str) -> str:
    """Write text so that each of its lines is one, see `line`; where they end is ours to say."""
    text = redacted(text)
    return text if text.isprintable() else "\n".join(map(line, text.split("\n")))


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _SHORT.get(found[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def write(out: TextIO, text: str) -> None:
    """Write one line at once, with escapes for what the encoding of a file has no other way to say."""
    try:
        out.write(f"{text}\n")
    except UnicodeEncodeError:
        out.write(text.encode(out.encoding, "backslashreplace").decode(out.encoding) + "\n")
    out.flush()
