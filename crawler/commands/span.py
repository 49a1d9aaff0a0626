"""A span of time as commands take it: a number and a unit, such as ``12h``, ``7d`` or ``4w``."""

from datetime import timedelta
from typing import Any, Final

import click

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class SpanType(click.ParamType[timedelta]):
    """A span of time: a number and a unit."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Read it."""
        if isinstance(value, timedelta):
            return value
        number, unit = str(value)[:-1], str(value)[-1:]
        if unit not in _UNITS or not number.isascii() or not number.isdigit():
            self.fail(f"{value!r} is no time such as 12h, 7d or 4w", param, ctx)
        return timedelta(**{_UNITS[unit]: int(number)})
