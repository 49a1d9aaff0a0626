"""The excerpt of a record: filled where there is none, completed where it was cut, left alone where it is whole."""

import re
from collections.abc import Iterator
from typing import Final

from crawler import prose, story
from crawler.change import Change
from crawler.evidence import Evidence, Field
from crawler.layout import Key
from crawler.verdict import State
from pipelines.reconcile.case import Case

SHORTEST: Final = 40
"""Characters below which a description describes little."""

LONGEST: Final = 600
"""Characters above which a text is no excerpt any more, but the article (policy: only short extracts are free)."""

FULL: Final = 320
"""Characters up to which whole sentences are added to an excerpt that is completed from the article."""

GAIN: Final = 20
"""Characters by which a cut description has to be longer than a cut excerpt to be worth a change."""

_NO_END: Final = re.compile(r"(?:\d|\b[^\W\d_]{1,3})\.\s*$")

LEAST_TRUST: Final = 0.6
"""Trust in a source from which on its description may fill a record that has none."""


def settle(case: Case) -> Iterator[Change]:
    """Yield the change that an excerpt needs, if any."""
    old = case.record.get(Key.EXCERPT)
    evidence = case.evidence(Field.EXCERPT, "excerpt" if not old else "")
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
    """Continue a cut excerpt: with a whole description that begins with it, else in the article's own words, else with
    the longest description that goes further, though it may be cut itself."""
    start = prose.uncut(prose.clean(old))
    if not is_cut(old) or len(prose.fold(start)) < SHORTEST / 2:
        return None
    stated = [item for item in evidence if _is_description(item) and continues(start, item.value)]
    longest = max((prose.uncut(item.value) for item in stated), key=len, default=start)
    whole = [item for item in stated if not is_cut(item.value) and len(item.value) >= len(longest)]
    if whole:
        best = max(whole, key=lambda item: item.confidence)
        return case.change(Key.EXCERPT, best.value, "it was cut", (best,))
    for paragraphs in _passages(case, start):
        if text := completed(_spanning(paragraphs, longest), longest):
            return case.change(Key.EXCERPT, text, "it was cut", (), ("the article's own words",))
    if len(longest) < len(start) + GAIN:
        return None
    best = max(stated, key=lambda item: len(prose.uncut(item.value)))
    return case.change(Key.EXCERPT, best.value, "it was cut shorter than the page cuts it", (best,))


def _is_description(item: Evidence) -> bool:
    """Tell whether a page says this of itself, in other words than those of its text, and in few enough of them."""
    return item.source != "paragraph" and len(item.value) <= LONGEST


def is_cut(excerpt: str) -> bool:
    """Tell whether an excerpt is cut short: it says so by dots, or it ends as no sentence does."""
    return prose.is_cut(excerpt) or not prose.is_whole(excerpt.rstrip())


def continues(start: str, text: str) -> bool:
    """Tell whether a text begins with all of another and goes on, be it within its last word."""
    one, other = prose.fold(start), prose.fold(prose.uncut(text))
    return len(other) > len(one) and other.startswith(one)


def _passages(case: Case, start: str) -> Iterator[list[str]]:
    """Yield the paragraphs of the article from where an excerpt may begin."""
    for reading in case.visit.readings:
        if reading.fetch.page and reading.verdict.state is not State.PAYWALLED:
            texts = [run.text for run in story.whole(reading.fetch.page).runs]
            yield from (texts[index:] for index, text in enumerate(texts) if _opens(text, start))


def _opens(paragraph: str, start: str) -> bool:
    one, other = prose.fold(paragraph), prose.fold(start)
    return bool(one) and (one.startswith(other) or other.startswith(one))


def _spanning(paragraphs: list[str], description: str) -> str:
    """Return as many paragraphs as the page's own description of itself spans: it goes on within the last of them."""
    passage = ""
    for paragraph in paragraphs:
        passage = f"{passage} {paragraph}".strip()
        if prose.fold(passage).startswith(prose.fold(description)) or len(passage) > LONGEST:
            break
    return passage


def completed(passage: str, start: str) -> str:
    """Return the beginning of a passage: its whole sentences to beyond the end of ``start``, and more up to `FULL`
    characters; empty where the passage does not begin like that, or one sentence is too long."""
    text = ""
    for longer in _openings(passage):
        if len(longer) > (FULL if continues(start, text) else LONGEST):
            break
        text = longer
    is_whole = text == passage or not is_cut(text)
    return text if is_whole and continues(start, text) else ""


def _openings(passage: str) -> Iterator[str]:
    """Yield a passage's first sentence, its first two, and so on.

    A full stop behind a number or an abbreviation ends no sentence (``am 22. Dezember``, ``z. B.``).
    """
    end = 0
    for sentence in prose.sentences(passage):
        end = passage.index(sentence, end) + len(sentence)
        if not _NO_END.search(sentence) or end == len(passage):
            yield passage[:end].rstrip()
