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

FIELDS: tuple[Field, ...] = (Field.SITE, Field.LANGUAGE)

_REMARK = re.compile(r"(?<=\w) \([^()]*\)$")  # Example (formerly Sample)

METAS: Final = (
    ("ogsitename", "og:site_name", 0.95), ("applicationname", "application-name", 0.7),
    ("dcpublisher", "dc.publisher", 0.7), ("applemobilewebapptitle", "apple-mobile-web-app-title", 0.7),
    ("publisher", "meta publisher", 0.6),
)  # fmt: skip
"""Names of meta elements by their letters, how they are written, and how often they named the site."""


def find(page: Page) -> Iterator[Evidence]:
    """Yield every name of the site and every language that a page states."""
    yield from _names(page)
    for index, (source, value) in enumerate(territory.declared(page)):
        if territory.is_language(value):
            yield Evidence(Field.LANGUAGE, value, source, page.url, max(0.99 - 0.1 * index, 0.5), value)


def _names(page: Page) -> Iterator[Evidence]:
    for source, trust, said, name in (*_in_metas(page), *_in_title(page), *_in_graph(page)):
        if value := _REMARK.sub("", name):
            yield Evidence(Field.SITE, value, source, page.url, trust, said)
    if name := host(page.url).removeprefix("www."):
        yield Evidence(Field.SITE, name, "host", page.url, 0.5, page.url)


Stated = tuple[str, float, str, str]
"""Source, trust, what stood there, the name."""


def _in_metas(page: Page) -> Iterator[Stated]:
    return ((source, trust, value, value) for name, source, trust in METAS for value in page.metas(name))


def _in_title(page: Page) -> Iterator[Stated]:
    parts = (part for part in headline.parts(page.title) if headline.is_name_of_host(fold(part), page.url))
    return (("title", 0.92, page.title, part) for part in parts)


def _in_graph(page: Page) -> Iterator[Stated]:
    for node in page.articles[:1]:
        for publisher in page.graph.all(node, "publisher"):
            yield "json-ld publisher", 0.9, jsonld.text(publisher), clean(jsonld.text(publisher))
    for node in page.graph.own:
        if "website" in jsonld.types(node):
            yield "json-ld WebSite", 0.85, jsonld.text(node.get("name")), clean(jsonld.text(node.get("name")))


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take what the most trusted source says."""
    stated = [item for item in evidence if item.field is field]
    best = max(stated, key=lambda item: item.confidence, default=None)
    if best is None:
        return None
    same = tuple(item for item in stated if item.value == best.value)
    return Choice(field, best.value, "the most trusted source", same, best.confidence)
