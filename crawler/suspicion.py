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

_FEW: Final = 3
"""Words of an address from which on one of them at least stands in the text of its page, not in its name alone."""

DOT: Final = 200
"""Bytes of a picture that shows nothing: a dot takes 35 as GIF, 70 as PNG, 125 as JPEG."""

SMALL: Final = 16 * 1024
"""Bytes of a picture that is kept for all that are missing."""

_KINDS: Final = {
    "jpg": ("jpeg", "pjpeg"),
    "jpe": ("jpeg",),
    "svg": ("svg+xml",),
    "ico": ("x-icon", "vnd.microsoft.icon"),
    "tif": ("tiff",),
    "apng": ("png",),
}


def of(fetch: Fetch) -> str:
    """Return what is suspicious of an answer with a page, in words; empty where nothing is."""
    asked = fetch.target.url
    if is_astray(fetch):
        return "redirected to an address of another name"
    page = fetch.page
    if page is None:
        return _of_picture(fetch)
    if is_home(asked):
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


def _of_picture(fetch: Fetch) -> str:
    """Tell of a picture whether it may stand for any that is missing: a dot, or one of another kind than its name's.

    WebP and AVIF are sent under any name to who can show them.
    """
    kind = fetch.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not (fetch.is_whole and fetch.body and kind.startswith("image/") and is_image(fetch.target.url)):
        return ""
    ending = split(fetch.target.url).path.rpartition(".")[2].lower()
    if len(fetch.body) < DOT:
        return "a picture of next to no bytes"
    is_another = kind.removeprefix("image/") not in (ending, *_KINDS.get(ending, ()), "webp", "avif")
    return "a small picture of another kind than its name says" if is_another and len(fetch.body) < SMALL else ""


def has_own_words(said: str, words: frozenset[str]) -> bool:
    """Tell whether a text has any of the words of its address, where there are so many that it should."""
    return len(words) < _FEW or any(word in said for word in words)


def _of_page(page: Page, words: frozenset[str]) -> str:
    headings = [heading.text for heading in page.found("h1")[:2]]
    is_its_own = is_named((*page.titles, *headings), words)
    if is_its_own and not has_own_words(_without(page.text, headings), words):
        return "its text has none of the words of its address"
    if len(words) >= _MANY and not is_its_own and not any(word in fold(page.text) for word in words):
        return NO_WORDS
    if page.once(is_thin) and "noindex" in ",".join(page.metas("robots")).lower():
        return "little text, and not to be indexed"
    return "" if is_its_own or _is_article(page) else "nothing says that it is what was asked for"


def _without(text: str, headings: Iterable[str]) -> str:
    for heading in headings:
        text = text.replace(heading, " ")
    return fold(text)


def _is_article(page: Page) -> bool:
    """Tell whether a page states that it is an article."""
    said = {value.lower() for value in page.metas("ogtype")}
    return "article" in said or bool(page.articles) or any(True for _ in page.metas("articlepublishedtime"))
