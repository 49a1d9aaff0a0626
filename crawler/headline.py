"""A headline: the heading under which a page's article stands, told from the names of sites, boxes and menus."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crawler.page import HEADINGS, Element, Page
from crawler.prose import fold
from crawler.url import site

_LEVELS: Final = {"h1": 3, "h2": 2, "h3": 1, "h4": 1}
_UNSEEN = re.compile(r"hidden|sr-only|screen-reader|invisible|offscreen", re.IGNORECASE)

SEPARATOR: Final = re.compile(r" (?:[|–—·•»›>/:~]+|-+|::) | ?\| ?| ?» ?")
"""What stands between a headline and the names of sections and sites in a title."""

UNSEEN: Final = 9
"""Ranks that a heading loses which only screen readers are given."""

CONFIRMED: Final = 10
"""Rank from which on a heading is confirmed: the page calls itself so elsewhere."""

SAME: Final = 20
"""Rank from which on it is the very name of the page, so that no lower heading comes before it."""

LONGEST: Final = 500
"""Characters of a heading that are read."""

MOST: Final = 30
"""Headings of a level that are looked at; pages with more are lists."""

SHORTEST: Final = 8
"""Letters below which a part of a title confirms nothing."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The likeliest heading, if there is one; whether the page confirms it, and whether it is the only ``h1``."""

    element: Element | None = None
    is_confirmed: bool = False
    is_alone: bool = False


def of(page: Page) -> Headline:
    """Return the headline of a page."""
    return page.once(_read)


def _read(page: Page) -> Headline:
    titles = [fold(title) for title in page.titles]
    own = {fold(name) for name in page.metas("ogsitename", "applicationname")}
    best: tuple[float, int, Element] | None = None
    main = 0
    for tag in HEADINGS:
        for element in page.found(tag)[:MOST]:
            rank = _rank(element, titles, own, page.url)
            main += tag == "h1" and rank > 0
            if rank > 0 and (best is None or (rank, -element.at) > best[:2]):
                best = (rank, -element.at, element)
        if best is not None and best[0] >= SAME:
            break
    return Headline(best[2], best[0] >= CONFIRMED, main == 1) if best is not None else Headline()


def _rank(element: Element, titles: list[str], own: set[str], url: str) -> float:
    """Return how likely an element is the headline: by what the page calls itself first, by its level second."""
    text = fold(element.node.text()[:LONGEST])
    if not text or text in own or is_name_of_host(text, url):
        return 0
    level = _LEVELS[element.tag] - (UNSEEN if _UNSEEN.search(element.names) else 0)
    if text in titles:
        return SAME + level
    share = max((_share(text, title) for title in titles), default=0.0)
    if share:
        return CONFIRMED + level / 2 + 5 * share
    return level if level == 3 else 0


def _share(text: str, title: str) -> float:
    """Return how much of one is the other, if it is a part of it; a beginning counts more."""
    if len(text) >= SHORTEST and text in title:
        return len(text) / len(title) + title.startswith(text) / 2
    return len(title) / len(text) if len(title) >= SHORTEST + 4 and title in text else 0.0


def parts(title: str) -> list[str]:
    """Split a title where templates join it: ``Headline | Section - Example``."""
    return SEPARATOR.split(title)


def is_name_of_host(text: str, url: str) -> bool:
    """Tell whether a folded text is little more than the site's domain name (``Example``, ``example.com``)."""
    label, domain = _domain(url)
    return text == domain or (len(label) >= 4 and text.startswith(label) and len(text) <= len(domain) + 6)


@lru_cache(maxsize=256)
def _domain(url: str) -> tuple[str, str]:
    domain = site(url)
    return fold(domain.partition(".")[0]), fold(domain)
