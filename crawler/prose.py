"""Prose: text as people read it, clean of what markup, encodings and templates leave behind."""

import html
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

# C0 and C1 controls, soft hyphen, zero-width and bidi controls, byte-order mark, replacement and private use
# characters, lone surrogates; the line and paragraph separators count as blanks.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc-\uffff\ud800-\udfff\ue000-\uf8ff]"
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_TAG: Final = re.compile(r"<(?:/?[a-zA-Z]|!--)[^<>]{0,2000}>")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_NO_ASCII_LETTERS: Final = {code: None for code in range(128) if not chr(code).isalnum()}
_DOTS: Final = ("[...]", "[…]", "...", "…")
_END: Final = re.compile(r"[.!?…。！？।؟][\"'”’»)\]]*$")
_SENTENCE: Final = re.compile(r"[.!?…।؟]+[\"'”’»)\]]*(?=\s)|[。！？]+[\"'”’」』)\]]*")


def clean(text: str) -> str:
    """Return text in one line: entities read, mark-up and invisible characters dropped, blanks collapsed, NFC.

    Attribute values that were escaped twice (``&amp;quot;``) are read once more, which is what their readers see.
    """
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    elif not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return letters and digits only, without case and accents: what two spellings of one text have in common."""
    if text.isascii():
        return text.lower().translate(_NO_ASCII_LETTERS)
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKD", text.casefold()).lower())


def is_cut(text: str) -> bool:
    """Tell whether a text says of itself that it was cut short."""
    return text.rstrip().endswith(_DOTS)


def uncut(text: str) -> str:
    """Return a text without the dots that say it was cut, and without the comma or dash before them."""
    end = text.rstrip()
    dots = next((dots for dots in _DOTS if end.endswith(dots)), "")
    return end.removesuffix(dots).rstrip("." if dots == "..." else "").rstrip(" \t\n,;:–—-") if dots else text


def is_whole(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _END.search(text) is not None and not is_cut(text)


def sentences(text: str) -> list[str]:
    """Split a text after what may end a sentence."""
    ends = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    return [part for start, end in pairwise(ends) if (part := text[start:end].strip())]
