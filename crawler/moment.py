"""A moment: a day, or an instant as far as it is known, read from whatever pages make of dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from crawler.tongue import Tongue

Moment = date | datetime
"""`datetime.date`: only the day is known. A naive `datetime.datetime`: its zone is unknown."""

FIRST_YEAR: Final = 1990
"""No article on the web is older, and most numbers that look older are something else."""

ZONES: Final = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "eet": 2, "sast": 2, "eest": 3, "msk": 3, "мск": 3, "ist": 5.5, "wib": 7, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "art": -3, "brt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip
"""Hours east of Greenwich of zone names: RFC 2822 section 4.3, and the commonest of tzdata that have one meaning."""

_NAMES = "|".join(sorted(ZONES, key=len, reverse=True))
_ZONE = rf"(?:(?:gmt|utc)?\s?(?P<offset>[+−-]\d\d?:?(?:[0-5]\d)?)(?![\d-])|(?P<name>{_NAMES})(?![^\W\d_]))"
_HOUR = r"(?P<hour>[01]?\d|2[0-4])"
_HALF = r"(?P<half>[ap]\.?\s?m\b\.?)"
_EXACT = r"(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,:]\d{1,9})?)?"
_CLOCK = rf"{_HOUR}(?:\s?(?::|\.|h|時|시|点)\s?{_EXACT}(?!\d)|\s?(?=[ap]\.?\s?m\b))\s?{_HALF}?"

_ISO = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:[T ,]+{_HOUR}:{_EXACT}\s*{_HALF}?\s*{_ZONE}?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    rf"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?\s?{_ZONE}?)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")
_DIGIT = "[0-9٠-٩۰-۹०-९]"
_NUMBERS = re.compile(rf"{_DIGIT}(?:{_DIGIT}{{3}}| ?[./-] ?{_DIGIT})|['’]{_DIGIT}{_DIGIT}")
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_AFTER = re.compile(
    rf"(?:[^\d\n]{{0,24}}?[\s,(|·•>T–—-])??{_CLOCK}(?:\s?(?:uhr|hrs?|h)\b\.?)?(?:[\s(,]{{0,3}}{_ZONE})?", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?<!\d){_CLOCK}(?:\s?(?:uhr|hrs?|h)\b\.?)?(?:[\s(,]{{0,3}}{_ZONE})?[^\d\n]{{0,12}}$", re.IGNORECASE
)

_WORD = r"(?P<month>[^\s\d_.,:;/()|-]{2,14}+)"
_GLUE = r"(?:[^\W\d_]{1,5}+\.?\s+)?"
_ORDINAL = r"(?:\s?[.ºª]|st|nd|rd|th|er)?"
_SHAPES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d/])(?P<year>(?:19|20|25)\d\d)\s?([-/.])\s?(?P<month>\d\d?)\s?\2\s?(?P<day>\d\d?)(?!\d)",
        r"(?<!\d)(?P<day>\d\d?)\s+(?:tháng|thg)\s+(?P<month>\d\d?)(?:,|\s+năm)?\s+(?P<year>\d{4})(?!\d)",
        r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d\d?)\s*[月월]\s*(?P<day>\d\d?)",
        rf"(?<![\d.,:/-])(?P<day>\d\d?){_ORDINAL}[\s,/-]{{0,3}}{_GLUE}{_WORD}\.?[\s,./-]{{0,3}}{_GLUE}(?P<year>\d{{4}}|['’]\d\d)(?!\d)",
        rf"\b{_WORD}\.?[\s,-]{{1,3}}(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s?[,-]\s?|\s)(?P<year>\d{{4}})(?![\d:])",
        rf"\b{_WORD}\s+(?P<day>\d\d?)\s+(?P<hour>\d\d?):{_EXACT}\s{_ZONE}?\s?(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<year>\d{{4}})[\s.,-]{{1,3}}{_GLUE}{_WORD}\.?[\s-]+(?P<day>\d\d?)(?!\d)",
        rf"(?<!\d)(?P<year>\d{{4}})\.?\s+{_GLUE}(?P<day>\d\d?)\.\s+{_WORD}",
        r"(?<![\d.,:/-])(?P<one>\d\d?)\s?(?P<mark>[./-])\s?(?P<two>\d\d?)\s?(?P=mark)\s?(?P<year>\d{4}|\d\d)(?![\d/-])",
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A moment found in a text at ``start`` to ``end``; ``other`` is what numbers in the other order would mean."""

    moment: Moment
    start: int
    end: int
    other: Moment | None = None


def read(text: str, tongue: Tongue) -> Reading | None:
    """Read a value that is meant to be a date: ISO 8601 and near it, compact, Unix seconds, or as people write it."""
    text = text.strip()
    if not 6 <= len(text) <= 80:
        return None
    for shape in (_ISO, _COMPACT):
        match = shape.match(text)
        if match and (match.end() == len(text) or (shape is _ISO and match["hour"])):
            moment = _moment(match, tongue, _number(match["month"]), _number(match["day"]))
            if moment is not None:
                return Reading(moment, 0, match.end())
    if _EPOCH.fullmatch(text):
        seconds = float(text)
        return Reading(datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC), 0, len(text))
    return next(find(text, tongue), None)


def find(text: str, tongue: Tongue) -> Iterator[Reading]:
    """Yield the moments that a text names, in the order in which they stand in it."""
    if not may_hold(text):
        return
    readings = sorted((reading for shape in _SHAPES for reading in _shaped(shape, text, tongue)), key=lambda r: r.start)
    end = -1
    for reading in readings:
        if reading.start >= end:
            yield reading
            end = reading.end


def may_hold(text: str) -> bool:
    """Tell whether a text may name a moment at all: no date can do without a year or numbers with marks between."""
    return _NUMBERS.search(text) is not None


def order_of(said: str, day: date) -> str:
    """Return ``dmy`` or ``mdy``, by which of a day's numbers stands first in what was said; empty where that cannot be
    told."""
    numbers = [int(number) for number in _SHORT_NUMBER.findall(said)]
    if day.day == day.month or day.day not in numbers or day.month not in numbers:
        return ""
    return "dmy" if numbers.index(day.day) < numbers.index(day.month) else "mdy"


def day_of(moment: Moment) -> date:
    """Return the day of a moment as its own clock has it."""
    return moment.date() if isinstance(moment, datetime) else moment


def days_of(moment: Moment) -> frozenset[date]:
    """Return the days that a moment may fall on for its readers: its own, and that of Greenwich."""
    if isinstance(moment, datetime) and moment.tzinfo:
        return frozenset({moment.date(), moment.astimezone(UTC).date()})
    return frozenset({day_of(moment)})


def _shaped(shape: re.Pattern[str], text: str, tongue: Tongue) -> Iterator[Reading]:
    for match in shape.finditer(text):
        groups = match.groupdict()
        if "one" in groups:
            orders = _orders(_number(match["one"]), _number(match["two"]), match["mark"], tongue)
        else:
            orders = [(_month(match["month"], tongue), _number(match["day"]))]
        moments = [moment for month, day in orders if (moment := _moment(match, tongue, month, day, text)) is not None]
        if moments:
            yield Reading(moments[0], match.start(), match.end(), moments[1] if len(moments) > 1 else None)


def _orders(one: int, two: int, mark: str, tongue: Tongue) -> list[tuple[int, int]]:
    """Return (month, day) as two numbers may mean it, the likelier first; dots are never American."""
    if tongue.order == "mdy" and mark != ".":
        return [(one, two), (two, one)] if one != two else [(one, two)]
    return [(two, one), (one, two)] if one != two and mark != "." else [(two, one)]


def _month(name: str, tongue: Tongue) -> int:
    return int(name) if name.isdigit() else tongue.month(name) or 0


def _number(digits: str) -> int:
    return int(digits)


def _moment(match: re.Match[str], tongue: Tongue, month: int, day: int, text: str = "") -> Moment | None:
    found = _date(_year(match["year"]), month, day)
    if found is None:
        return None
    groups = match.groupdict()
    clock = match if groups.get("hour") else _clock_beside(match, text) if text else None
    return _at(found, clock, tongue) if clock is not None else found


def _year(digits: str) -> int:
    year = int(digits.lstrip("'’"))
    if year < 100:
        return 2000 + year if year < 70 else 1900 + year
    return year - 543 if 2500 <= year < 2600 else year  # Thailand counts from the Buddha's death


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year < 2200 else None
    except ValueError:
        return None


def _clock_beside(match: re.Match[str], text: str) -> re.Match[str] | None:
    """Return the time of day that stands right after a date, else right before it."""
    after = _AFTER.match(text, match.end(), match.end() + 60)
    return after or _BEFORE.search(text, max(0, match.start() - 40), match.start())


def _at(day: date, clock: re.Match[str], tongue: Tongue) -> Moment:
    hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
    half = (clock.groupdict().get("half") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    naive = datetime.combine(day, time(hour % 24, minute, second)) + timedelta(days=hour // 24)
    return naive.replace(tzinfo=_zone(clock))


def _zone(clock: re.Match[str]) -> timezone | None:
    if clock["name"]:
        hours = ZONES[clock["name"].lower()]
        return UTC if not hours else timezone(timedelta(hours=hours))
    if not clock["offset"]:
        return None
    digits = clock["offset"].lstrip("+-−").replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    east = timedelta(hours=hours, minutes=minutes)
    if east > timedelta(hours=14):
        return None
    return (UTC if not east else timezone(east)) if clock["offset"].startswith("+") else timezone(-east)
