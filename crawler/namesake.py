"""A namesake: two names of pages that are the headline of one article, whatever templates put around it."""

import re
from collections import Counter
from typing import Final

from rapidfuzz import fuzz

from crawler import mark
from crawler.prose import clean, fold, is_cut, uncut

ALIKE: Final = 85.0
"""Similarity (0 to 100) from which on two headlines are one: editors mend typing errors and swap a word."""

TELLING: Final = 15
"""Letters from which on a headline within a longer name is no chance."""

CUT: Final = 30
"""Letters of a name that was cut from which on it is known by them; half of them where a letter says more."""

EXTRA: Final = 0.25
"""Share of a name that may stand around the headline without a separator, such as a kicker in the same element."""

KIN: Final = 70.0
"""Similarity (0 to 100) of the shorter of two names to some part of the other from which on they speak of the same."""

COMMON: Final = 2
"""Words that two names have in common from which on they speak of the same; one where the first has no more."""

_LONG_WORD: Final = re.compile(r"[^\W\d_]{4,}")
# Quotation marks stand for the guillemets that they were taken for (`_QUOTES`).
_PARTS: Final = re.compile(r"\s+[\"|–—·•:~/-]+\s+|\s*\|\s*|:\s+")
_NUMBERS: Final = re.compile(r"\d+")
_QUOTES: Final = str.maketrans("‘’‚‛“”„‟«»–—−", '\'\'\'\'""""""---')
_NOT_ITS_NAME: Final = ("missing", "listing", "error", "check", "login", "parked")


def same(one: str, other: str) -> bool:
    """Tell whether two names are one headline: alike, or one is the other with what templates put around it.

    ``Search results for …`` and ``Page not found: …`` are not. Names that differ in a number are of two articles:
    serials and yearly reports have headlines that are alike otherwise.
    """
    short, long = sorted((clean(one).translate(_QUOTES), clean(other).translate(_QUOTES)), key=len)
    if not fold(short):
        return False
    if fold(short) == fold(long):
        return True
    if _is_beginning(short, long):
        return True
    if len(fold(short)) >= TELLING and short.casefold() in long.casefold():
        return _is_part(short, long)
    return fuzz.ratio(fold(short), fold(long)) >= ALIKE and _numbers(short) == _numbers(long)


def _is_beginning(short: str, long: str) -> bool:
    """Tell whether a name that was cut is the beginning of another one, which goes on as no error does."""
    start, whole = fold(uncut(short)), fold(long)
    if not is_cut(short) or len(start) < (CUT if start.isascii() else CUT // 2) or not whole.startswith(start):
        return False
    return not any(mark.of_heading(kind, part) for part in parts(long)[1:] for kind in _NOT_ITS_NAME)


def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBERS.findall(text))


def _is_part(short: str, long: str) -> bool:
    """Tell whether a name holds a headline whole, and nothing around it that makes it the name of another page."""
    short, long = short.casefold(), long.casefold()
    at = long.index(short)
    around = (long[:at], long[at + len(short) :])
    if any(mark.of_heading(kind, text) for text in around for kind in _NOT_ITS_NAME):
        return False
    is_parted = all(not fold(text) or _is_parted(text, before=text is around[0]) for text in around)
    return is_parted or sum(len(fold(text)) for text in around) <= EXTRA * len(fold(long))


def _is_parted(text: str, *, before: bool) -> bool:
    """Tell whether a separator stands between a headline and what is before or after it."""
    return any(match.end() == len(text) if before else match.start() == 0 for match in _PARTS.finditer(text))


def parts(name: str) -> list[str]:
    """Return what stands between the separators of a name, as titles have them: headline, section, site."""
    return _PARTS.split(clean(name).translate(_QUOTES))


def is_kin(one: str, other: str) -> bool:
    """Tell whether two names speak of the same: by two words of some length, or by a good part of their letters.

    The names that one article goes by differ: a kicker, a shorter form, another word order. One word alone may be one
    that error pages have, too: ``Manage page permissions`` and ``This page could not be found``.
    """
    mine, yours = fold(one), fold(other)
    words = {fold(word) for word in _LONG_WORD.findall(one)}
    if words and sum(word in yours for word in words) >= min(COMMON, len(words)):
        return True
    return bool(mine) and fuzz.partial_ratio(mine, yours) >= KIN


def from_path(name: str, path: str) -> bool:
    """Tell whether a name has most of the words that an address was made of; never for addresses of few words."""
    words = max((re.findall(r"[^\W\d_]{3,}", step.lower()) for step in path.split("/")), key=len)
    folded = fold(name)
    return len(words) >= 4 and sum(fold(word) in folded for word in words) >= 0.8 * len(words)
