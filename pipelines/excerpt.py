"""Excerpt: what an article says it is about, in a sentence or three."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from crawler import jsonld, prose, story
from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.site import Site

FIELDS: Final = (Field.EXCERPT,)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every description of the article that a page offers."""
    for name, trust in (
        ("ogdescription", 0.87),
        ("twitterdescription", 0.865),
        ("description", 0.86),
        ("itempropdescription", 0.8),
        ("dcdescription", 0.8),
        ("dctermsdescription", 0.8),
        ("sailthrudescription", 0.8),
    ):
        for value in page.metas(name):
            yield Evidence(Field.EXCERPT, value, f"meta {name}", page.url, trust, value)
    for node in [*page.articles, *page.graph.pages()][:2]:
        for value in page.graph.all(node, "description"):
            if text := prose.clean(jsonld.text(value)):
                yield Evidence(Field.EXCERPT, text, "json-ld description", page.url, 0.75, text)
    for run in story.of(page).runs:
        if run.distance > 0 and len(run.text) >= 60 and not run.is_boxed:
            yield Evidence(Field.EXCERPT, run.text, "lead", page.url, 0.45, run.text)
            break


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the most trusted description."""
    if not evidence:
        return None
    best = max(evidence, key=lambda item: item.confidence)
    return Choice(Field.EXCERPT, best.value, "the most trusted", (best,), best.confidence)
