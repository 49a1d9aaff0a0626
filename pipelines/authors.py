"""Authors: who wrote an article."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from crawler import jsonld, prose
from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.site import Site

_BY = re.compile(r"^\s*(?:by|von|par|por|di|door|av|af|od)\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[,;|&]|\band\b|\bund\b|\by\b|\bet\b|\be\b)\s*")


FIELDS: Final = (Field.AUTHOR,)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every set of names that a page states as its authors."""
    for node in page.graph.articles():
        names = tuple(
            dict.fromkeys(name for value in page.graph.all(node, "author") if (name := prose.clean(jsonld.text(value))))
        )
        if names:
            yield Evidence(Field.AUTHOR, names, "json-ld author", page.url, 0.874, ", ".join(names))
    for name, trust in (
        ("parselyauthor", 0.85),
        ("sailthruauthor", 0.85),
        ("author", 0.67),
        ("articleauthor", 0.26),
        ("dccreator", 0.7),
    ):
        values = [v for v in page.metas(name) if not v.startswith("http")]
        if values:
            yield Evidence(
                Field.AUTHOR,
                tuple(n for v in values for n in _AND.split(_BY.sub("", v)) if n),
                f"meta {name}",
                page.url,
                trust,
                ", ".join(values),
            )
    for element in page.markup.elements:
        if element.tag == "a" and "author" in element.get("rel").lower().split() and element.text:
            yield Evidence(Field.AUTHOR, (_BY.sub("", element.text),), "rel author", page.url, 0.75, element.text)


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the most trusted."""
    if not evidence:
        return None
    best = max(evidence, key=lambda item: item.confidence)
    return Choice(Field.AUTHOR, best.value, "the most trusted", (best,), best.confidence)
