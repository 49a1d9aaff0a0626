"""A selection: which records are meant, by their front matter, their site and their age.

A condition is a key path, an operator and a value: ``topics=AI``, ``provider.name~times``, ``quality>=70``,
``publishedDateTime<2020-10-20``. docs/selection.md is its reference.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Self

from crawler import frontmatter, place
from crawler.errors import UsageError
from crawler.place import Place, is_list
from crawler.record import Record
from crawler.stated import instant
from crawler.url import site

_CONDITION: Final = re.compile(
    r'\s*(?P<key>(?:\["(?:[^"\\]|\\.)*"\]|[^=!<>~])+?)\s*(?P<operator>!=|<=|>=|=|<|>|~)\s*(?P<value>.*?)\s*', re.DOTALL
)
_ORDERS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EXAMPLE: Final = "write it as topics=AI, with one of = != < <= > >= ~"


@dataclass(frozen=True)
class Condition:
    """One condition on what stands at a key path; a list fulfils it where one of its items does."""

    at: Place
    operator: str
    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a condition. Raises UsageError where it is none."""
        found = _CONDITION.fullmatch(text)
        if found is None:
            raise UsageError(f"{text!r} is no condition: {_EXAMPLE}")
        try:
            at = place.parse(found["key"])
            if found["operator"] == "~":
                re.compile(found["value"])
        except ValueError as error:
            raise UsageError(f"{text!r} is no condition: {error}") from error
        except re.error as error:
            raise UsageError(f"{text!r}: what follows ~ is no regular expression: {error}") from error
        return cls(at, found["operator"], found["value"])

    def holds(self, fields: Mapping[str, Any]) -> bool:
        """Tell whether front matter fulfils it."""
        found = [*values(fields, self.at)]
        if self.operator == "!=":
            return not self._equals(found)
        return self._equals(found) if self.operator == "=" else any(map(self._fits, found))

    def _equals(self, found: list[Any]) -> bool:
        if not self.value:
            return all(one is None or one == "" for one in found)
        return any(_compare(one, self.value, operator.eq) for one in found)

    def _fits(self, found: Any) -> bool:
        if self.operator == "~":
            return isinstance(found, str) and re.search(self.value, found, re.IGNORECASE) is not None
        return _compare(found, self.value, _ORDERS[self.operator])


def values(fields: Any, at: Place) -> Iterator[Any]:
    """Yield the scalars at a key path; a key after a list is that of each of its items."""
    if is_list(fields) and not (at and isinstance(at[0], int)):
        for item in fields:
            yield from values(item, at)
    elif not at:
        yield from (item for _, item in place.scalars(fields)) if isinstance(fields, Mapping) else (fields,)
    elif place.holds(fields, at[:1]):
        yield from values(fields[at[0]], at[1:])


def _compare(found: Any, text: str, how: Callable[[Any, Any], bool]) -> bool:
    """Compare a value of front matter with a text, as what the value is; False where the text is no such thing."""
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    if quoted:
        return isinstance(found, str) and how(found, text[1:-1])
    if isinstance(found, bool):
        return text.lower() in ("true", "false") and how(found, text.lower() == "true")
    number = _number(text)
    if isinstance(found, int | float):
        return number is not None and how(found, number)
    if found is None:
        return how is operator.eq and text == "null"
    when = found if isinstance(found, date) else frontmatter.moment(found) if isinstance(found, str) else None
    told = frontmatter.moment(text) if when is not None else None
    if when is not None and told is not None:
        return how(*_alike(when, told))
    if not isinstance(found, str):
        return False
    stands = _number(found)
    # By letters "70" comes after "100".
    is_numeric = how is not operator.eq and stands is not None and number is not None
    return how(stands, number) if is_numeric else how(found, text)


def _alike(found: date, told: date) -> tuple[Any, Any]:
    """Return two dates as they can be compared: as days, where only a day is asked for."""
    if isinstance(told, datetime):
        return instant(found), instant(told)
    return (instant(found).date() if isinstance(found, datetime) else found), told


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Selection:
    """Which records are taken: those that fulfil all of it.

    They hold nothing at the places of ``missing``, are from one of ``sites`` (registered domains; none is any), were
    not checked for ``stale``, and their files have changed since ``changed_since``.
    """

    where: tuple[Condition, ...] = ()
    missing: tuple[Place, ...] = ()
    sites: frozenset[str] = frozenset()
    stale: timedelta | None = None
    changed_since: datetime | None = None

    def takes(self, record: Record, now: datetime, checked: datetime | None) -> bool:
        """Tell whether a record is taken that was last checked at a time, None for never."""
        if self.sites and site(record.url or "") not in self.sites:
            return False
        if self.stale is not None and checked is not None and now - checked < self.stale:
            return False
        if self.changed_since is not None and _changed(record) < self.changed_since:
            return False
        is_missing = all(not _is_there(record.fields, at) for at in self.missing)
        return is_missing and all(condition.holds(record.fields) for condition in self.where)


def _is_there(fields: Mapping[str, Any], at: Place) -> bool:
    return any(one is not None and one != "" for one in values(fields, at))


def _changed(record: Record) -> datetime:
    return datetime.fromtimestamp(record.path.stat().st_mtime, UTC)
