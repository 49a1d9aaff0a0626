"""A span of time as commands take it: a number and a unit, such as ``12h``, ``7d`` or ``4w``."""

from datetime import timedelta
from typing import Any, Final

import click

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

LONGEST: Final = timedelta(days=100 * 365)
"""No clock is moved further than that: dates end, and no page on the web is as old."""


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
        try:
            span = timedelta(**{_UNITS[unit]: int(number)})
        except (OverflowError, ValueError):  # `int` takes no more than some thousand digits
            span = timedelta.max
        if span > LONGEST:
            self.fail(f"{value[:40]!r} is longer than a hundred years", param, ctx)
        return span
