"""A moment: a day, or an instant as far as it is known, read from whatever pages make of dates."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timezone
from typing import Final

from crawler import clock, era
from crawler.clock import EXACT, HALF, HOUR, ZONE
from crawler.tongue import Tongue
from crawler.url import split

Moment = date | datetime
"""`datetime.date`: only the day is known. A naive `datetime.datetime`: its zone is unknown."""

_ISO = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:[T ,]+{HOUR}:{EXACT}\s*{HALF}?\s*{ZONE}?)?",
    re.IGNORECASE,
)
_EXACT_ISO = re.compile(
    r"(?:199|20\d)\d-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))"
)
_COMPACT = re.compile(
    rf"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?\s?{ZONE}?)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.\d+)?")
_NUMBERS = re.compile(r"\d(?:\d{3}| ?[\u200f./-] ?\d)|[\d元]\s?[年년]|['’]\d\d")
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_FOREIGN_MARKS: Final = {0x200E: " ", 0x200F: " ", 0x061C: " ", 0x060C: ",", 0x066C: ","}

_JOINT: Final = "\u2060"  # holds the words of one name together
_PART = r"[^\s\d_.,:;/()|-]"
# What has a point within comes first: Thai shortens its months to a letter and a vowel, a point and a letter.
_WORD = rf"(?P<month>{_PART}{{1,3}}\.{_PART}{{1,2}}(?=\.)|{_PART}{{2,14}}+)"
_GLUE = r"(?:[^\W\d_]{1,5}+['’.]?(?:[^\W\d_]\.)?\s+)?"
_ORDINAL = r"(?:\s?[.ºª»”]|-?(?:st|nd|rd|th|er|a|mh)\b)?"
_CENTURY = r"(?:19|20|25|1[34])"
_BEGIN = r"(?<!\d)(?<!\d[.,:/-])"
_NUMERIC: Final = re.compile(r"\d\s?[./-]\s?\d\d?\s?[./-]\s?\d")
_YEARLY: Final = re.compile(rf"{_CENTURY}\d\d|['’]\d\d")
_EASTERN: Final = re.compile(r"[年년ы]")
_SHAPES: Final = tuple(
    (guard, re.compile(pattern, re.IGNORECASE))
    for guard, pattern in (
        (_NUMERIC, rf"(?<![\d/])(?P<year>{_CENTURY}\d\d)\s?([-/.])\s?(?P<month>\d\d?)\s?\2\s?(?P<day>\d\d?)(?!\d)"),
        (
            _NUMERIC,
            rf"{_BEGIN}(?P<one>\d\d?)\s?(?P<mark>[./-])\s?(?P<two>\d\d?)\s?(?P=mark)\s?(?P<year>\d{{4}}|\d\d)(?![\d/-])",
        ),
        (
            _YEARLY,
            rf"{_BEGIN}(?P<day>\d\d?){_ORDINAL}[\s,/-]{{0,3}}{_GLUE}{_WORD}\.?[\s,./-]{{0,3}}{_GLUE}(?P<year>\d{{4}}|['’]\d\d)(?!\d)",
        ),
        (
            _YEARLY,
            rf"\b{_WORD}\.?[\s,-]{{1,3}}(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s?[,-]\s?|\s)(?P<year>\d{{4}})(?![\d:])",
        ),
        (_YEARLY, rf"\b{_WORD}\s+(?P<day>\d\d?)\s+(?P<hour>\d\d?):{EXACT}\s{ZONE}?\s?(?P<year>\d{{4}})(?!\d)"),
        (
            _YEARLY,
            rf"(?<!\d)(?P<year>\d{{4}})(?:e?ko)?[\s.,-]{{1,3}}{_GLUE}{_WORD}\.?[\s-]+(?P<day>\d\d?)(?!\d)",
        ),
        (_YEARLY, rf"(?<!\d)(?P<year>\d{{4}})\.?\s?{_GLUE}[\s,-]*(?P<day>\d\d?)(?:\.\s|\s|-){_WORD}"),
        (_YEARLY, r"(?<!\d)(?P<day>\d\d?)\s+(?:tháng|thg)\s+(?P<month>\d\d?)(?:,|\s+năm)?\s+(?P<year>\d{4})(?!\d)"),
        (
            _EASTERN,
            rf"(?:(?P<era>{'|'.join(era.NAMED)})\s?(?P<count>\d{{1,3}}|元)|(?P<year>\d{{4}}))\s*(?:[年년]|оны)\s*(?P<month>\d\d?)\s*(?:[月월]|-?р?\s?сарын)\s*(?P<day>\d\d?)",
        ),
    )
)
"""Shapes of dates, each behind what a text must have at least, which is found faster."""


_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>20[0-3]\d|199\d)(?P<mark>[/_-]?)(?P<month>0[1-9]|1[0-2]|[1-9](?=[/_-]))(?P=mark)"
    r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=[/_.-]))(?!\d)"
    r"|(?<!\d)(?P<day2>0[1-9]|[12]\d|3[01])(?P<mark2>[._-])(?P<month2>0[1-9]|1[0-2])(?P=mark2)(?P<year2>20[0-3]\d)(?!\d)"
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
    if _EXACT_ISO.fullmatch(text):
        return _read_iso(text)
    text = _plain(text, tongue)
    if not 6 <= len(text) <= 80:
        return None
    for shape in (_ISO, _COMPACT):
        match = shape.match(text)
        if match and (match.end() == len(text) or (shape is _ISO and match["hour"])):
            moment = _moment(match, tongue, _day(match, tongue))
            if moment is not None:
                return Reading(moment, 0, match.end())
    if _EPOCH.fullmatch(text):
        seconds = float(text)
        return Reading(datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC), 0, len(text))
    return next(find(text, tongue), None)


def _read_iso(text: str) -> Reading | None:
    """Read what most pages write in full, a tenth as long as what people write takes."""
    try:
        moment = datetime.fromisoformat(text).replace(microsecond=0)
    except ValueError:
        return None
    offset = moment.utcoffset()
    if offset is None or era.gregorian(moment.year, moment.month, moment.day) is None:
        return None
    return Reading(moment.replace(tzinfo=timezone(offset) if offset else UTC), 0, len(text))


def find(text: str, tongue: Tongue) -> Iterator[Reading]:
    """Yield the moments that a text names, in the order in which they stand in it."""
    if not may_hold(text):
        return
    text = _plain(text, tongue)
    known = {guard: guard.search(text) is not None for guard in (_NUMERIC, _YEARLY, _EASTERN)}
    shapes = (shape for guard, shape in _SHAPES if known[guard])
    readings = sorted((reading for shape in shapes for reading in _shaped(shape, text, tongue)), key=lambda r: r.start)
    end = -1
    for reading in readings:
        if reading.start >= end:
            yield reading
            end = reading.end


def in_address(url: str) -> date | None:
    """Return the day that stands in an address (``/2024/05/06/``, ``20240506``, ``06-05-2024``), None without one."""
    parts = split(url)
    match = _IN_ADDRESS.search(f"{parts.path}?{parts.query}")
    if match is None:
        return None
    year, month, day = (int(match[name] or match[f"{name}2"]) for name in ("year", "month", "day"))
    return era.gregorian(year, month, day)


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


def _plain(text: str, tongue: Tongue) -> str:
    """Return a text of the same length with ASCII digits, without marks of direction, its names in one word each."""
    if not text.isascii():
        text = _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), text.translate(_FOREIGN_MARKS))
    if tongue.compounds is not None:
        text = tongue.compounds.sub(lambda match: match[0].replace(" ", _JOINT), text)
    return text


def _shaped(shape: re.Pattern[str], text: str, tongue: Tongue) -> Iterator[Reading]:
    in_numbers = "one" in shape.groupindex
    for match in shape.finditer(text):
        days = _ordered(match, tongue) if in_numbers else [_day(match, tongue)]
        moments = [moment for day in days if (moment := _moment(match, tongue, day)) is not None]
        if moments:
            yield Reading(moments[0], match.start(), match.end(), moments[1] if len(moments) > 1 else None)


def _ordered(match: re.Match[str], tongue: Tongue) -> list[date | None]:
    """Return the days that three numbers may mean, the likelier first; dots are never American."""
    one, two, year = int(match["one"]), int(match["two"]), match["year"]
    orders = [(year, two, one), (year, one, two)] if match["mark"] != "." else [(year, two, one)]
    if tongue.order == "mdy":
        orders.reverse()
    if tongue.order == "ymd" and len(match["one"]) == len(year) == 2:
        orders.insert(0, (match["one"], two, int(year)))
    return [_gregorian(_year(year), month, day, tongue) for year, month, day in dict.fromkeys(orders)]


def _day(match: re.Match[str], tongue: Tongue) -> date | None:
    name = match["month"].replace(_JOINT, " ")
    month = int(name) if name.isdigit() else tongue.month(name) or 0
    named = match["era"] or "" if "era" in match.re.groupindex else ""
    year = _year(match["year"]) if not named else 1 if match["count"] == "元" else int(match["count"])
    return era.gregorian(year, month, int(match["day"]), named, tongue.language)


def _gregorian(year: int, month: int, day: int, tongue: Tongue) -> date | None:
    return era.gregorian(year, month, day, language=tongue.language)


def _year(digits: str) -> int:
    # ``0001`` is what systems write for no date at all.
    year = int(digits := digits.lstrip("'’"))
    if len(digits) < 3:
        return 2000 + year if year < 70 else 1900 + year
    return year


def _moment(match: re.Match[str], tongue: Tongue, day: date | None) -> Moment | None:
    if day is None:
        return None
    shown = (
        match
        if "hour" in match.re.groupindex and match["hour"]
        else clock.beside(match.string, match.start(), match.end())
    )
    return clock.at(day, shown, tongue) if shown is not None else day
