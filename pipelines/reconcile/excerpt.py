"""The excerpt of a record: filled where there is none, completed where it was cut, left alone where it is whole."""

from collections.abc import Iterator
from typing import Final

from crawler import prose, story
from crawler.change import Change
from crawler.evidence import Evidence, Field
from crawler.layout import Key
from pipelines.reconcile.case import Case

SHORTEST: Final = 40
"""Characters below which a description describes little."""

LONGEST: Final = 600
"""Characters above which a text is no excerpt any more, but the article (policy: only short extracts are free)."""

LEAST_TRUST: Final = 0.6
"""Trust in a source from which on its description may fill a record that has none."""


def settle(case: Case) -> Iterator[Change]:
    """Yield the change that an excerpt needs, if any."""
    old = case.record.get(Key.EXCERPT)
    evidence = case.evidence(Field.EXCERPT, vouched_without="excerpt" if not old else "")
    change = _filled(case, evidence) if not old else _completed(case, str(old), evidence)
    if change:
        yield change


def _filled(case: Case, evidence: tuple[Evidence, ...]) -> Change | None:
    choice = case.choose(Field.EXCERPT, evidence)
    if choice is None or choice.confidence < LEAST_TRUST or not _is_fit(choice.value, case):
        return None
    return case.change(Key.EXCERPT, choice.value, "there was none", choice.support)


def _is_fit(text: str, case: Case) -> bool:
    title = prose.fold(str(case.record.get(Key.TITLE) or ""))
    return SHORTEST <= len(text) <= LONGEST and prose.fold(text) != title and not case.site.is_boilerplate(text)


def _completed(case: Case, old: str, evidence: tuple[Evidence, ...]) -> Change | None:
    """Continue a cut excerpt with the description that begins with it, else with its own paragraph of the article."""
    start = prose.uncut(prose.clean(old))
    if not is_cut(old) or len(prose.fold(start)) < SHORTEST / 2:
        return None
    longer = [item for item in evidence if continues(start, item.value) and not prose.is_cut(item.value)]
    stated = [item for item in longer if item.source != "lead" and len(item.value) <= LONGEST]
    if stated:
        best = max(stated, key=lambda item: (prose.is_whole(item.value), item.confidence, len(item.value)))
        return case.change(Key.EXCERPT, best.value, "it was cut", (best,))
    paragraph = next((text for text in _paragraphs(case) if continues(start, text)), None)
    if paragraph is None:
        return None
    return case.change(Key.EXCERPT, _first_sentences(paragraph, start), "it was cut", (), ("the article's own words",))


def is_cut(excerpt: str) -> bool:
    """Tell whether an excerpt is cut short: it says so by dots, or it ends as no sentence does."""
    return prose.is_cut(excerpt) or not prose.is_whole(excerpt.rstrip())


def continues(start: str, text: str) -> bool:
    """Tell whether a text begins with all of another and goes on, be it within its last word."""
    one, other = prose.fold(start), prose.fold(text)
    return len(other) > len(one) and other.startswith(one)


def _paragraphs(case: Case) -> Iterator[str]:
    for reading in case.visit.readings:
        if reading.fetch.page:
            yield from (run.text for run in story.of(reading.fetch.page).runs)


def _first_sentences(paragraph: str, start: str) -> str:
    """Return as many whole sentences of a paragraph as it takes to go on to the end of the one that was cut."""
    text = ""
    for sentence in prose.sentences(paragraph):
        text = f"{text} {sentence.strip()}".strip()
        if continues(start, text):
            break
    return text
