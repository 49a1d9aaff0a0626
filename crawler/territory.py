"""A territory: the country whose readers a page is written for, the language they read and the clock they live by."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.cldr import table
from crawler.page import Page
from crawler.url import host

_LENT: Final = frozenset({
    "ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "co", "dj", "fm", "gd", "gg", "gl", "gs", "im", "io", "la",
    "li", "ly", "me", "ms", "mu", "nu", "pw", "sc", "sh", "so", "st", "su", "tk", "tl", "to", "tv", "vc", "vg",
    "ws",
})  # fmt: skip
"""Country domains that are sold to the world; they say nothing of readers."""

_LOCALE = re.compile(r"([a-zA-Z]{2,3})(?:[-_][A-Z][a-z]{3})?(?:[-_]([a-zA-Z]{2}))?(?![a-zA-Z])")


def declared(page: Page) -> tuple[tuple[str, str], ...]:
    """Return (source, value) of what a page says its language is, the most trusted first; values not yet checked."""
    said = [("html lang", html.get("lang") or html.get("xml:lang")) for html in page.found("html")[:1]]
    for source, name in (
        ("og:locale", "oglocale"),
        ("content-language", "contentlanguage"),
        ("meta language", "language"),
        ("dc.language", "dclanguage"),
        ("inLanguage", "inlanguage"),
    ):
        said.extend((source, value) for value in page.metas(name))
    return tuple((source, value.strip()) for source, value in said if value.strip())


def is_language(value: str) -> bool:
    """Tell whether a value begins with a language code (``de``, ``pt-BR``), not with a template's blank."""
    return _LOCALE.match(value) is not None


def locale(page: Page) -> str:
    """Return the page's language and country as a locale (``de-AT``, ``en``, ``und-BR``), as far as they are told."""
    language, region = "", of_host(page.url) or ""
    for _, value in declared(page):
        match = _LOCALE.match(value)
        if match and not language:
            language = match[1].lower()
        if match and match[2] and match[1].lower() == language and not region:
            region = match[2].upper()
    return "-".join(part for part in (language or "und", region) if part) if language or region else "en"


def of_host(url: str) -> str | None:
    """Return the ISO 3166 code of a URL's country domain, None where it has none that means anything."""
    ending = host(url).rpartition(".")[2]
    if len(ending) != 2 or ending in _LENT or ending == "eu" or not ending.isalpha():
        return None
    return "GB" if ending == "uk" else ending.upper()


@lru_cache(maxsize=4096)
def offsets(territory: str, clock: datetime) -> frozenset[timedelta]:
    """Return how far east of Greenwich the clocks of a territory stood at a naive time: one offset for most, none for
    one that is not known."""
    found = (clock.replace(tzinfo=zone).utcoffset() for zone in _zones(territory))
    return frozenset(offset for offset in found if offset is not None)


@lru_cache(maxsize=256)
def _zones(territory: str) -> tuple[ZoneInfo, ...]:
    found = []
    for name in table()["zones"].get(territory, ()):
        try:
            found.append(ZoneInfo(name))
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return tuple(found)
