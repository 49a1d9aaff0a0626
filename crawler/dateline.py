"""A dateline: a date in a run of text, and how surely it is that of the article beside which it stands.

Bylines and datelines say little more than a date, right beside the headline. Sentences, captions, quotations,
programmes of events and lists of other stories name dates as well. The figures are shares of the right ones among 532
dates of text around the headlines of 600 pages whose day is known.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from crawler import dateword
from crawler.moment import Reading

NEAR: Final = 4
"""Runs from the headline within which a date need not be labelled: 93 of 100 are the article's, beyond it 39."""

SENTENCE: Final = 32
"""Characters before a date, or twice as many after it, from which on what it stands in is a sentence."""

BEFORE: Final = 40
"""Characters before a date in which its label stands."""

PARAGRAPH: Final = 80
"""Characters before a date from which on even a label says little."""

_APART = re.compile(r"[|·•›»/,;:(\]–—-]\s*$")
_DASH = re.compile(r"\s*[–—-]\s")
_QUOTED = re.compile(r"(?:^|< )blockquote\b")
_HEADING = re.compile(r"(?:^|< )h[1-4] ")
_PICTURED = re.compile(
    r"(?<![a-z])(?:caption|legend|(?:pic|picture|img|image|photo|foto|bild)[-_]?(?:box|text|wrap|info|source|credit))",
    re.IGNORECASE,
)
_OF_TODAY = re.compile(r"(?<![a-z])(?:masthead|logo|today|current|clock|weather|top-?bar|ticker)", re.IGNORECASE)
_HALF_RANGE = re.compile(r"(?<![\d:.])\d{1,2}\.?\s*(?:[–—&-]|bis|und|and|to|et|y|e|og|och|en|и)\s*$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:[–—-]|bis|to|until|al|au)\s*", re.IGNORECASE)
_HOURS = re.compile(r"[\s,]*\d{1,2}[:.]\d\d(?:\s?(?:uhr|[ap]m))?\s*[–—-]\s*\d{1,2}[:.]\d\d", re.IGNORECASE)
_CLOCK = re.compile(r"\W*(?:[^\W\d]{1,4}\s)?\d{1,2}\s?[:.h時시点]\s?\d\d[^.,|·]{0,12}")


@dataclass(frozen=True, slots=True)
class Dateline:
    """``before`` and ``after`` are what the run says around the date, from the date before to the next, ``start`` how
    many characters of the run stand before it, ``names`` what it is in (see `crawler.story.Story.names`), ``is_near``
    whether that is right beside the headline, ``is_boxed`` whether it looks like a box of something else, ``is_range``
    whether it is the first or the last day of something."""

    before: str
    after: str
    start: int
    names: str
    is_near: bool = True
    is_boxed: bool = False
    is_range: bool = False

    @property
    def is_update(self) -> bool:
        """Whether it is the day of an update."""
        return dateword.says_update(self.before) or dateword.ends_as_update(self.after)

    @property
    def trust(self) -> float:
        """How often dates that stand like this one are the article's."""
        if _QUOTED.search(self.names):
            return 0.2
        is_labelled = self._is_labelled()
        trust = self._trust_as_labelled() if is_labelled else self._trust_as_bare()
        if self.is_boxed:
            # Right beside the headline templates put bylines into boxes of all names.
            trust *= 0.9 if self.is_near and is_labelled else 0.4
        return trust * (0.4 if self._is_of_something_else() else 1)

    def _is_labelled(self) -> bool:
        return dateword.says_publication(self.before, self.names) or dateword.ends_as_publication(self.after)

    def _trust_as_labelled(self) -> float:
        return 0.92 * (1 if self.is_near else 0.85) * (0.7 if self.start > PARAGRAPH else 1)

    def _trust_as_bare(self) -> float:
        if self._is_in_sentence():
            return 0.3
        return (0.85 if self.is_near else 0.45) * (0.6 if _HEADING.search(self.names) else 1)

    def _is_in_sentence(self) -> bool:
        after = _CLOCK.sub("", self.after, count=1)
        if not self.start or (_DASH.match(after) and (self.start < SENTENCE or _APART.search(self.before))):
            return False
        return (self.start > SENTENCE and not _APART.search(self.before)) or len(after) > 2 * SENTENCE

    def _is_of_something_else(self) -> bool:
        return bool(
            dateword.says_other(self.before + self.after[:10])
            or _HALF_RANGE.search(self.before)
            or self.is_range
            or _HOURS.match(self.after)
            or _PICTURED.search(self.names)
            or _OF_TODAY.search(self.names)
        )


def datelines(
    text: str, readings: Sequence[Reading], names: str, *, is_near: bool, is_boxed: bool
) -> Iterator[tuple[Reading, Dateline]]:
    """Yield the dates that were read in a run of text, each with what stands around it."""
    gaps = [text[one.end : other.start] for one, other in pairwise(readings)]
    ranges = [_RANGE.fullmatch(gap) is not None for gap in gaps]
    for index, reading in enumerate(readings):
        before = gaps[index - 1] if index else text[: reading.start]
        after = gaps[index] if index < len(gaps) else text[reading.end :]
        is_range = any(ranges[max(index - 1, 0) : index + 1])
        yield reading, Dateline(before[-BEFORE:], after, reading.start, names, is_near, is_boxed, is_range)
