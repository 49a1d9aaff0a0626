"""A tongue: how the readers of a page write dates, by CLDR: names of months and parts of the day, order of numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Final

from crawler import era
from crawler.cldr import table

SHORTEST: Final = 3
"""Letters that a name of a month may be cut to where that leaves no doubt (``Febr.``, ``Sept.``)."""

ANY: Final = "mul"
"""The locale of a page that does not say in which language it is written (ISO 639-2)."""

_COMMON: Final = ("tr", "fi", "cs", "uk", "ru", "sv", "nb", "da", "pl", "nl", "pt", "it", "es", "fr", "de", "en")
"""Languages whose names of months are known of such a page; where two differ, the later counts."""

_IN_HEBREW: Final = "ב"  # "in", written as part of the word that follows
_UNSPACED: Final = re.compile("[⺀-鿿가-힣]")  # Chinese, Japanese and Korean need no blank between words


@dataclass(frozen=True)
class Tongue:
    """``months`` maps names in any case and their beginnings to 1-12, ``weekdays`` holds those of days, ``order`` is
    ``dmy``, ``mdy`` or ``ymd``, ``halves`` maps names of parts of the day to the hours before them (0 or 12)."""

    months: Mapping[str, int]
    weekdays: frozenset[str]
    order: str
    halves: Mapping[str, int] = field(default_factory=dict)
    language: str = ""

    def month(self, name: str) -> int | None:
        """Return the number of a month by its name, abbreviated or not."""
        known = name.casefold().rstrip(".")
        return self.months.get(known) or self.months.get(known.removeprefix(_IN_HEBREW))

    def half(self, text: str, start: int, end: int) -> int | None:
        """Return 0 or 12, by the part of the day that is named right before or right after a clock in a text."""
        if not self.halves:
            return None
        before, after = text[max(0, start - 20) : start].casefold(), text[end : end + 20].casefold()
        before = (before[:-1] if before[-1:].isspace() else before).removesuffix(".")
        after = after[1:] if after[:1].isspace() else after
        names = self._longest_first
        found = next((name for name in names if before.endswith(name) and _begins(name, before)), None)
        found = found or next((name for name in names if after.startswith(name) and _ends(name, after)), None)
        return None if found is None else self.halves[found]

    @cached_property
    def _longest_first(self) -> list[str]:
        """The names of the halves; to compile a pattern of them takes as long as to read a page."""
        return sorted(self.halves, key=len, reverse=True)

    @cached_property
    def compounds(self) -> re.Pattern[str] | None:
        """What finds the months whose names have more than one word, None where there are none."""
        names = [name for name in self.months if " " in name]
        return re.compile(_alternatives(names), re.IGNORECASE) if names else None


@lru_cache(maxsize=256)
def tongue(locale: str) -> Tongue:
    """Return how dates are written in a locale such as ``de``, ``en-GB``, ``und-BR`` or `ANY`.

    English names are known everywhere, since templates forget to translate. An unknown locale is read as ``en``.
    """
    if locale == ANY:
        known = [tongue(name) for name in _COMMON]
        months = {name: number for one in known for name, number in one.months.items()}
        return Tongue(months, frozenset(day for one in known for day in one.weekdays), "dmy")
    name, _, region = locale.partition("-")
    languages = table()["languages"]
    if name not in languages:
        name = table()["likely"].get(region, "en") if name == "und" else "en"
    found = languages.get(name, languages["en"])
    months = _beginnings(found["months"]) | found["months"]
    if name != "en":
        months = {**tongue("en").months, **months}
    if name in era.PERSIAN:
        months |= era.persian_months()
    order = table()["orders"].get(f"{name}-{region}", found["order"])
    return Tongue(months, frozenset(found["weekdays"]), order, found["halves"], name)


@lru_cache(maxsize=256)
def wide(locale: str) -> Tongue:
    """Return how dates are written in a locale, with the months of the country's language and of the common ones: what
    templates declare is often their own language."""
    own, region = tongue(locale), locale.rpartition("-")[2]
    return replace(own, months={**tongue(ANY).months, **tongue(f"und-{region}").months, **own.months})


def _begins(name: str, text: str) -> bool:
    """Tell whether a name at the end of a text is a word of its own."""
    return _UNSPACED.match(name) is not None or not text[: -len(name)][-1:].isalpha()


def _ends(name: str, text: str) -> bool:
    return not text[len(name) :][:1].isalpha()


def _alternatives(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _beginnings(known: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for name, number in known.items():
        for length in range(SHORTEST, len(name)):
            found.setdefault(name[:length], set()).add(number)
    return {start: numbers.pop() for start, numbers in found.items() if len(numbers) == 1}
