"""The shape of a date: how precisely, and in which notation and zone, a text writes a moment."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final, Self

from dateutil import parser

_DATE: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:(?P<separator>[Tt]|[ \t]+)[0-9]{2}:[0-9]{2}"
    r"(?P<seconds>:[0-9]{2}(?:(?P<point>[.,])(?P<fraction>[0-9]+))?)?"
    r"(?P<zone>[ \t]*(?:[Zz]|UTC|GMT|(?P<sign>[-+])(?P<hours>[0-9]{2})(?::?(?P<minutes>[0-9]{2}))?))?)?"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A notation of dates.

    ``separator`` stands between day and time and is empty where only the day is written. ``fraction`` counts the
    digits after ``point``. ``zone`` is the zone as written, with the blanks before it, and ``offset`` what it means;
    both are empty for a date without zone, which YAML 1.1 takes for UTC (https://yaml.org/type/timestamp.html).
    """

    separator: str = ""
    seconds: bool = False
    point: str = "."
    fraction: int = 0
    zone: str = ""
    offset: timedelta | None = None

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Return the shape of a text; None where it is no date that could be written again in the same way.

        ``2020-10-20``, ``2020-10-20T17:40:00Z`` and ``2020-10-20 17:40:00 +0200`` have one;
        ``20 Oct 2020`` and ``git Last Modified`` have none.
        """
        found = _DATE.fullmatch(text)
        if found is None:
            return None
        offset = _offset(found)
        if offset is not None and abs(offset) >= timedelta(days=1):
            return None
        return cls(
            separator=found["separator"] or "",
            seconds=found["seconds"] is not None,
            point=found["point"] or ".",
            fraction=len(found["fraction"] or ""),
            zone=found["zone"] or "",
            offset=offset,
        )

    @property
    def has_time(self) -> bool:
        """Whether more than the day is written."""
        return bool(self.separator)

    def format(self, value: date) -> str:
        """Write a date or datetime in this shape; what the shape has no room for is cut off.

        A datetime is converted to the shape's zone, one without a zone is UTC. Only the day: a datetime's day in its
        own zone is written; a plain date in a shape with time is midnight there. Raises OverflowError where the
        conversion leaves the years 1 to 9999.
        """
        if not self.has_time:
            return f"{value.year:04}-{value.month:02}-{value.day:02}"
        moment = self._moment(value)
        clock = f"{moment.hour:02}:{moment.minute:02}"
        if self.seconds:
            clock += f":{moment.second:02}"
        if self.fraction:
            clock += self.point + f"{moment.microsecond:06}"[: self.fraction].ljust(self.fraction, "0")
        return f"{moment.year:04}-{moment.month:02}-{moment.day:02}{self.separator}{clock}{self.zone}"

    def _moment(self, value: date) -> datetime:
        zone = timezone(self.offset) if self.offset is not None else UTC
        if not isinstance(value, datetime):
            return datetime.combine(value, time(), zone)
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(zone)


def moment(text: str) -> date | None:
    """Read a date that has a `Shape`: a day, or a datetime with the zone that is written; None for any other text."""
    shape = Shape.of(text)
    try:
        found = parser.parse(text) if shape else None
    except ValueError:
        return None
    return found.date() if found and shape and not shape.has_time else found


def _offset(found: re.Match[str]) -> timedelta | None:
    if not found["zone"]:
        return None
    if not found["sign"]:
        return timedelta()
    size = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return -size if found["sign"] == "-" else size


DAY: Final = Shape()
"""``2020-10-20``: how a date is inserted of which only the day is known."""

MOMENT: Final = Shape(separator="T", seconds=True, zone="Z", offset=timedelta())
"""``2020-10-20T17:40:00Z``: how a moment is inserted (RFC 3339, which every reader of front matter takes)."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date or datetime to be written like a sample, such as ``2020-10-20``, where no date stands yet.

    Where one stands, its own shape is kept. A sample without a shape raises ValueError.
    """

    value: date
    like: str

    def __post_init__(self) -> None:
        if Shape.of(self.like) is None:
            raise ValueError(f"not a date to take for a sample: {self.like!r}")

    @property
    def shape(self) -> Shape:
        """The shape of the sample."""
        return Shape.of(self.like) or MOMENT
