"""Links: the address under which a page wants to be known, and its AMP twin."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from crawler import jsonld
from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.site import Site
from crawler.url import key, split

FIELDS: tuple[Field, ...] = (Field.CANONICAL, Field.AMP)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every canonical address and AMP address that a page announces."""
    for url in page.links("canonical"):
        yield from _canonical(page, url, "link canonical", 0.97)
    for value in page.metas("ogurl"):
        yield from _canonical(page, value, "og:url", 0.9)
    if not page.canonical_url:
        for value in (value for node in page.articles[:1] for value in page.graph.all(node, "mainEntityOfPage", "url")):
            yield from _canonical(page, jsonld.text(value), "json-ld url", 0.8)
    for url in page.links("amphtml"):
        if key(url) != key(page.url) or url != page.url:
            yield Evidence(Field.AMP, url, "link amphtml", page.url, 0.99, url)


def _canonical(page: Page, said: str, source: str, trust: float) -> Iterator[Evidence]:
    url = page.absolute(said)
    if url is not None:
        yield Evidence(Field.CANONICAL, url, source, page.url, trust if not _is_home(page, url) else trust / 2, said)


def _is_home(page: Page, url: str) -> bool:
    """Tell whether the address is that of a site's front page while the page's own is not: templates forget to fill
    it in."""
    own, other = split(page.url), split(url)
    return other.path in ("", "/") and not other.query and (own.path not in ("", "/") or bool(own.query))


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take what the page announces for this very purpose; a front page is no article's address."""
    stated = [item for item in evidence if item.field is field]
    best = max(stated, key=lambda item: item.confidence, default=None)
    if best is None or best.confidence < LEAST:
        return None
    same = tuple(item for item in stated if item.value == best.value)
    return Choice(field, best.value, "announced", same, best.confidence)


LEAST: Final = 0.5
"""Trust below which an address is not taken."""
