"""A headline: the heading under which a page's article stands, told from the names of sites, boxes and menus."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.markup import HEADINGS, Element
from crawler.page import Page
from crawler.prose import fold
from crawler.url import site, split

_LEVELS: Final = {"h1": 3, "h2": 2, "h3": 1, "h4": 1}
_ENTRY = re.compile(r"\b(?:entry|post|article)[-_]?title\b|headline", re.IGNORECASE)
_UNSEEN = re.compile(r"hidden|sr-only|screen-reader|invisible|offscreen", re.IGNORECASE)

SEPARATOR: Final = re.compile(r" (?:[|–—·•»›>/:~]+|-+|::) | ?\| ?| ?» ?")
"""What stands between a headline and the names of sections and sites in a title."""

UNSEEN: Final = 9
"""Ranks that a heading loses which only screen readers are given."""

CONFIRMED: Final = 10
"""Rank from which on a heading is confirmed: the page calls itself so elsewhere."""

SAME: Final = 20
"""Rank from which on it is the very name of the page, so that no lower heading comes before it."""

ENTRY: Final = 2
"""Ranks that a heading gains by a class that says that it names an entry (``entry-title`` of the hAtom microformat)."""

LONGEST: Final = 500
"""Characters of a heading that are read."""

MOST: Final = 100
"""Headings of a level that are looked at; pages with more are lists."""

PARTS: Final = 20
"""Parts of a title that are looked for in headings."""

SHORTEST: Final = 8
"""Letters below which a part of a title confirms nothing."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The likeliest heading, if there is one; whether the page confirms it, and whether it is the only ``h1``, and
    whether all of it is a link, as the headings of teasers are.

    Where a page has no ``h1`` and no name but its ``title``, its first ``h2`` stands for the only ``h1``.
    """

    element: Element | None = None
    is_confirmed: bool = False
    is_alone: bool = False
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class _Names:
    """What a page calls itself, folded: in whole, the parts of that which are not the site's, and the site itself."""

    whole: list[str]
    parts: list[str]
    site: set[str]


def of(page: Page) -> Headline:
    """Return the headline of a page."""
    return page.once(_read)


def _read(page: Page) -> Headline:
    names = _names(page)
    best: tuple[float, int, Element] | None = None
    main = 0
    for tag in HEADINGS:
        for element in page.found(tag)[:MOST]:
            rank = _rank(element, names, page)
            main += tag == "h1" and rank > 0
            if rank > 0 and (best is None or (rank, -element.at) > best[:2]):
                best = (rank, -element.at, element)
        if best is not None and best[0] >= SAME:
            break
    if best is not None:
        is_alone = main == 1 and best[2].tag == "h1"
        return Headline(best[2], best[0] >= CONFIRMED, is_alone, _link(best[2]) is not None)
    first = _first(page)
    return Headline(first, is_alone=first is not None, is_link=first is not None and _link(first) is not None)


def _first(page: Page) -> Element | None:
    if len(page.titles) != 1 or any(element.text for element in page.found("h1")):
        return None
    return next((element for element in page.found("h2") if element.text), None)


def _names(page: Page) -> _Names:
    whole = [fold(title) for title in page.titles]
    site = {fold(name) for name in page.metas("ogsitename")}
    site.update({fold(name) for name in page.metas("applicationname")}.difference(whole))
    found = {fold(part) for title in page.titles for part in parts(title)[:PARTS]}.difference(whole, site)
    mine = [part for part in found if len(part) >= SHORTEST + 4 and not is_name_of_host(part, page.url)]
    return _Names(whole, mine, site)


def _rank(element: Element, names: _Names, page: Page) -> float:
    """Return how likely an element is the headline: by what the page calls itself first, by its level second."""
    text = fold(element.node.text()[:LONGEST])
    if not text or text in names.site or is_name_of_host(text, page.url):
        return 0
    level = _LEVELS[element.tag] - (UNSEEN if _UNSEEN.search(element.names) else 0)
    if text in names.whole:
        return SAME + level
    share = max((_share(text, title) for title in names.whole), default=0.0)
    share = share or max((len(part) / len(text) for part in names.parts if part in text), default=0.0)
    rank = CONFIRMED + level / 2 + 5 * share if share else _unconfirmed(element, level)
    return 0 if rank and _leads_home(element, page) else rank


def _unconfirmed(element: Element, level: float) -> float:
    """Return the rank of a heading that nothing else on the page repeats: only an ``h1`` has one."""
    if level < _LEVELS["h1"]:
        return 0
    is_entry = element.get("itemprop") == "headline" or _ENTRY.search(element.names) is not None
    return level + ENTRY * is_entry


def _link(heading: Element) -> LexborNode | None:
    """Return the link that a heading is from its first letter to its last."""
    link = heading.node.css_first("a[href]")
    return link if link is not None and fold(link.text()) == fold(heading.node.text()) else None


def _leads_home(element: Element, page: Page) -> bool:
    """Tell whether a heading is but a link to the site's front page: then it is the site's name."""
    link = _link(element)
    if link is None:
        return False
    address = page.absolute(link.attributes.get("href") or "") or ""
    return (
        site(address) == site(page.url) and split(address).path in ("", "/") and split(page.url).path not in ("", "/")
    )


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


def holds_name_of_host(text: str, url: str) -> bool:
    """Tell whether half of a folded text is the site's domain name (``Friends of Example`` of ``example.com``)."""
    label, _ = _domain(url)
    return len(label) >= SHORTEST and label in text and len(text) <= 2 * len(label)


@lru_cache(maxsize=256)
def _domain(url: str) -> tuple[str, str]:
    domain = site(url)
    return fold(domain.partition(".")[0]), fold(domain)
