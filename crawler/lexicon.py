"""A lexicon: words that are looked for in names and texts, written so that a search is fast.

A search looks closely at every character where its pattern ignores case or begins with a condition. Where a pattern
begins with one of a few letters, the search leaps from one of those to the next, which takes a third of the time.
"""

import re
from collections.abc import Iterable


def starting(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for words that stand where no letter is before them, to be looked for in lower-case text.

    Each word is a pattern that begins with a plain letter.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return re.compile("|".join(f"{letter}(?<![a-z]{letter})(?:{'|'.join(rest)})" for letter, rest in rests.items()))
