"""A tongue: how the readers of a page write dates, by CLDR: names of months and weekdays, order of numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crawler.cldr import table

SHORTEST: Final = 3
"""Letters that a name of a month may be cut to where that leaves no doubt (``Febr.``, ``Sept.``)."""


_IN_HEBREW: Final = "ב"  # "in", written as part of the word that follows


@dataclass(frozen=True)
class Tongue:
    """``months`` maps names in any case and their beginnings to 1-12, ``weekdays`` holds those of days, ``order`` is
    ``dmy``, ``mdy`` or ``ymd``."""

    months: Mapping[str, int]
    weekdays: frozenset[str]
    order: str

    def month(self, name: str) -> int | None:
        """Return the number of a month by its name, abbreviated or not."""
        known = name.casefold().rstrip(".")
        return self.months.get(known) or self.months.get(known.removeprefix(_IN_HEBREW))


ANY: Final = "mul"
"""The locale of a page that does not say in which language it is written (ISO 639-2)."""

_COMMON: Final = ("tr", "fi", "cs", "uk", "ru", "sv", "nb", "da", "pl", "nl", "pt", "it", "es", "fr", "de", "en")
"""Languages whose names of months are known of such a page; where two differ, the later counts."""


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
    return Tongue(months, frozenset(found["weekdays"]), table()["orders"].get(f"{name}-{region}", found["order"]))


def _beginnings(known: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for name, number in known.items():
        for length in range(SHORTEST, len(name)):
            found.setdefault(name[:length], set()).add(number)
    return {start: numbers.pop() for start, numbers in found.items() if len(numbers) == 1}
