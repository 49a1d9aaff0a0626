"""A glance: whether the bytes of an answer show at once that it is an ordinary page, as most are.

Parsing pages takes most of the time of a check. What a glance passes, the judge and all suspicion would pass, too;
what it does not pass is looked at properly.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from crawler import archive, landing, mark, suspicion
from crawler.fetch import OK, Fetch
from crawler.message import LONG_WINDED, THIN
from crawler.prose import clean
from crawler.sibling import is_home

_REMARKABLE: Final = (b"refresh", b"unavailable_after", b"content_tier", b"contenttier", b"<frameset", b"<base")
"""What the judge makes something of: a page that sends its readers on, is withdrawn, or is not for everybody."""

_OPENS: Final = ord("<")
_ACCESSIBLE: Final = b"ccessible"
_PAYWALL: Final = (b"ccessibleForFree", b"ccessibleforfree")
_TELLING: Final = frozenset(("refresh", "x-robots-tag"))
_STATED: Final = (b"og:title", b"twitter:title")
_LONG: Final = 80
"""Bytes of a paragraph that are no caption and no button."""

_MOST: Final = 600
"""Bytes of a name that are read."""

_ENOUGH: Final = 1.5 * THIN
"""Characters at the begin of paragraphs from which on a page has text, whatever holds them."""


def is_ordinary(fetch: Fetch) -> bool:
    """Tell whether an answer is a page with text, goes by a name of its address, and says nothing else of itself."""
    if fetch.status != OK or fetch.problem or not _is_html(fetch):
        return False
    url = fetch.target.url
    words = suspicion.words_of(url)
    if not words or is_home(url) or suspicion.is_file(url) or _is_astray(fetch):
        return False
    return _is_article(fetch.body, words)


def _begins_tags(body: bytes, letter: bytes) -> bool:
    # Capitals are rare: to go from one to the next takes a tenth of what it takes to look for two letters at a time.
    at = body.find(letter)
    while at > 0:
        if body[at - 1] == _OPENS:
            return True
        at = body.find(letter, at + 1)
    return False


def _is_paid(body: bytes) -> bool:
    return _ACCESSIBLE in body and any(said in body for said in _PAYWALL)


def _is_astray(fetch: Fetch) -> bool:
    asked = archive.original_of(fetch.target.url)
    return bool(fetch.redirects) and (suspicion.is_astray(fetch) or landing.astray(asked, fetch.url) is not None)


def _is_article(body: bytes, words: frozenset[str]) -> bool:
    head, begins, rest = body.partition(b"<body")
    head = head.lower()
    if not begins or any(sign in head for sign in _REMARKABLE) or _is_paid(body):
        return False
    if _begins_tags(rest, b"H") or _begins_tags(rest, b"P"):
        rest = rest.lower()
    try:
        names = [clean(name.decode()) for name in _names(head, rest)]
    except UnicodeDecodeError:
        return False
    said = _text(rest)
    if not names or not suspicion.is_named(names[:1], words) or len(said) < _ENOUGH:
        return False
    if not suspicion.has_own_words(said.lower(), words):
        return False
    called = "\n".join(names)
    return not any(mark.is_in(kind, called) for kind in LONG_WINDED)


def _is_html(fetch: Fetch) -> bool:
    kind = fetch.headers.get("content-type", "").lower()
    return "html" in kind and _TELLING.isdisjoint(fetch.headers) and mark.of_headers(fetch.headers) is None


def _names(head: bytes, body: bytes) -> list[bytes]:
    """Return what a page calls itself, its title first; nothing where it has none."""
    title = next(_elements(head, b"title"), b"")
    headings = [*islice(_elements(body, b"h1"), 3)] or [*islice(_elements(body, b"h2"), 3)]
    stated = (
        head[head.rfind(b"<", 0, at) + 1 : head.find(b">", at)] for name in _STATED if (at := head.find(name)) >= 0
    )
    return [title, *headings, *stated] if title.strip() else []


def _elements(body: bytes, tag: bytes) -> Iterator[bytes]:
    at = -1
    while (at := body.find(b"<" + tag, at + 1)) >= 0:
        start = body.find(b">", at) + 1
        end = body.find(b"</" + tag, start)
        if 0 < start <= end:
            yield body[start:end][:_MOST]


def _text(body: bytes) -> str:
    """Return the begins of paragraphs, up to `_ENOUGH`."""
    found, size, at = [], 0, -1
    while size < _ENOUGH and (at := body.find(b"<p", at + 1)) >= 0:
        start = body.find(b">", at) + 1
        end = body.find(b"<", start)
        if start > 0 and end - start >= _LONG and body[at + 2] in b" >\t\r\n":
            said = body[start:end].decode(errors="ignore")
            found.append(said)
            size += len(said)
    return " ".join(found)
