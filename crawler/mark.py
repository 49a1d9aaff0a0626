"""Marks: what walls, error pages and parked domains give themselves away by; `marks.toml` has them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

MOST: Final = 0.4
"""Share of a heading that a mark has to fill to be what the heading is about: ``Oops! That page can't be found`` is a
message, ``Body of missing hiker not found after search is called off`` is news."""

_SEPARATOR: Final = re.compile(r"\s+[|–—·•»:/-]+\s+|\s*[|»]\s*|:\s+|\n")
_WORD: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Mark:
    """A name, and the pattern that is looked for."""

    name: str
    pattern: re.Pattern[str]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("crawler").joinpath("marks.toml").read_text(encoding="utf-8"))


@cache
def _marks(*section: str) -> tuple[Mark, ...]:
    found = _table()
    for name in section:
        found = found.get(name, {})
    return tuple(Mark(name, re.compile("|".join(rules), re.IGNORECASE)) for name, rules in found.items())


@cache
def _pattern(section: str, name: str) -> re.Pattern[str]:
    return re.compile(_table()[section][name], re.IGNORECASE)


def of_headers(headers: Mapping[str, str]) -> str | None:
    """Return the name of the bot wall that response headers (names in lower case) speak of."""
    walls = _table()["headers"].items()
    return next((name for name, value in walls if name in headers and value in headers[name].lower()), None)


def of(section: str, text: str) -> str | None:
    """Return the name of the first mark of a section of `marks.toml` that a text bears, None for none."""
    return next((mark.name for mark in _marks(*section.split(".")) if mark.pattern.search(text)), None)


def of_heading(kind: str, heading: str) -> str | None:
    """Return the name of the first mark of ``titles.<kind>`` that fills most of a heading, or of one of its parts.

    Parts stand between what templates put there: ``Page not found | Example``.
    """
    parts = [part.strip() for part in _SEPARATOR.split(heading)]
    return next((mark.name for mark in _marks("titles", kind) if any(_fills(mark, part) for part in parts)), None)


def _fills(mark: Mark, part: str) -> bool:
    whole = len(_WORD.findall(part))
    return (
        any(len(_WORD.findall(match[0])) >= MOST * whole for match in mark.pattern.finditer(part)) if whole else False
    )


def is_path(name: str, path: str) -> bool:
    """Tell whether a path is that of a ``login``, ``error``, ``listing``, ``wall`` or ``consent`` page."""
    return _pattern("paths", name).search(path) is not None


def is_host(name: str, host: str) -> bool:
    """Tell whether a host is one for a ``login``, a ``wall`` or ``consent`` only."""
    return _pattern("hosts", name).search(host) is not None


def is_parking_site(site: str) -> bool:
    """Tell whether a registered domain belongs to a company that sells or parks domains."""
    return site in _table()["sites"]["parking"]
