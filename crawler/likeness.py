"""A likeness: how far a page agrees with what a record already knows of its article.

A page has to agree with what we know before it may teach us what we do not. Error pages, walls and other articles can
bear the right address and even the right headline, since templates put both there; they cannot bear the article's own
words, day and picture as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from rapidfuzz import fuzz

from crawler.evidence import Evidence, Field
from crawler.layout import Key
from crawler.moment import days_of
from crawler.page import Page
from crawler.picture import Picture
from crawler.prose import clean, fold, uncut
from crawler.record import Record

SAME_TITLE: Final = 85.0
"""Similarity (0 to 100) from which on two folded headlines are one: editors mend typing errors and swap a word."""

LONG_ENOUGH: Final = 40
"""Folded characters of an excerpt that do not stand in another text by chance; half of them where a letter says more
than an ASCII one, as in Chinese."""

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What agrees: True or False where both the record and the page say something, None where one of them does not."""

    title: bool | None = None
    excerpt: bool | None = None
    day: bool | None = None
    picture: bool | None = None

    @property
    def is_same_article(self) -> bool:
        """Whether the page is the record's article.

        The headline and one thing more agree, or without the headline, which editors rewrite, two things more; a
        record that knows nothing but its headline is content with that.
        """
        rest = (self.excerpt, self.day, self.picture)
        agreeing = sum(found is True for found in rest)
        if self.title:
            return agreeing > 0 or all(found is None for found in rest)
        return agreeing > 1 and self.excerpt is True

    @property
    def is_proven(self) -> bool:
        """Whether something besides the headline agrees, so that the page may correct what the record says."""
        return self.is_same_article and True in (self.excerpt, self.day, self.picture)

    @property
    def is_complete(self) -> bool:
        """Whether headline, excerpt and one thing more agree, and nothing differs."""
        rest = (self.day, self.picture)
        return bool(self.title and self.excerpt) and True in rest and False not in rest

    def without(self, name: str) -> "Likeness":
        """Return what agrees apart from one thing: a page cannot vouch for a value by that value itself."""
        return Likeness(**{key: getattr(self, key) for key in self.__slots__ if key != name})

    def __str__(self) -> str:
        words = {True: "agrees", False: "differs", None: "unknown"}
        return ", ".join(f"{name} {words[getattr(self, name)]}" for name in self.__slots__)


def likeness(record: Record, page: Page, evidence: Iterable[Evidence]) -> Likeness:
    """Compare a record with what was found on a page."""
    found: dict[Field, list[Evidence]] = {}
    for item in evidence:
        found.setdefault(item.field, []).append(item)
    return Likeness(
        title=_title(record.get(Key.TITLE), found),
        excerpt=_excerpt(record.get(Key.EXCERPT), page, found),
        day=_day(record.get(Key.PUBLISHED), found),
        picture=_picture(record.get(Key.IMAGE), page, found),
    )


Found = Mapping[Field, list[Evidence]]


def _title(known: object, found: Found) -> bool | None:
    if not isinstance(known, str) or not fold(known):
        return None
    stated = [fold(str(item.value)) for item in found.get(Field.TITLE, ())]
    return any(same_title(fold(known), title) for title in stated) if stated else None


def same_title(one: str, other: str) -> bool:
    """Tell whether two folded headlines are one: alike, or one within the other, as with a site's name behind it."""
    short, long = sorted((one, other), key=len)
    return (
        fuzz.ratio(one, other) >= SAME_TITLE or (len(short) >= 15 and short in long) or (bool(short) and short == long)
    )


def _excerpt(known: object, page: Page, found: Found) -> bool | None:
    # Of an excerpt that was cut within a word, the rest stands there, too: folded texts know no blanks.
    wanted = fold(uncut(clean(known))) if isinstance(known, str) else ""
    if len(wanted) < (LONG_ENOUGH if wanted.isascii() else LONG_ENOUGH // 2):
        return None
    stated = (fold(str(item.value)) for item in found.get(Field.EXCERPT, ()))
    return any(wanted in text for text in stated) or wanted in fold(page.text)


def _day(known: object, found: Found) -> bool | None:
    if not isinstance(known, date | datetime):
        return None
    mine = days_of(known)
    stated = [days_of(item.value) for item in found.get(Field.PUBLISHED, ())]
    if not stated:
        return None
    # A day to either side: the record may hold the day of Greenwich, the page its own.
    return any(abs(one - other) <= ONE_DAY for days in stated for one in days for other in mine)


def _picture(known: object, page: Page, found: Found) -> bool | None:
    if not isinstance(known, str) or not known:
        return None
    stated = [item.value for item in found.get(Field.IMAGE, ()) if isinstance(item.value, Picture)]
    if not stated:
        return None
    mine = Picture(known).key
    return any(picture.key == mine for picture in stated)
