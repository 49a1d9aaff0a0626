"""Rendering: a value that is new to a file, as YAML text in the habits of that file."""

import math
from decimal import Decimal
from typing import Any, Final

from crawler.frontmatter import quoting
from crawler.frontmatter.habits import Habits
from crawler.frontmatter.value import Timestamp

_DASH: Final = "- "


class Renderer:
    """Writes values. Texts start where they are put; further lines carry their own indentation."""

    def __init__(self, habits: Habits) -> None:
        self._habits = habits

    def pair(self, key: str, value: Any, column: int) -> str:
        """Write ``key: value`` of a block mapping whose keys stand in ``column``."""
        name = self._key(key, flow=False)
        if not self.is_nested(value):
            return f"{name}: {self.flow(value, key, outer=True)}" if value is not None else f"{name}:"
        return f"{name}:" + self.below(value, column)

    def is_nested(self, value: Any) -> bool:
        """Tell whether a value takes lines of its own below its key."""
        if isinstance(value, dict):
            return bool(value)
        if not isinstance(value, list) or not value:
            return False
        return not self._habits.flow_lists or any(isinstance(item, dict | list) for item in value)

    def below(self, value: Any, column: int) -> str:
        """Write a mapping or list on the lines below its key, which stands in ``column``."""
        column += self._habits.step if isinstance(value, dict) else self._habits.offset
        start = self._habits.newline + " " * column
        if isinstance(value, dict):
            return "".join(start + self.pair(key, item, column) for key, item in value.items())
        return "".join(start + self.item(item, column) for item in value)

    def item(self, value: Any, column: int, dash: str = _DASH) -> str:
        """Write ``- value`` of a block list whose dashes stand in ``column``."""
        if value is None:
            return dash.rstrip()
        return dash + self.body(value, column + len(dash))

    def body(self, value: Any, column: int) -> str:
        """Write what follows a dash, in ``column``."""
        if not isinstance(value, dict) or not value:
            return self.flow(value, outer=True)
        between = self._habits.newline + " " * column
        return between.join(self.pair(key, item, column) for key, item in value.items())

    def flow(self, value: Any, key: str = "", *, outer: bool = False) -> str:
        """Write a value on one line; ``outer`` where it does not stand inside of ``[]`` or ``{}``."""
        if isinstance(value, dict):
            return "{" + ", ".join(self.flow_pair(name, item) for name, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(item) for item in value) + "]"
        if isinstance(value, str):
            return quoting.string(value, self._habits.style(key, value), usual=self._habits.quote, flow=not outer)
        return literal(value)

    def flow_pair(self, key: str, value: Any) -> str:
        """Write ``key: value`` of a flow mapping."""
        return f"{self._key(key, flow=True)}: {self.flow(value, key)}"

    def _key(self, key: str, *, flow: bool) -> str:
        return quoting.string(key, self._habits.key_style, usual=self._habits.quote, flow=flow)


def literal(value: Any) -> str:
    """Write anything but a string or a collection."""
    if isinstance(value, Timestamp):
        return value.text
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        return _decimal(value)
    return str(value)


def _decimal(value: float) -> str:
    # Never an exponent: "1e3" is a number to some readers only.
    if not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    text = format(Decimal(repr(value)), "f")
    return text if "." in text else f"{text}.0"
