"""An announcement: what a sitemap or a feed lists, and when it says that each of it changed last.

Sitemaps and their indexes (sitemaps.org), Google's news sitemaps, RSS 2.0 and 1.0, and Atom (RFC 4287) are read by the
names of their elements, whatever their namespaces: many are not declared as they should be.
"""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from lxml import etree

from crawler import frontmatter
from crawler.stated import instant
from crawler.url import absolute

MOST: Final = 10 * 2**20
"""Bytes that are read of a sitemap, unpacked: a fifth of what sitemaps.org allows, more than news sitemaps have."""

ENTRIES: Final = 50_000
"""Entries of one sitemap, as sitemaps.org allows."""

_ENTRIES: Final = frozenset({"url", "sitemap", "item", "entry"})
_CHANGED: Final = ("lastmod", "updated", "modified", "publication_date", "pubdate", "date", "published")
"""Where an entry says when it changed, the best first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One address that is listed, and when it is said to have changed last; another list, where it ``is_list``."""

    url: str
    said: datetime | None = None
    is_list: bool = False


def read(body: bytes, url: str) -> list[Entry]:
    """Return what a sitemap or feed lists, packed or not; empty for anything else, and as far as it goes if broken."""
    unpacked = _unpacked(body)
    root = _parsed(unpacked) if b"<" in unpacked[:1024] else None
    return [] if root is None else list(_entries(root, url))


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body[:MOST]
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, MOST)
    except (zlib.error, gzip.BadGzipFile):
        return b""


def _parsed(body: bytes) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None


def _entries(root: etree._Element, url: str) -> Iterator[Entry]:
    found = 0
    for element in root.iter(etree.Element):
        if (kind := _name(element)) in _ENTRIES and found < ENTRIES:
            address = _address(element, kind)
            whole = absolute(url, address) if address else None
            if whole:
                found += 1
                yield Entry(whole, _said(element), kind == "sitemap")


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _address(entry: etree._Element, kind: str) -> str:
    """Return the address of an entry: ``loc`` in sitemaps, ``link`` in feeds, as text or as an attribute."""
    wanted = "loc" if kind in ("url", "sitemap") else "link"
    for child in entry:
        if isinstance(child.tag, str) and _name(child) == wanted:
            text = (child.text or "").strip()
            if not text and child.get("rel", "alternate") == "alternate":
                text = child.get("href", "").strip()
            if text:
                return text
    return ""


def _said(entry: etree._Element) -> datetime | None:
    texts = {_name(child): child.text for child in entry.iter(etree.Element) if child.text and child is not entry}
    return next((when for name in _CHANGED if (when := _time(texts.get(name, "") or ""))), None)


def _time(text: str) -> datetime | None:
    """Read a date as W3C has them (sitemaps, Atom), or as mail has them (RSS)."""
    text = text.strip()
    if not text:
        return None
    with suppress(ValueError):  # another form of ISO 8601, or none
        return instant(datetime.fromisoformat(text))
    try:
        return instant(frontmatter.moment(text) or parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return None
