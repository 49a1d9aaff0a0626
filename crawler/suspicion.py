"""A suspicion: why a page that was answered need not be what was asked for, so that it is worth a control request."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from crawler import landing
from crawler.amp import is_image
from crawler.fetch import Fetch
from crawler.message import is_thin
from crawler.page import Page
from crawler.prose import fold
from crawler.sibling import is_home
from crawler.url import same, split

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_FILE: Final = re.compile(r"\.(?:pdf|zip|gz|tgz|docx?|xlsx?|pptx?|csv|json|xml|mp[34]|epub)$", re.IGNORECASE)
NO_WORDS: Final = "it has none of the words of its address"
"""The gravest suspicion."""

_MANY: Final = 4
"""Words of an address from which on one of them at least stands in its page, if that is the page."""


def of(fetch: Fetch) -> str:
    """Return what is suspicious of an answer with a page, in words; empty where nothing is."""
    asked = fetch.target.url
    if is_astray(fetch):
        return "redirected to an address of another name"
    page = fetch.page
    if page is None or is_home(asked):
        return ""
    return "a page in place of a file" if is_file(asked) else _of_page(page, words_of(asked))


def is_astray(fetch: Fetch) -> bool:
    """Tell whether an answer came from an address that has neither the name nor a number of the one that was asked."""
    asked, end = fetch.target.url, fetch.url
    if not fetch.redirects or same(asked, end):
        return False
    has_its_name = landing.last(asked) and landing.last(asked) == landing.last(end)
    return not has_its_name and not landing.names(asked) & landing.names(end)


def is_file(url: str) -> bool:
    """Tell whether an address is that of a picture, or of something else that is no page, by its ending."""
    return is_image(url) or _FILE.search(split(url).path) is not None


def words_of(url: str) -> frozenset[str]:
    """Return the words, folded, that an address was made of."""
    last = unquote(split(url).path).rstrip("/").rpartition("/")[2]
    return frozenset(fold(word) for word in _WORD.findall(last))


def is_named(names: Iterable[str], words: Iterable[str]) -> bool:
    """Tell whether one of the names has one of the words."""
    return any(word in name for name in map(fold, names) for word in words)


def _of_page(page: Page, words: frozenset[str]) -> str:
    is_its_own = is_named((*page.titles, *(heading.text for heading in page.found("h1")[:2])), words)
    if len(words) >= _MANY and not is_its_own and not any(word in fold(page.text) for word in words):
        return NO_WORDS
    if page.once(is_thin) and "noindex" in ",".join(page.metas("robots")).lower():
        return "little text, and not to be indexed"
    return "" if is_its_own or _is_article(page) else "nothing says that it is what was asked for"


def _is_article(page: Page) -> bool:
    """Tell whether a page states that it is an article."""
    said = {value.lower() for value in page.metas("ogtype")}
    return "article" in said or bool(page.articles) or any(True for _ in page.metas("articlepublishedtime"))
