"""The excerpt of a record: filled where there is none, completed where it was cut, left alone where it is whole."""

import re
from collections.abc import Iterator
from typing import Final

from crawler import garble, mark, prose, story
from crawler.evidence import Evidence, Field
from crawler.layout import Key
from crawler.verdict import State
from pipelines import excerpt
from pipelines.reconcile import completion
from pipelines.reconcile.case import Case, Decision
from pipelines.reconcile.completion import LONGEST, continues, is_cut, spanning

SHORTEST: Final = 40
"""Characters below which a description describes little."""

GAIN: Final = 20
"""Characters by which a cut description has to be longer than a cut excerpt to be worth a change."""

LEAST_TRUST: Final = 0.6
"""Trust in a source from which on its description may fill a record that has none."""

_GARBLED: Final = re.compile(
    r"&(?:#\d{2,5}|#x[0-9a-f]{2,4}|[a-z]{2,8});|</?[a-z][a-z0-9]*[ />]|\ufffd|[ÃÂ][\x80-\xbf]|â€", re.IGNORECASE
)

_UNFILLED: Final = re.compile(
    r"\{\{|\}\}|\{%|\$\{|<%|\[/?[a-z]+_[a-z_]+[ \]]|\{\s*[a-z-]+\s*:\s*[^{}]*\}|\blorem ipsum\b", re.IGNORECASE
)
"""What templates, editors and style sheets leave behind where a description should be."""

KEYWORDS, TERM = 6, 3
"""Terms between commas from which on a text without an end is a list of keywords, and words that each has at most."""


def settle(case: Case) -> Iterator[Decision]:
    """Yield what becomes of the excerpt."""
    if not case.visit.readings:
        return
    old = case.record.get(Key.EXCERPT)
    evidence = case.evidence(Field.EXCERPT, "excerpt" if not old else "")
    if case.snippet_limit == 0:
        yield case.kept(Key.EXCERPT, "the page asks not to copy its text", evidence)
    else:
        yield _filled(case, evidence) if not old else _corrected(case, str(old), evidence)


def _filled(case: Case, evidence: tuple[Evidence, ...]) -> Decision:
    # What a page tells others of itself is surely of the article; what stands under its headline may be of a teaser.
    told = tuple(item for item in evidence if item.source not in excerpt.TEXTS)
    choice = case.choose(Field.EXCERPT, told) or case.choose(Field.EXCERPT, evidence)
    if choice is None:
        return case.kept(Key.EXCERPT, "no page that is surely the article describes it", evidence)
    if choice.confidence < LEAST_TRUST or not _is_fit(choice.value, case):
        return case.kept(Key.EXCERPT, "what the page says of itself is no good description", evidence)
    return case.change(Key.EXCERPT, choice.value, "there was none", choice.support)


def _is_fit(text: str, case: Case) -> bool:
    title = prose.fold(str(case.record.get(Key.TITLE) or ""))
    if not SHORTEST <= len(text) <= _longest(case) or prose.fold(text) == title:
        return False
    if _GARBLED.search(text) or _UNFILLED.search(text) or _is_list(text):
        return False
    return not case.site.is_boilerplate(text) and mark.of("texts.paywall", text) is None


def _is_list(text: str) -> bool:
    terms = [term.split() for term in text.split(",")]
    return len(terms) >= KEYWORDS and not prose.is_whole(text) and max(map(len, terms)) <= TERM


def _longest(case: Case) -> int:
    limit = case.snippet_limit
    return LONGEST if limit is None else min(limit, LONGEST)


def _corrected(case: Case, old: str, evidence: tuple[Evidence, ...]) -> Decision:
    stated = tuple(item for item in evidence if _is_description(item) and _is_fit(item.value, case))
    same = next((item for item in stated if _is_respelt(old, item.value)), None)
    if same:
        return case.change(Key.EXCERPT, same.value, "it was garbled", (same,))
    for reading in (old, *garble.readings(old)):
        if completed := _completed(case, reading, stated):
            return completed
    return case.kept(Key.EXCERPT, _why(old, stated), evidence)


def _is_respelt(old: str, new: str) -> bool:
    """Tell whether a text says the same without the marks of having been escaped or encoded wrongly."""
    if _GARBLED.search(new):
        return False
    return garble.has_lost(old, new) or any(prose.fold(reading) == prose.fold(new) for reading in garble.readings(old))


def _why(old: str, stated: tuple[Evidence, ...]) -> str:
    if not is_cut(old):
        return "it is whole"
    start = prose.uncut(prose.clean(old))
    if not any(continues(start, item.value) for item in stated):
        return "no page continues it"
    return "the page cuts it as well" if _is_telling(start) else "too little is left of it to know it by"


def _is_telling(start: str) -> bool:
    return len(prose.fold(start)) >= SHORTEST / 2


def _completed(case: Case, old: str, evidence: tuple[Evidence, ...]) -> Decision | None:
    """Continue a cut excerpt: with a whole description that begins with it, else in the article's own words, else with
    the longest description that goes further, though it may be cut itself."""
    start = prose.uncut(prose.clean(old))
    if not is_cut(old) or not _is_telling(start):
        return None
    stated = [item for item in evidence if continues(start, item.value)]
    best = max(stated, key=_reach, default=None)
    if best and not is_cut(best.value):
        return case.change(Key.EXCERPT, best.value, "it was cut", (best,))
    longest = prose.uncut(best.value) if best else start
    for paragraphs in _passages(case, start):
        text = completion.completed(spanning(paragraphs, longest), longest)
        if text and len(text) <= _longest(case):
            return case.change(Key.EXCERPT, text, "it was cut", (), ("the article's own words",))
    if best is None or len(longest) < len(start) + GAIN:
        return None
    return case.change(Key.EXCERPT, best.value, "it was cut shorter than the page cuts it", (best,))


def _reach(item: Evidence) -> tuple[int, bool, float]:
    """Order descriptions by how far they go, those before that end there by themselves, and then by trust."""
    return len(prose.uncut(item.value)), not is_cut(item.value), item.confidence


def _is_description(item: Evidence) -> bool:
    """Tell whether a page says this of itself, in other words than those of its text."""
    return item.source != excerpt.PARAGRAPHS


def _passages(case: Case, start: str) -> Iterator[list[str]]:
    """Yield the paragraphs of the article from where an excerpt may begin: below its headline, else anywhere."""
    for reading in case.visit.readings:
        if reading.fetch.page and reading.verdict.state is not State.PAYWALLED:
            for told in (story.full(reading.fetch.page), story.whole(reading.fetch.page)):
                texts = [run.text for run in told.runs]
                yield from (texts[index:] for index, text in enumerate(texts) if _opens(text, start))


def _opens(paragraph: str, start: str) -> bool:
    one, other = prose.fold(paragraph), prose.fold(start)
    return bool(one) and (one.startswith(other) or other.startswith(one))
