"""Prose: text as people read it, clean of what markup, encodings and templates leave behind."""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

# C0 and C1 controls, soft hyphen, zero-width and bidi controls, byte-order mark, replacement and private use
# characters, lone surrogates, tags; the line and paragraph separators count as blanks.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_TAG: Final = re.compile(r"<(?:/?[a-zA-Z]|!--)[^<>]{0,2000}>|<[a-zA-Z]+(?:\s+[\w-]+\s*=[^<>]{0,2000})?$")
_OPENING: Final = re.compile(r"<(?=[a-zA-Z/!?])")  # of what is no tag yet, and could become one where it is shown
_BLANKS: Final = re.compile(r"\s+")
_LONG: Final = 100_000
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_NO_ASCII_LETTERS: Final = {code: None for code in range(128) if not chr(code).isalnum()}
_DOTS: Final = r"(?:[\[(]\s*(?:\.{3,}|…)\s*[\])]|\.{3,}|\.(?: \.){2,}|…[….]*|⋯+|‥+|。{3,})"
_MORE: Final = (
    r"(?:(?:read |learn |see )?more|continue reading|(?:hier )?weiterlesen|mehr(?: lesen)?|lire (?:la suite|plus)|"
    r"leer más|seguir leyendo|le(?:ia|r) mais|leggi (?:tutto|di più)|lees (?:meer|verder)|läs mer|les mer|læs mere|"
    r"lue lisää|czytaj (?:dalej|więcej)|číst dál|читать (?:далее|дальше)|читати далі|devamı|続きを読む|阅读全文|"
    r"閱讀全文|더 ?보기)"
)
# Behind the dots, or in their place, templates put a link to the rest.
_CUT: Final = re.compile(
    rf"\s*(?:{_DOTS}(?:\s*[\[(]?{_MORE}[\])]?)?|\[{_MORE}\]|\s{_MORE}\s*(?:{_DOTS}|[→»›>]))[\s→»›>]*$", re.IGNORECASE
)
_TAIL: Final = 60
"""Characters at the end of a text in which it says that it was cut."""

_END: Final = re.compile(r"[.!?…。！？।॥؟۔։።။។｡][\"'”’»)\]]*$")
_NO_END: Final = re.compile(
    r"(?<![^\W_])(?:\d{1,2}|[^\W\d_]|Dr|Mr|Mrs|Ms|Mx|Prof|Sr|Jr|St|Ste|Gen|Col|Lt|Sgt|Capt|Gov|Sen|Rep|Rev|Hon|Inc|Ltd|Co|"
    r"Corp|No|Nr|Núm|Fig|Vol|Abs|Art|Bd|Hr|Fr|Frl|Mme|Mlle|Sra?|Sta|Dña|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|"
    r"vs|approx|ca|bzw|evtl|ggf|inkl|exkl|vgl|geb|gest|dpa|u\.a|z\.B|d\.h|e\.g|i\.e|U\.S)\.\s*$"
)
_SENTENCE: Final = re.compile(r"(?<![.!?…।॥؟۔։።။។])[.!?…।॥؟۔։።။។]+[\"'”’»)\]]*(?=\s)|[。！？｡]+[\"'”’」』)\]]*")


def clean(text: str) -> str:
    """Return text in one line: entities read, mark-up and invisible characters dropped, blanks collapsed, NFC.

    Attribute values that were escaped twice (``&amp;quot;``) are read once more, which is what their readers see.
    """
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if "<" in text:
        text = _OPENING.sub("< ", _TAG.sub(" ", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    elif not text.isprintable():
        text = _INVISIBLE.sub("", text)
    elif "  " not in text:
        return text.strip(" ")
    # A list of the words of a book takes ten times its own size.
    return " ".join(text.split()) if len(text) < _LONG else _BLANKS.sub(" ", text).strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return letters and digits only, without case and accents: what two spellings of one text have in common."""
    if text.isascii():
        return text.lower().translate(_NO_ASCII_LETTERS)
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKD", text.casefold()).lower())


def is_cut(text: str) -> bool:
    """Tell whether a text says of itself that it was cut short."""
    return _cut(text) is not None


def uncut(text: str) -> str:
    """Return a text without the dots that say it was cut, without the link to its rest, and without the comma or dash
    before them."""
    cut = _cut(text)
    return text[: cut.start()].rstrip(" \t\n,;:–—-") if cut else text


def _cut(text: str) -> re.Match[str] | None:
    return _CUT.search(text, max(len(text) - _TAIL, 0))


def is_whole(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _END.search(text) is not None and not is_cut(text)


def sentences(text: str) -> list[str]:
    """Split a text after what may end a sentence."""
    ends = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    return [part for start, end in pairwise(ends) if (part := text[start:end].strip())]


def openings(text: str) -> Iterator[str]:
    """Yield a text's first sentence, its first two, and so on.

    A full stop behind a short number, a letter or an abbreviation ends none (``am 22. Dezember``, ``z. B.``, ``Dr.``).
    """
    end = 0
    for sentence in sentences(text):
        end = text.index(sentence, end) + len(sentence)
        if not _NO_END.search(sentence) or end == len(text):
            yield text[:end].rstrip()
