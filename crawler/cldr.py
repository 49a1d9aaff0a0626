"""CLDR: what the Unicode locale data says of dates in each language and territory, kept as a table beside this module.

Reading a page must not cost seven milliseconds for each language that is met for the first time, which is what the
data itself takes. ``python -m crawler.cldr`` draws the table anew from Babel; a test holds the two against each other.
"""

import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from babel import Locale

WIDE: Final = frozenset({"ckb", "fil"})
"""Languages of millions of readers that have no code of two letters."""

TABLE: Final = Path(__file__).with_name("cldr.json")


NOON: Final = 12 * 60 * 60

_LATIN = re.compile(r"[ap]\.?\s?m\b")


@cache
def table() -> dict[str, Any]:
    """Return the table.

    ``languages`` maps a code to ``months`` (names in lower case to 1-12), ``weekdays`` (their names), ``halves`` (what
    parts of a day are called, to 0 before noon and 12 after it) and ``order`` (``dmy``, ``mdy`` or ``ymd``), ``orders``
    has the locales that write numbers in another order than their language, ``likely`` the language of each territory,
    ``zones`` its time zones.
    """
    found: dict[str, Any] = json.loads(TABLE.read_bytes())
    return found


def drawn() -> dict[str, Any]:
    """Return the table as Babel's data has it today."""
    from multiprocessing import Pool

    from babel.core import get_global
    from babel.localedata import locale_identifiers

    names = sorted({name.partition("_")[0] for name in locale_identifiers()})
    # Babel's cached locales leak names into one another when many are loaded: each language gets a process of its own.
    with Pool(maxtasksperchild=1) as pool:
        found = pool.map(_language, [name for name in names if len(name) == 2 or name in WIDE], chunksize=1)
    # Those without names of their own have the root's: M01 and "Sun".
    languages = {
        name: language for name, language, _ in found if language["months"] or "sun" not in language["weekdays"]
    }
    orders = {locale: order for name, _, others in found if name in languages for locale, order in others.items()}
    likely = get_global("likely_subtags").items()
    zones = get_global("territory_zones").items()
    return {
        "languages": languages,
        "orders": orders,
        "likely": {key[4:]: tag.partition("_")[0] for key, tag in likely if key.startswith("und_") and len(key) == 6},
        "zones": {territory: sorted(names) for territory, names in zones if len(territory) == 2},
    }


def _language(name: str) -> tuple[str, dict[str, Any], dict[str, str]]:
    """Return a language, with the names that any of its locales has, and the locales of another order than its own."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    identifiers = sorted(found for found in locale_identifiers() if found.partition("_")[0] == name)
    locales = [Locale.parse(identifier) for identifier in identifiers]
    months: dict[str, int] = {}
    for locale in locales:
        months = _months(locale) | months
    plain = [locale for locale in locales if not locale.script and not locale.variant]
    order = {str(locale.territory or ""): _order(str(locale.date_formats["short"].pattern)) for locale in plain}
    own = order.get("", "ymd")
    weekdays = sorted({day for locale in locales for day in _weekdays(locale)})
    others = {f"{name}-{territory}": other for territory, other in order.items() if other != own}
    halves = {half: hours for locale in locales for half, hours in _halves(locale).items()}
    return name, {"months": months, "weekdays": weekdays, "halves": halves, "order": own}, others


def _months(locale: "Locale") -> dict[str, int]:
    names = (
        (_plain(name), number)
        for context in locale.months.values()
        for width in ("wide", "abbreviated")
        for number, name in context.get(width, {}).items()
    )
    # Names that are made of the number itself are read as numbers are.
    return {name: number for name, number in names if not name[-1:].isdigit() and not name[:1].isdigit()}


def _weekdays(locale: "Locale") -> set[str]:
    widths = (context.get(width, {}) for context in locale.days.values() for width in ("wide", "abbreviated", "short"))
    return {_plain(name) for names in widths for name in names.values()}


def _halves(locale: "Locale") -> dict[str, int]:
    """Return what the parts of a day are called that lie on one side of noon, but ``am`` and ``pm`` themselves."""
    periods = locale.day_periods.get("format", {})
    names = (
        (_plain(name), period) for width in ("wide", "abbreviated") for period, name in periods.get(width, {}).items()
    )
    rules = (locale.day_period_rules.get(None) or {}).items()
    sides = {"am": 0, "pm": 12} | {period: _side(times) for period, times in rules}
    return {name: side for name, period in names if (side := sides.get(period)) is not None and not _LATIN.match(name)}


def _side(times: list[dict[str, int]]) -> int | None:
    """Return on which side of noon all times of a part of the day lie, in seconds of the day."""
    start, end = (times[0].get(name, 0) for name in ("from", "before"))
    return 0 if start < end <= NOON else 12 if NOON <= start < end else None


def _plain(name: object) -> str:
    return str(name).casefold().rstrip(".")


def _order(pattern: str) -> str:
    return "".join(sorted("dmy", key=pattern.lower().find))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(drawn(), ensure_ascii=False, indent=None, sort_keys=True, separators=(",", ":")) + "\n")
