"""A message: what a page says in place of an article - prove that you are human, agree, log in, nothing is here."""

import re
from collections.abc import Container, Iterator
from typing import Final

from crawler import mark, namesake, passage
from crawler.comparison import shows_excerpt
from crawler.layout import Key
from crawler.page import Page
from crawler.prose import clean, fold
from crawler.record import Record
from crawler.verdict import State

THIN: Final = 1500
"""Characters in the longest passage of a page below which it may be about what a mark speaks of."""

BARE: Final = 400
"""Characters of all its text below which a page that tests its reader, or sends him on, is nothing else."""

OPENING: Final = 500
"""Characters from a page's main heading on in which its message stands."""

_KINDS: Final = (
    ("check", State.BLOCKED),
    ("consent", State.BLOCKED),
    ("parked", State.PARKED),
    ("legal", State.LEGAL),
    ("login", State.LOGIN),
    ("missing", State.SOFT_404),
    ("error", State.SERVER_ERROR),
    ("listing", State.SOFT_404),
)
LONG_WINDED: Final = ("consent", "parked")
"""Messages that may go on for pages; they are known by their heading alone."""

AT_LENGTH: Final = 0.75
"""Share of a heading that a mark has to fill where the text below it is long: ``We value your privacy, says the app
that sold it`` is news."""

SPOKEN: Final = 2
"""Marks of consent, or of its purposes, in the beginning of a text from which on it asks for it, be it ever so long; of
988 long articles none has one."""


def of(page: Page, record: Record | None = None, sought: Container[str] = frozenset()) -> Iterator[tuple[State, str]]:
    """Yield what a page says in place of an article, the most telling first; ``sought`` is what was asked for by its
    address, a login or a listing, and so is nothing in place of it.

    A page that shows the record's own excerpt is its article, whatever that speaks of. Where a page repeats the
    record's headline, that is no message either.
    """
    if record is not None and shows_excerpt(record, page):
        return
    if page.once(is_thin):
        yield from _in_markup(page)
    title = clean(str(record.get(Key.TITLE) or "")) if record is not None else ""
    own = "" if _is_message(title) else title
    headings = [_without(own, heading) for heading in (*page.titles, *_headings(page))]
    opening = _without(own, _opening(page)) if page.once(is_thin) else ""
    for kind, state in _KINDS:
        if kind in sought:
            continue
        most = mark.MOST if opening else AT_LENGTH
        found = (mark.of_heading(kind, heading, most) for heading in headings if opening or kind in LONG_WINDED)
        if name := next(filter(None, found), None) or (opening and mark.of(f"texts.{kind}", opening)):
            yield state, f"{_SAYS[state]} ({kind}: {name})"
    said = opening or ("" if record is None else passage.longest(page)[:OPENING])
    if mark.count("texts.consent", said) + mark.count("texts.purposes", said) >= SPOKEN:
        yield State.BLOCKED, f"{_SAYS[State.BLOCKED]} (consent: purposes of processing)"


_SAYS: Final = {
    State.BLOCKED: "it wants something of its reader first",
    State.PARKED: "it says that the site is gone",
    State.LEGAL: "it says that it may not be shown here",
    State.LOGIN: "it wants its reader to log in",
    State.SOFT_404: "it says that there is nothing",
    State.SERVER_ERROR: "it says that something failed",
}


def _in_markup(page: Page) -> Iterator[tuple[State, str]]:
    markup = page.body[:65536].decode("utf-8", "replace")
    if wall := mark.of("walls", markup):
        yield State.BLOCKED, wall
    if not has_room(page) and (captcha := mark.of("captchas", markup)):
        yield State.BLOCKED, captcha
    if company := mark.of("parking", markup):
        yield State.PARKED, company


def _is_message(title: str) -> bool:
    """Tell whether a record is named like an error: it was made of one, and its headline excuses nothing.

    A word before a colon that errors have, too, is none: ``Captcha: who invented it?``
    """
    return len(title.split()) < _SENTENCE and any(mark.fills(kind, title) for kind, _ in _KINDS)


_SENTENCE: Final = 5


def _headings(page: Page) -> list[str]:
    """Return the first headings of a page; only that of its article, where one is what its title says."""
    found = [element.text for element in (page.found("h1") or page.found("h2"))[:3]]
    own = [text for text in found if any(_is_titled(text, title) for title in page.titles)]
    return own[:1] or found


def _is_titled(heading: str, title: str) -> bool:
    return namesake.same(heading, title) or fold(heading) in map(fold, namesake.parts(title))


def _opening(page: Page) -> str:
    """Return what a page says of itself, and what stands under its main heading, or first on it where it has none.

    What stands above may be a notice on cookies, as many pages have.
    """
    heading = next(iter(_headings(page)), "")
    at = max(page.text.find(heading), 0)
    said = [*page.metas("description", "ogdescription"), page.text[at:][:OPENING]]
    return " · ".join(dict.fromkeys(said)) or " "


def _without(own: str, text: str) -> str:
    return re.sub(re.escape(own), " ", text, flags=re.IGNORECASE) if own else text


def has_room(page: Page) -> bool:
    """Tell whether a page shows more than a word on the way to another."""
    return len(page.text) >= BARE


def is_thin(page: Page) -> bool:
    """Tell whether a page has so little text that it may be about what a mark speaks of."""
    return not passage.reaches(page, THIN)


def is_teaser(page: Page) -> bool:
    """Tell whether a page shows only the beginning of its article, by what it states or says of it."""
    locked = {value.lower() for value in page.metas("articlecontenttier", "contenttier")} & {"locked", "premium"}
    stated = {value.lower() for value in page.metas("itempropisaccessibleforfree", "isaccessibleforfree")} & {"false"}
    if locked or stated or page.graph.is_behind_paywall:
        return True
    return page.once(is_thin) and mark.of("texts.paywall", page.text) is not None
