"""Excerpt: what an article says it is about, in a sentence or three."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Final

from crawler import jsonld, prose, story
from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.prose import fold
from crawler.site import Site

FIELDS: tuple[Field, ...] = (Field.EXCERPT,)

METAS: Final = (
    ("ogdescription", "og:description", 0.87), ("twitterdescription", "twitter:description", 0.865),
    ("description", "description", 0.86), ("itempropdescription", "itemprop description", 0.8),
    ("dcdescription", "dc.description", 0.8), ("dctermsdescription", "dcterms.description", 0.8),
    ("sailthrudescription", "sailthru.description", 0.8),
)  # fmt: skip
"""Names of meta elements by their letters, how they are written, and the share of them that was right."""

SHORTEST: Final = 30
"""Characters below which a description says too little, where there is another."""

DEK: Final = 40
"""Characters below which a line under the headline is a kicker or a byline."""

UNENDED: Final = 60
"""Characters below which it is another headline, where it does not end as a sentence does."""

REPEATED: Final = 0.3
"""Trust in a description that is but the title again."""

MARKS: Final = 10
"""Characters by which a text may be longer than the title that it repeats: quotes, a full stop."""

LONGEST: Final = 300
"""Characters at which an excerpt ends, with the last whole sentence before."""

SENTENCES: Final = 100
KEPT: Final = 0.6
"""Characters of whole sentences, and their share of a text that was cut, for which its last words are given up."""

WORDS: Final = 8
"""Words that a paragraph has at least."""

PARAGRAPH: Final = 50
"""Characters from which on a run of text is a paragraph."""

_DEK = re.compile(
    r"(?<![a-z])(?:dek|deck|stand-?first|sub-?title|sub-?head(?:line|ing)?|lead|lede|intro|summary|excerpt|abstract|ingress|"
    r"vorspann|chapeau|chapo|epigraph|bajada|sommario|occhiello|short-?text|strapline|perex|entradilla|preamble|manchet|subline)(?![a-z])",
    re.IGNORECASE,
)
_NO_DEK = re.compile(r"img|image|hidden|comment|li\b|blockquote", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"cookie|javascript|subscri|newsletter|abonn|log ?in|sign ?up|all rights reserved|alle rechte|advertisement|"
    r"anzeige\b|adblock|read more|weiterlesen|is available exclusively|click here|hier klicken|klicken sie|cliquez ici|"
    r"haga clic|clicca qui|clique aqui",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every description of the article that a page offers, and its first paragraphs where that is not enough."""
    found = [_lowered(item, page.titles) for item in (*_in_metas(page), *_in_graph(page))]
    told = story.of(page)
    found += _under_headline(told)
    yield from found
    enough = (item.value for item in found if item.confidence > REPEATED and len(item.value) >= SHORTEST)
    if not any(map(prose.is_whole, enough)):
        first = [*_in_paragraphs(told)]
        yield from first or _in_paragraphs(story.full(page))


def _lowered(item: Evidence, titles: Sequence[str]) -> Evidence:
    """Return a description with less trust in it where it is but the title again."""
    said = item.value
    is_title = any(len(said) <= len(title) + MARKS and fold(said) == fold(title) for title in titles)
    return replace(item, confidence=REPEATED) if is_title else item


def _in_metas(page: Page) -> Iterator[Evidence]:
    for name, source, trust in METAS:
        for index, value in enumerate(islice(page.metas(name), 3)):
            yield Evidence(Field.EXCERPT, value, source, page.url, trust - 0.02 * index, value)


def _in_graph(page: Page) -> Iterator[Evidence]:
    for node in [*page.articles, *page.graph.pages()][:2]:
        for value in page.graph.all(node, "description"):
            if text := prose.clean(jsonld.text(value)):
                yield Evidence(Field.EXCERPT, text, "json-ld description", page.url, 0.75, text)


def _under_headline(told: story.Story) -> Iterator[Evidence]:
    """Yield the dek: the lines between the headline and the text."""
    for run in told.runs:
        if run.distance > 2:
            return
        if run.distance > 0 and DEK <= len(run.text) <= LONGEST and _is_dek(told, run):
            yield Evidence(Field.EXCERPT, run.text, UNDER_HEADLINE, told.url, 0.88, run.text)


def _is_dek(told: story.Story, run: story.Run) -> bool:
    names = told.names(run, 2)
    if not _DEK.search(names) or _NO_DEK.search(names) or told.is_beside(run):
        return False
    return (len(run.text) >= UNENDED or prose.is_whole(run.text)) and not _BOILERPLATE.search(run.text)


def _in_paragraphs(told: story.Story) -> Iterator[Evidence]:
    """Yield the first paragraphs up to one that ends as a sentence does."""
    first = 1 if told.headline else 0
    for run in told.runs:
        if not first <= run.distance <= LAST or len(run.text) < PARAGRAPH or told.is_beside(run):
            continue
        if len(run.text.split(None, WORDS)) >= WORDS and not _BOILERPLATE.search(run.text[:LONGEST]):
            yield Evidence(Field.EXCERPT, run.text, PARAGRAPHS, told.url, 0.45, run.text)
            if prose.is_whole(run.text):
                return


LAST: Final = 100
"""Runs after the headline among which the first paragraph is looked for."""

PARAGRAPHS: Final = "paragraph"
UNDER_HEADLINE: Final = "dek"

TEXTS: Final = frozenset({PARAGRAPHS, UNDER_HEADLINE})
"""Sources in the text itself, not in what a page tells others of it."""


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the most trusted description that says enough and is this article's own; one that was cut is extended."""
    own = [item for item in evidence if not site.is_boilerplate(item.value)]
    stated = [item for item in own if item.source != PARAGRAPHS and item.confidence > REPEATED]
    enough = [item for item in stated if len(item.value) >= SHORTEST]
    best = max(enough or own, key=lambda item: item.confidence, default=None)
    if best is None:
        return None
    value, rule = best.value, "the most trusted"
    if longer := _continued(best, evidence):
        value, rule = longer, "continued from another source, since it was cut"
    elif prose.is_cut(value) and (whole := next((item for item in enough if prose.is_whole(item.value)), None)):
        best, value, rule = whole, whole.value, "the first that was not cut"
    support = tuple(item for item in evidence if fold(item.value[:PARAGRAPH]) == fold(best.value[:PARAGRAPH]))
    return Choice(field, _shortened(value), rule, support, best.confidence)


def _continued(best: Evidence, evidence: Sequence[Evidence]) -> str | None:
    """Return the longest text that begins as a cut one does."""
    if not prose.is_cut(best.value) and prose.is_whole(best.value):
        return None
    start = fold(prose.uncut(best.value).rpartition(" ")[0] if prose.is_cut(best.value) else best.value)
    longer = [
        item.value
        for item in evidence
        if len(item.value) > len(best.value)
        and start
        and fold(item.value).startswith(start)
        and not prose.is_cut(item.value)
    ]
    return max(longer, key=len, default=None)


def _shortened(text: str) -> str:
    """Return a text in whole sentences, no longer than the limit; cut at a word where that would leave too little."""
    if len(text) <= LONGEST:
        return _without_rest(text) if prose.is_cut(text) else text
    kept = ""
    for sentence in prose.sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > LONGEST:
            break
        kept = longer
    if len(kept) >= PARAGRAPH:
        return kept
    return text[:LONGEST].rpartition(" ")[0].rstrip(" ,;:–-") + "…"


def _without_rest(text: str) -> str:
    """Return a text that was cut without its last words, where enough of it is left."""
    whole = [opening for opening in prose.openings(prose.uncut(text)) if prose.is_whole(opening)]
    kept = max(whole, key=len, default="")
    return kept if len(kept) >= max(SENTENCES, KEPT * len(text)) else text
