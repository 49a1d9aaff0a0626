"""Declared dates: what a page states of itself in JSON-LD, in meta elements and by its URL."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from crawler import dateword, jsonld
from crawler.evidence import Evidence, Field
from crawler.moment import in_address, read
from crawler.page import Page
from crawler.story import Story
from crawler.tongue import Tongue
from crawler.zone import is_exact

OWN: Final = 0.9
"""Trust in the JSON-LD of the page's own article; that of others has less."""

_GRAPH: Final = (
    ("datePublished", Field.PUBLISHED, 1.0), ("dateCreated", Field.PUBLISHED, 0.85),
    ("uploadDate", Field.PUBLISHED, 0.8), ("dateModified", Field.UPDATED, 0.97),
)  # fmt: skip


def find(page: Page, language: Tongue) -> Iterator[Evidence]:
    """Yield the dates that the head of a page and its URL state."""
    yield from _in_graph(page, language)
    yield from _in_metas(page, language)
    day = in_address(page.url)
    if day is not None:
        yield Evidence(Field.PUBLISHED, day, "url", page.url, 0.94, page.url)


def is_whole(item: Evidence) -> bool:
    """Tell whether structured data has the instant and the zone of its readers, so that no more need be read."""
    moment = item.value
    is_instant = isinstance(moment, datetime) and is_exact(moment) and bool(moment.utcoffset())
    return is_instant and item.source == "json-ld article datePublished" and item.confidence >= OWN


def stated(
    place: Page | Story, field: Field, said: str, source: str, trust: float, language: Tongue
) -> Iterator[Evidence]:
    """Yield what stands in one place as evidence, if it is a date."""
    reading = read(said, language)
    if reading is not None:
        yield Evidence(field, reading.moment, source, place.url, trust, said, reading.other)


def _in_graph(page: Page, language: Tongue) -> Iterator[Evidence]:
    graph, articles, pages = page.graph, page.articles, [*page.graph.pages()]
    others = [node for node in graph.own if "datePublished" in node and node not in articles and node not in pages]
    nodes = (
        *(("article", node, 0.975 if not index else 0.65) for index, node in enumerate(articles[:4])),
        *(("page", node, 0.95) for node in pages[:1]),
        *(("thing", node, 0.55) for node in others[:1]),
    )
    for kind, node, trust in nodes:
        for name, field, factor in _GRAPH:
            for value in graph.all(node, name):
                yield from stated(page, field, jsonld.text(value), f"json-ld {kind} {name}", trust * factor, language)


def _in_metas(page: Page, language: Tongue) -> Iterator[Evidence]:
    for name, contents in page.markup.metas.items():
        if (meaning := dateword.of_meta(name)) is not None:
            field, trust = meaning
            # What is said more than once is said of several things.
            trust *= 0.9 if len({content[:10] for content in contents}) > 1 else 1
            for index, content in enumerate(contents[:3]):
                yield from stated(page, field, content, f"meta {name}", trust if not index else trust * 0.7, language)
