"""Title: the headline under which an article stands."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from crawler import jsonld, prose, story
from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.site import Site

_TAIL = re.compile(r"\s+[|\-–—:·•»>/]+\s+[^|]{2,40}$")


FIELDS: Final = (Field.TITLE,)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every title that a page gives itself."""
    for name, trust in (("ogtitle", 0.74), ("twittertitle", 0.66)):
        for value in page.metas(name):
            yield Evidence(Field.TITLE, value, f"meta {name}", page.url, trust, value)
    for node in page.graph.articles():
        if text := prose.clean(jsonld.text(node.get("headline"))):
            yield Evidence(Field.TITLE, text, "json-ld headline", page.url, 0.73, text)
    if page.title:
        yield Evidence(Field.TITLE, page.title, "title", page.url, 0.6, page.title)
    told = story.of(page)
    if told.headline:
        yield Evidence(Field.TITLE, told.headline.text, "headline", page.url, 0.83, told.headline.text)


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the most trusted."""
    if not evidence:
        return None
    best = max(evidence, key=lambda item: item.confidence)
    value = best.value
    if best.source in ("title", "meta ogtitle"):
        value = _TAIL.sub("", value)
    return Choice(Field.TITLE, value, "the most trusted", (best,), best.confidence)
