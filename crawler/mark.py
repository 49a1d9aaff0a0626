"""Marks: what walls, error pages and parked domains give themselves away by; `marks.toml` has them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

MOST: Final = 0.4
"""Share of a heading that a mark has to fill to be what the heading is about: ``Oops! That page can't be found`` is a
message, ``Body of missing hiker not found after search is called off`` is news."""

_SEPARATOR: Final = re.compile(r"\s+[|–—·•»:/-]+\s+|\s*[|»]\s*|:\s+|\n")
_WORD: Final = re.compile(r"\w")


@dataclass(frozen=True)
class Mark:
    """A name, and the regular expressions of which any is enough."""

    name: str
    rules: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All of them in one."""
        return _compiled("|".join(self.rules))


class Needle(NamedTuple):
    """Letters without which some rules of a mark are not found: to look for them first saves most of the time.

    ``common`` are those that the rules had before their choices were spelled out: by which they are one thing.
    """

    letters: str
    rules: str
    mark: Mark
    common: str


# What stands for other characters than itself in a regular expression; and what need not be there.
_GROUP: Final = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_CLASS: Final = re.compile(rf"\\(?:x[0-9a-fA-F]{{2}}|[a-zA-Z])|\[(?:\\.|[^\]])*\]|(?<!\\){_GROUP}")
_OPTIONAL: Final = re.compile(r"(?:\\.|.)(?=[?*{])", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)")
_BREAK: Final = re.compile(r"(?:\{[^}]*\}|[\0.^$+?*()])+")
_CHOICE: Final = re.compile(r"\(\?:([\w ]+(?:\|[\w ]+)+)\)(?![?*+{])")


def needle(rule: str) -> str:
    """Return the longest text in lower case that any match of a regular expression has; empty where none is known."""
    plain = "".join(map(_cased, _OPTIONAL.sub("\0", _CLASS.sub("\0", rule))))
    if "|" in _ESCAPED.sub("", plain):
        return ""
    literal = _ESCAPED.sub(lambda escaped: "\1" if escaped[1] == "." else "\0", plain)
    return max(_BREAK.split(literal), key=len).replace("\1", ".").lower()


def _spelled(rule: str) -> list[str]:
    """Return rules that together find what one does, each with a needle, where that has none but a choice of words."""
    for choice in () if _is_rare(rule) else _CHOICE.finditer(rule):
        each = [rule[: choice.start()] + word + rule[choice.end() :] for word in choice[1].split("|")]
        if all(map(_is_rare, each)):
            return each
    return [rule]


def _is_rare(rule: str) -> bool:
    # A single letter is in nearly every text.
    return len(needle(rule)) > 1


def _cased(letter: str) -> str:
    # The dotless i of Turkish and its like are found by letters that are others in lower case.
    return letter if letter.upper().lower() == letter.lower() else "\0"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("crawler").joinpath("marks.toml").read_text(encoding="utf-8"))


@cache
def _marks(*section: str) -> tuple[Mark, ...]:
    found = _table()
    for name in section:
        found = found.get(name, {})
    return tuple(Mark(name, tuple(rules)) for name, rules in found.items())


@cache
def _needles(*section: str) -> tuple[Needle, ...]:
    """Return the needles of a section, mark by mark."""
    return tuple(one for mark in _marks(*section) for one in _needles_of(mark))


def _needles_of(mark: Mark) -> Iterator[Needle]:
    known: dict[tuple[str, str], list[str]] = {}
    for whole in mark.rules:
        common = needle(whole)
        for rule in _spelled(whole):
            known.setdefault((needle(rule), common), []).append(rule)
    for (letters, common), rules in known.items():
        yield Needle(letters, "|".join(rules), mark, common)


@cache
def _compiled(rules: str) -> re.Pattern[str]:
    # Most letters are never found: a run that compiled all rules at its start would take a tenth of a second longer.
    return re.compile(rules, re.IGNORECASE)


def _borne(text: str, *section: str) -> Iterator[Needle]:
    """Yield the needles of a section by which a text bears marks."""
    lower = text.lower()
    for one in _needles(*section):
        if one[0] in lower and _compiled(one.rules).search(text) is not None:
            yield one


@cache
def _pattern(section: str, name: str) -> re.Pattern[str]:
    return re.compile(_table()[section][name], re.IGNORECASE)


def of_headers(headers: Mapping[str, str]) -> str | None:
    """Return the name of the bot wall that response headers (names in lower case) speak of."""
    walls: dict[str, str] = _table()["headers"]
    if walls.keys().isdisjoint(headers):
        return None
    return next((name for name, value in walls.items() if name in headers and value in headers[name].lower()), None)


def of(section: str, text: str) -> str | None:
    """Return the name of the first mark of a section of `marks.toml` that a text bears, None for none."""
    return next((one.mark.name for one in _borne(text, *section.split("."))), None)


def count(section: str, text: str) -> int:
    """Return how many of the things that the marks of a section look for stand in a text."""
    return len({(one.mark.name, one.common) for one in _borne(text, *section.split("."))})


def of_heading(kind: str, heading: str, most: float = MOST) -> str | None:
    """Return the name of the first mark of ``titles.<kind>`` that fills ``most`` of a heading, or of one of its parts.

    Parts stand between what templates put there: ``Page not found | Example``.
    """
    found = {name for part in _SEPARATOR.split(heading) if (name := _filled(kind, part.strip(), most))}
    return next((mark.name for mark in _marks("titles", kind) if mark.name in found), None)


def fills(kind: str, name: str) -> bool:
    """Tell whether a mark of ``titles.<kind>`` fills `MOST` of a name, whatever its parts."""
    return _filled(kind, name, MOST) is not None


def is_in(kind: str, heading: str) -> bool:
    """Tell whether a heading has any mark of ``titles.<kind>``, be it ever so small a part of it."""
    return next(_borne(heading, "titles", kind), None) is not None


# The names of sites stand in the titles of all their pages.
@lru_cache(maxsize=16384)
def _filled(kind: str, part: str, most: float) -> str | None:
    least = most * len(_WORD.findall(part))
    return next((one.mark.name for one in _borne(part, "titles", kind) if _fills(one.mark, part, least)), None)


def _fills(mark: Mark, part: str, least: float) -> bool:
    return any(len(_WORD.findall(match[0])) >= least > 0 for match in mark.pattern.finditer(part))


def is_path(name: str, path: str) -> bool:
    """Tell whether a path is that of a ``login``, ``error``, ``listing``, ``wall`` or ``consent`` page."""
    return _pattern("paths", name).search(path) is not None


def is_host(name: str, host: str) -> bool:
    """Tell whether a host is one for a ``login``, a ``wall`` or ``consent`` only."""
    return _pattern("hosts", name).search(host) is not None


def is_parking_site(site: str) -> bool:
    """Tell whether a registered domain belongs to a company that sells or parks domains."""
    return site in _table()["sites"]["parking"]
