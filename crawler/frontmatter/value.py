"""A value to write: what callers give, brought to the few types that a file can hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.shape import DAY, MOMENT, Shape, Stamp
from crawler.frontmatter.tree import MAX_DEPTH


class Remove(Enum):
    """The value that takes a key or a list item out of the file."""

    REMOVE = "remove"


REMOVE: Final = Remove.REMOVE


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A date to write, in the shape it is to have where none stands."""

    value: date
    shape: Shape

    @property
    def text(self) -> str:
        """The date as written."""
        return self.shape.format(self.value)


def checked(value: Any, depth: int = 0) -> Any:
    """Return a value as str, int, float, bool, None, `Timestamp`, list, dict or `REMOVE`.

    Raises `Refusal` for any other type, text that UTF-8 cannot hold, and what is nested too deeply (or holds itself).
    """
    if depth > MAX_DEPTH:
        raise Refusal(f"the new value is nested more than {MAX_DEPTH} levels deep")
    if value is None or isinstance(value, bool | float | Remove):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return _whole(value)
    if isinstance(value, date | Stamp):
        return _timestamp(value)
    if isinstance(value, Mapping):
        return {_key(key): checked(item, depth + 1) for key, item in value.items() if item is not REMOVE}
    if isinstance(value, list | tuple):
        return [checked(item, depth + 1) for item in value if item is not REMOVE]
    raise Refusal(f"a {type(value).__name__} cannot be written")


def _text(value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refusal(f"U+{ord(value[error.start]):04X}, half of a character, cannot be written") from error
    return str.__str__(value)  # the text itself, where a subclass (an enumeration) would print its name


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise Refusal(f"a {type(key).__name__} cannot be a key")
    return _text(key)


def _whole(value: int) -> int:
    try:
        str(value)
    except ValueError as error:
        raise Refusal("a number of thousands of digits cannot be written") from error
    return int(value)


def _timestamp(value: date | Stamp) -> Timestamp:
    if isinstance(value, Stamp):
        stamp = Timestamp(value.value, value.shape)
    else:
        stamp = Timestamp(value, MOMENT if isinstance(value, datetime) else DAY)
    try:
        _ = stamp.text
    except OverflowError as error:
        raise Refusal("a moment outside of the years 1 to 9999 cannot be written") from error
    return stamp
