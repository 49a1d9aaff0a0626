"""A garble: a text that was encoded or escaped wrongly, and what it may have been before.

None of it is believed for itself: it takes a page that says the same in good order.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from crawler.prose import clean, fold

_MISREAD: Final = (("cp1252", "utf-8"), ("cp1251", "utf-8"), ("cp1252", "cp1251"))
"""What a text was taken for, and what it was: UTF-8 as Windows' Latin or Cyrillic, Cyrillic as Latin."""

TIMES: Final = 2
"""How often a text may have been garbled in one way."""

LOST: Final = "\ufffd"
"""What stands for bytes that could not be read."""

MOST_LOST: Final = 3
"""Letters that one of them may stand for."""

_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")


def readings(text: str) -> Iterator[str]:
    """Yield what a text may have been, each reading once, in other letters than it has now."""
    known = {fold(text)}
    for was, is_really in _MISREAD:
        said = text
        for _ in range(TIMES + 1):
            for reading in (clean(said), clean(clean(said))):
                if fold(reading) not in known:
                    known.add(fold(reading))
                    yield reading
            said = _FOREIGN.sub(partial(_reread, was=was, is_really=is_really), said)


def _reread(found: re.Match[str], was: str, is_really: str) -> str:
    try:
        return b"".join(_byte(letter, was) for letter in found[0]).decode(is_really)
    except UnicodeError:
        return found[0]


def _byte(letter: str, charset: str) -> bytes:
    # Browsers keep bytes that Windows' charsets leave undefined as controls (Encoding Standard, single-byte decoder).
    try:
        return letter.encode(charset)
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def has_lost(text: str, whole: str) -> bool:
    """Tell whether a text is another one, but for letters that could not be read."""
    parts = [re.escape(fold(part)) for part in re.split(f"{LOST}+", text)]
    gap = rf".{{0,{MOST_LOST}}}"
    return len(parts) > 1 and re.fullmatch(gap.join(parts), fold(whole)) is not None
