"""Provider: the name of the site that publishes an article, and the language it is written in."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from crawler import jsonld, territory
from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.prose import clean
from crawler.site import Site
from crawler.url import host

FIELDS: Final = (Field.SITE, Field.LANGUAGE)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every name of the site and every language that a page states."""
    for name, trust in (
        ("ogsitename", 0.95),
        ("applicationname", 0.7),
        ("dcpublisher", 0.7),
        ("applemobilewebapptitle", 0.7),
        ("publisher", 0.6),
        ("copyright", 0.4),
    ):
        for value in page.metas(name):
            yield Evidence(Field.SITE, value, f"meta {name}", page.url, trust, value)
    for node in page.articles:
        for publisher in page.graph.all(node, "publisher"):
            if name := clean(jsonld.text(publisher)):
                yield Evidence(Field.SITE, name, "json-ld publisher", page.url, 0.9, name)
    for node in page.graph.own:
        if "website" in jsonld.types(node) and (name := clean(jsonld.text(node.get("name")))):
            yield Evidence(Field.SITE, name, "json-ld WebSite", page.url, 0.85, name)
    name = host(page.url).removeprefix("www.")
    yield Evidence(Field.SITE, name, "host", page.url, 0.5, page.url)
    for index, (source, value) in enumerate(territory.declared(page)):
        yield Evidence(Field.LANGUAGE, value, source, page.url, 0.99 - 0.1 * index, value)


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the most trusted."""
    stated = [item for item in evidence if item.field is field]
    if not stated:
        return None
    best = max(stated, key=lambda item: item.confidence)
    return Choice(field, best.value, "the most trusted", (best,), best.confidence)
