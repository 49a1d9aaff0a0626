"""A landing: the address that an answer came from, where it is not the one that was asked for."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import SplitResult, unquote

from crawler import mark
from crawler.url import host, same, site, split
from crawler.verdict import State

_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_ENTRANCE: Final = re.compile(
    r"(?:index|default|home|homepage|start|startseite|accueil|inicio|main|frontpage)(?:\.\w+)?", re.IGNORECASE
)
_TAIL: Final = re.compile(
    r"(?:amp|index|default|print|full|all|single-?page|page|embed|mobile|feed|\d{1,2})(?:\.\w+)?", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\d{3}")
_ID: Final = re.compile(r"\d{4}|[0-9a-f]{12}", re.IGNORECASE)
_DAY: Final = re.compile(r"(?:19|20)\d{4}(?:\d\d)?")
_LIST: Final = re.compile(
    r"/(?:tags?|topics?|themen?|schlagwort|categor(?:y|ies)|kategorie|rubriken?|authors?|autor(?:en)?|archives?|archiv|labels?|"
    r"search|suche)(?:/|\.|$)",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(r"(?:^|&)(?:s|q|query|search|keywords?|term|tag|cat|author|find)=", re.IGNORECASE)
_FILE_ENDING: Final = re.compile(r"(?:\.amp)?\.\w{2,5}$")
_WORDS: Final = 3
"""Words in the last step of a path from which on it is made of a headline, not the name of a section."""


def astray(start: str, end: str, own: Iterable[str] = ()) -> tuple[State, str] | None:
    """Return what an address is that answered in place of ``start``; None where it may be the page that was asked for.

    ``own`` are other addresses of the page that was asked for.
    """
    if same(start, end) or any(same(end, known) for known in own):
        return None
    state = _company(start, end) or _purpose(split(start), split(end)) or _way_up(split(start), split(end))
    return (state, f"redirected to {end}") if state else None


def _company(start: str, end: str) -> State | None:
    is_parked = mark.is_parking_site(site(end)) and site(end) != site(start)
    return State.PARKED if is_parked else None


_PURPOSES: Final = (
    ("login", State.LOGIN),
    ("consent", State.BLOCKED),
    ("wall", State.BLOCKED),
    ("parked", State.PARKED),
    ("error", State.SOFT_404),
    ("listing", State.SOFT_404),
)


def _purpose(start: SplitResult, end: SplitResult) -> State | None:
    """Return what a page is for by its host or path, where the one that was asked for is no such page."""
    for name, state in _PURPOSES:
        if mark.is_path(name, end.path) and not mark.is_path(name, start.path):
            return state
        if name in _HOSTED and mark.is_host(name, end.hostname or "") and not mark.is_host(name, start.hostname or ""):
            return state
    return None


_HOSTED: Final = ("login", "consent", "wall")


def sought(url: str) -> frozenset[str]:
    """Return what an address asks for that is no article, as `crawler.message` names it: a ``login``, a ``listing``."""
    parts = split(url)
    found = {name for name in ("login", "listing") if mark.is_path(name, parts.path)}
    is_list = _LIST.search(parts.path) or _QUESTION.search(parts.query)
    return frozenset(found | ({"listing"} if is_list else set()))


def _way_up(start: SplitResult, end: SplitResult) -> State | None:
    """Tell whether a redirect leads from an article to the home page or to a section."""
    here, there = _steps(start.path), _steps(end.path)
    if not here or _names_article(end.query):
        return None
    if not there:
        return State.REDIRECT_HOME
    if len(there) >= len(here) or _is_article(there[-1]):
        return None
    dropped = here[len(there) :]
    if here[: len(there)] == there:
        return None if all(map(_TAIL.fullmatch, dropped)) else State.REDIRECT_HOME
    return State.REDIRECT_HOME if any(map(_is_article, here)) else None


def _steps(path: str) -> list[str]:
    """Return the steps of a path below a site's or a language's entrance."""
    steps = [unquote(step).lower() for step in path.split("/") if step]
    if steps and _LANGUAGE.fullmatch(steps[0]):
        steps = steps[1:]
    return [] if len(steps) == 1 and _ENTRANCE.fullmatch(steps[0]) else steps


def _is_article(step: str) -> bool:
    """Tell whether a step of a path is named for an article: by an id, or by words of its headline."""
    return _ID.search(step) is not None or len(re.findall(r"[^\W\d_]{2,}", step)) >= _WORDS or not step.isascii()


def _names_article(query: str) -> bool:
    return _NUMBER.search(query) is not None or any(len(value) > 20 for value in query.split("="))


def names(url: str) -> frozenset[str]:
    """Return what an address calls its article: the step that is made of its headline, and its ids, dates left out."""
    steps = _telling(url)
    ids = {found for found in re.findall(r"\d{5,}", "/".join(steps)) if not _DAY.fullmatch(found)}
    return frozenset(ids | ({name} if _is_article(name := last(url)) else set()))


def last(url: str) -> str:
    """Return the last step of an address that says anything, without its ending; empty for an entrance."""
    steps = _telling(url)
    return _FILE_ENDING.sub("", steps[-1]) if steps else ""


def _telling(url: str) -> list[str]:
    return [step for step in _steps(split(url).path) if not _TAIL.fullmatch(step)]


def language(url: str) -> str:
    """Return the language that an address says its page is in, by its host or first step; empty where it says none."""
    parts = split(url)
    first = next((step for step in parts.path.split("/") if step), "")
    label = host(url).partition(".")[0]
    return next((found.lower()[:2] for found in (first, label) if _LANGUAGE.fullmatch(found)), "")
