"""A clock: the time of day that stands in or beside a date, with its zone, as people and templates write it."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.tongue import Tongue

ZONES: Final = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "eet": 2, "sast": 2, "eest": 3, "msk": 3, "мск": 3, "ist": 5.5, "wib": 7, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "art": -3, "brt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip
"""Hours east of Greenwich of zone names: RFC 2822 section 4.3, and the commonest of tzdata that have one meaning."""

PLACES: Final = {
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
}  # fmt: skip
"""Zone names that mean summer time or not by the day, with a place that has them (the generic names that CLDR gives the
United States); read after "am" and "pm" only, since other words are as short."""

_NAMES = "|".join(sorted(ZONES, key=len, reverse=True))
ZONE: Final = (
    rf"(?:(?:gmt|utc)?\s?(?P<offset>[+−-]\d\d?:?(?:[0-5]\d)?)(?![\d-])|(?P<name>{_NAMES})(?![^\W\d_])"
    rf"|(?<=m[ .])\s?(?P<place>{'|'.join(PLACES)})(?![^\W\d_]))"
)
"""A zone behind a clock: ``+02:00``, ``GMT+7``, ``CEST``, ``p.m. ET``."""

HOUR: Final = r"(?P<hour>[01]?\d|2[0-4])"
HALF: Final = r"(?P<half>[ap]\.?\s?m\b\.?)"
EXACT: Final = r"(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,:]\d{1,9})?)?"

_CLOCK = rf"{HOUR}(?:\s?(?::|\.|h|時|시|点|點)\s?{EXACT}(?![.:]?\d)|\s?(?=[ap]\.?\s?m\b))\s?{HALF}?"
_UNIT = r"(?:\s?(?:uhr|hrs?|h)\b\.?)?"
# Of two clocks with a dash between, the second is when it ends, and no zone.
_ZONE_BESIDE = rf"(?:(?:(?<=:\d\d:\d\d)|(?<=:\d\d:\d\d\s)|(?!\s*[−-]\d\d?:))[\s(,]{{0,3}}{ZONE})?"
_AFTER = re.compile(
    rf"(?:[^\d\n]{{0,24}}?(?:[\s,(|·•>T–—-]|(?<=[぀-鿿가-힣])))??{_CLOCK}{_UNIT}{_ZONE_BESIDE}", re.IGNORECASE
)
_BEFORE = re.compile(rf"(?<!\d){_CLOCK}{_UNIT}{_ZONE_BESIDE}[^\d\n]{{0,12}}$", re.IGNORECASE)


def beside(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the time of day that stands right after a date, else right before it."""
    after = _AFTER.match(text, end, end + 60)
    return after or _BEFORE.search(text, max(0, start - 40), start)


def at(day: date, clock: re.Match[str], tongue: Tongue) -> datetime:
    """Return the moment that a clock shows on a day: an instant where its zone stands beside it."""
    hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
    half = _half(clock, tongue)
    if half is not None and hour <= 12:
        hour = hour % 12 + half
    naive = datetime.combine(day, time(hour % 24, minute, second)) + timedelta(days=hour // 24)
    return naive.replace(tzinfo=_zone(clock, naive))


def _half(clock: re.Match[str], tongue: Tongue) -> int | None:
    """Return the hours before the half of the day that a clock is of, None where it is not said."""
    said = clock["half"] if "half" in clock.re.groupindex else None
    if said:
        return 12 if said[0] in "pP" else 0
    return tongue.half(clock.string, clock.start("hour"), clock.end("second" if clock["second"] else "minute"))


def _zone(clock: re.Match[str], naive: datetime) -> tzinfo | None:
    name, place, offset = clock["name"], clock["place"], clock["offset"]
    if name:
        return _east(timedelta(hours=ZONES[name.lower()]))
    if place:
        return _of_place(PLACES[place.lower()], naive)
    if not offset:
        return None
    digits = offset.lstrip("+-−").replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    east = timedelta(hours=hours, minutes=minutes)
    if east > timedelta(hours=14):
        return None
    return _east(east if offset.startswith("+") else -east)


def _of_place(name: str, naive: datetime) -> timezone | None:
    try:
        east = naive.replace(tzinfo=ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return None if east is None else _east(east)


def _east(offset: timedelta) -> timezone:
    return timezone(offset) if offset else UTC
