"""A signature: an element that says by its class, its relation or its address that it holds an author's name."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from crawler.markup import names

BY_PROPERTY: Final = 0.8
BY_RELATION: Final = 0.77
BY_ADDRESS: Final = 0.72
BY_CLASS: Final = 0.7
"""How often such elements had the author right when measured."""

_CLASS = re.compile(
    r"author|byline|by-line|autor(?!is|it)|writer|verfasser|redakteur|auteur|journalist|contributor|reporter|"
    r"(?<![a-z])(?:fn|username|[hp]-(?:card|author|name)|posted-by|postedby)(?![a-z])",
    re.IGNORECASE,
)
_WORDS: Final = (
    "author", "byl", "by-", "autor", "writer", "verfasser", "redakteur", "auteur", "journalist", "contributor",
    "reporter", "fn", "username", "card", "posted", "h-", "p-",
)  # fmt: skip
"""One of these is in every such class; to look for them is faster than to match."""

_NOT_CLASS = re.compile(
    r"avatar|image|img|photo|bio|desc|social|follow|twitter|box-title|comment|more|count|icon|thumb|site-title",
    re.IGNORECASE,
)
_FORMAT = re.compile(r"(?<![\w-])(?:fn|p-author|p-name)(?![\w-])")  # the microformats hCard and h-entry
_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:en|es|i|e)?|auteurs?|people|profiles?|staff|journalist\w*|redakt\w+|redaktion|reporters?|by|"
    r"writers?|contributors?|person(?:en)?|kolumnist\w*|experts?|experten?|columnists?)/[^/?#]+|[?&]author(?:_?id)?=",
    re.IGNORECASE,
)
ANYWHERE: Final = (
    "[class*=author i],[class*=autor i],[class*=byline i],.fn,[rel~=author],[itemprop~=author],"
    'a[href*="/author"],a[href*="/autor"]'
)
"""The commonest signatures as a CSS selector, which asks no more of the other elements."""

_NEVER: Final = frozenset({
    "-text", "-comment", "meta", "body", "html", "article", "section", "main", "script", "style", "link", "form",
    "head", "nav", "footer", "table", "img", "br", "svg", "path", "option", "source",
})  # fmt: skip


def may_be(tag: str | None) -> bool:
    """Tell whether an element of a kind may hold just a name."""
    return tag is not None and tag not in _NEVER


def trust(tag: str, attributes: Mapping[str, str | None]) -> float:
    """Return how far an element is to be trusted to hold authors, 0 where nothing says that it does."""
    if not attributes:
        return 0
    if "author" in (attributes.get("itemprop") or attributes.get("property") or "").lower():
        return BY_PROPERTY
    if "author" in (attributes.get("rel") or "").lower():
        return BY_RELATION
    if tag == "a" and (href := attributes.get("href")) and _ADDRESS.search(href):
        return BY_ADDRESS
    return _of_names(names(attributes))


@lru_cache(maxsize=8192)
def _of_names(classes: str) -> float:
    lower = classes.lower()
    if not any(word in lower for word in _WORDS) or not _CLASS.search(classes):
        return 0
    if _FORMAT.search(classes):
        return BY_ADDRESS
    return 0 if _NOT_CLASS.search(classes) else BY_CLASS
