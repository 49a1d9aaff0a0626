"""Links: the address under which a page wants to be known, and its AMP twin."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.site import Site

FIELDS: Final = (Field.CANONICAL, Field.AMP)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every canonical address and AMP address that a page announces."""
    for url in page.links("canonical"):
        yield Evidence(Field.CANONICAL, url, "link canonical", page.url, 0.97, url)
    for value in page.metas("ogurl"):
        if url := page.absolute(value):
            yield Evidence(Field.CANONICAL, url, "og:url", page.url, 0.9, value)
    for url in page.links("amphtml"):
        yield Evidence(Field.AMP, url, "link amphtml", page.url, 0.99, url)


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take what the page announces for this very purpose."""
    stated = [item for item in evidence if item.field is field]
    if not stated:
        return None
    best = max(stated, key=lambda item: item.confidence)
    return Choice(field, best.value, "announced", (best,), best.confidence)
