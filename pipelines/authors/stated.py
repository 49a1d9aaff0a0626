"""Stated authors: whom a page names in JSON-LD and in meta elements."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from crawler import jsonld
from crawler.byline import name_as_stated, names
from crawler.page import Page

METAS: Final = {
    "parselyauthor": 0.85, "sailthruauthor": 0.85, "author": 0.67, "dccreator": 0.7, "dctermscreator": 0.7,
    "articleauthor": 0.6, "articleauthorname": 0.7, "citationauthor": 0.8, "byl": 0.75,
    "shareaholicarticleauthorname": 0.7, "cxenseparseauthor": 0.8, "cxenseparserecsauthor": 0.8, "vrauthor": 0.7,
    "itempropauthor": 0.7, "ogarticleauthor": 0.6, "authors": 0.67, "ogauthor": 0.6, "articleauthors": 0.6,
}  # fmt: skip
"""Names of meta elements, by their letters and digits, with the share of them that had all authors right."""

OWN: Final = 0.874
"""How often the JSON-LD of the page's own article had them right; that of other things has less trust."""

_LABEL_OF_AUTHOR = re.compile(r"writ|auth|autor|verfasst|von|par|por|by|escrit|scritto|geschr", re.IGNORECASE)


class Stated(NamedTuple):
    """Names, where they stood and how far that is to be trusted."""

    source: str
    trust: float
    said: str
    people: Sequence[str]


def find(page: Page) -> Iterator[Stated]:
    """Yield the names that the head of a page states."""
    yield from _in_graph(page)
    yield from _in_metas(page)


def _in_graph(page: Page) -> Iterator[Stated]:
    others = [node for node in page.graph.own if "author" in node and node not in page.articles]
    for node, trust in [(node, OWN) for node in page.articles[:1]] or [(node, 0.65) for node in others[:1]]:
        for name in ("author", "creator"):
            values = [*page.graph.all(node, name)]
            people = [person for value in values for person in _people(value)]
            yield Stated(f"json-ld {name}", trust, ", ".join(map(jsonld.text, values)), people)


def _people(value: Any) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        said = value.get("name")
        value = " and ".join(map(jsonld.text, said)) if isinstance(said, list) else jsonld.text(said)
    return _named(value) if isinstance(value, str) and not value.startswith("http") else ()


def _named(said: str) -> tuple[str, ...]:
    return names(said) or name_as_stated(said)


def _in_metas(page: Page) -> Iterator[Stated]:
    for name in filter(page.markup.metas.__contains__, METAS):
        values = [value for value in page.metas(name) if "://" not in value]
        people = [person for value in values for person in _named(value)]
        yield Stated(f"meta {name}", METAS[name], ", ".join(values), people)
    for number in "12":
        if any(_LABEL_OF_AUTHOR.search(said) for said in page.metas(f"twitterlabel{number}")):
            yield from (Stated("twitter:data", 0.7, said, names(said)) for said in page.metas(f"twitterdata{number}"))
