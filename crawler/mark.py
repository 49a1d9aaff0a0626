"""Marks: what walls, error pages and parked domains give themselves away by; `marks.toml` has them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A name, and the pattern that is looked for."""

    name: str
    pattern: re.Pattern[str]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("crawler").joinpath("marks.toml").read_text(encoding="utf-8"))


@cache
def _marks(section: str) -> tuple[Mark, ...]:
    return tuple(Mark(name, re.compile("|".join(rules), re.IGNORECASE)) for name, rules in _table()[section].items())


@cache
def _path(name: str) -> re.Pattern[str]:
    return re.compile(_table()["paths"][name], re.IGNORECASE)


def of_headers(headers: Mapping[str, str]) -> str | None:
    """Return the name of the bot wall that response headers (names in lower case) speak of."""
    walls = _table()["wall_headers"].items()
    return next((name for name, value in walls if name in headers and value in headers[name].lower()), None)


def of(section: str, text: str) -> str | None:
    """Return the name of the first mark of a section of `marks.toml` that a text bears, None for none."""
    return next((mark.name for mark in _marks(section) if mark.pattern.search(text)), None)


def is_path(name: str, path: str) -> bool:
    """Tell whether a path is that of a ``login`` or an ``error`` page."""
    return _path(name).search(path) is not None


def is_parking_site(site: str) -> bool:
    """Tell whether a registered domain belongs to a company that sells or parks domains."""
    return site in _table()["parking"]["hosts"]
