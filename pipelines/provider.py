"""Provider: the name of the site that publishes an article, and the language it is written in."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from crawler import headline, jsonld, territory
from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.prose import clean, fold
from crawler.site import Site
from crawler.url import host

FIELDS: Final = (Field.SITE, Field.LANGUAGE)

_REMARK = re.compile(r"(?<=\w) \([^()]*\)$")  # Example (formerly Sample)

METAS: Final = (
    ("ogsitename", "og:site_name", 0.95), ("applicationname", "application-name", 0.7), ("dcpublisher", "dc.publisher", 0.7),
    ("applemobilewebapptitle", "apple-mobile-web-app-title", 0.7), ("publisher", "meta publisher", 0.6),
)  # fmt: skip
"""Names of meta elements by their letters, how they are written, and how often they named the site."""


def find(page: Page) -> Iterator[Evidence]:
    """Yield every name of the site and every language that a page states."""
    yield from _names(page)
    for index, (source, value) in enumerate(territory.declared(page)):
        if territory.is_language(value):
            yield Evidence(Field.LANGUAGE, value, source, page.url, max(0.99 - 0.1 * index, 0.5), value)


def _names(page: Page) -> Iterator[Evidence]:
    for name, source, trust in METAS:
        for value in page.metas(name):
            yield Evidence(Field.SITE, _REMARK.sub("", value), source, page.url, trust, value)
    for part in headline.parts(page.title):
        if headline.is_name_of_host(fold(part), page.url):
            yield Evidence(Field.SITE, part, "title", page.url, 0.92, page.title)
    for node in page.articles[:1]:
        for publisher in page.graph.all(node, "publisher"):
            if name := clean(jsonld.text(publisher)):
                yield Evidence(Field.SITE, name, "json-ld publisher", page.url, 0.9, name)
    for node in page.graph.own:
        if "website" in jsonld.types(node) and (name := clean(jsonld.text(node.get("name")))):
            yield Evidence(Field.SITE, name, "json-ld WebSite", page.url, 0.85, name)
    if name := host(page.url).removeprefix("www."):
        yield Evidence(Field.SITE, name, "host", page.url, 0.5, page.url)


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take what the most trusted source says."""
    stated = [item for item in evidence if item.field is field]
    best = max(stated, key=lambda item: item.confidence, default=None)
    if best is None:
        return None
    same = tuple(item for item in stated if item.value == best.value)
    return Choice(field, best.value, "the most trusted source", same, best.confidence)
