"""A tongue: how the readers of a page write dates, by CLDR: names of months, order of numbers, names of half days."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale

SHORTEST: Final = 3
"""Letters that a name of a month may be cut to where that leaves no doubt (``Febr.``, ``Sept.``)."""


@dataclass(frozen=True)
class Tongue:
    """``months`` maps names in any case and their beginnings to 1-12, ``order`` is ``dmy``, ``mdy`` or ``ymd``,
    ``evening`` holds the names of the second half of the day."""

    months: Mapping[str, int]
    order: str
    evening: frozenset[str]

    def month(self, name: str) -> int | None:
        """Return the number of a month by its name, abbreviated or not."""
        return self.months.get(name.casefold().rstrip("."))


@lru_cache(maxsize=256)
def tongue(locale: str) -> Tongue:
    """Return how dates are written in a locale such as ``de``, ``en-GB`` or ``pt_BR``.

    English names are known everywhere, since templates forget to translate. An unknown locale is read as ``en``.
    """
    from babel import Locale, UnknownLocaleError

    try:
        found = Locale.parse(locale.replace("-", "_"), resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError, TypeError):
        found = Locale("en")
    months = _months(found)
    if found.language != "en":
        months = {**_english(), **months}
    evening = {
        str(form["pm"]).casefold() for width in found.day_periods.values() for form in width.values() if "pm" in form
    }
    return Tongue(months, _order(str(found.date_formats["short"].pattern)), frozenset({*evening, "pm", "p.m", "p.m."}))


@lru_cache(maxsize=1)
def _english() -> Mapping[str, int]:
    from babel import Locale

    return _months(Locale("en"))


def _months(locale: "Locale") -> dict[str, int]:
    names = [
        (str(name).casefold().rstrip("."), number)
        for context in locale.months.values()
        for width in ("wide", "abbreviated")
        for number, name in context.get(width, {}).items()
    ]
    known = {name: number for name, number in names if not name[:1].isdigit()}
    return {**_beginnings(known), **known}


def _beginnings(known: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for name, number in known.items():
        for length in range(SHORTEST, len(name)):
            found.setdefault(name[:length], set()).add(number)
    return {start: numbers.pop() for start, numbers in found.items() if len(numbers) == 1}


def _order(pattern: str) -> str:
    return "".join(sorted("dmy", key=pattern.lower().replace("н", "").find))
