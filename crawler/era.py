"""An era: what the years of a date are counted from, told by its name, by the numbers, or by who reads them.

Years that no calendar of the page's readers explains are no dates: better none than one of another century.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

FIRST_YEAR: Final = 1990
"""No article on the web is older, and most numbers that look older are something else."""

NAMED: Final[Mapping[str, int]] = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
"""Years before the first of an era that is named: Japan's since 1989 (Cabinet orders), and the Republic of China's."""

BUDDHIST: Final = 543
"""Years by which Thailand's calendar is ahead (CLDR ``buddhist``)."""

SOLAR: Final = range(1369, 1411)
"""Years of the Persian calendar that are of the web's age; later ones are such of the lunar calendar of Islam, which is
observed, not reckoned."""

PERSIAN: Final = frozenset({"fa", "ps", "ckb", "ku"})
"""Languages whose readers count years by the Persian calendar (CLDR ``calendarPreferenceData`` of IR and AF)."""


def gregorian(year: int, month: int, day: int, era: str = "", language: str = "") -> date | None:
    """Return the day that numbers mean; None where they mean none, or one that no article is of."""
    if era:
        year += NAMED[era]
    elif 2400 < year < 2700:
        year -= BUDDHIST
    elif year in SOLAR:
        return _persian(year, month, day) if language in PERSIAN else None
    try:
        return date(year, month, day) if FIRST_YEAR <= year < 2200 else None
    except ValueError:
        return None


def _persian(year: int, month: int, day: int) -> date | None:
    from persiantools.jdatetime import JalaliDate  # takes ten milliseconds, for the pages of two countries

    try:
        found: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    except ValueError:
        return None
    return found


def persian_months() -> dict[str, int]:
    """Return the names of the months of the Persian calendar."""
    from persiantools.jdatetime import MONTH_NAMES_FA

    return {str(name): number for number, name in enumerate(MONTH_NAMES_FA) if name}
