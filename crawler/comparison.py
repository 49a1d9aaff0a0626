"""A comparison: what a record knows of its article, held against what was found on a page."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from crawler import archive, landing, namesake, passage
from crawler.evidence import Evidence, Field
from crawler.fetch import Fetch
from crawler.layout import Key
from crawler.likeness import Likeness, Match
from crawler.moment import days_of, in_address
from crawler.page import Page
from crawler.picture import Picture
from crawler.prose import clean, fold, uncut
from crawler.record import Record
from crawler.url import same, site, split

LONG_ENOUGH: Final = 40
"""Folded characters of an excerpt that do not stand in another text by chance; half of them where a letter says more
than an ASCII one, as in Chinese."""

BODY: Final = 700
"""Characters in the longest passage of a page from which on it is taken for the body of an article: error pages of the
widest kind have less, nearly all articles more."""

OWN: Final = 0.6
"""Trust in a source from which on a page states a value as its own."""

ONE_DAY: Final = timedelta(days=1)


def compare(record: Record, fetch: Fetch, page: Page, evidence: Iterable[Evidence]) -> Likeness:
    """Compare a record with what was found on a page."""
    found: dict[Field, list[Evidence]] = {}
    for item in evidence:
        found.setdefault(item.field, []).append(item)
    published = record.get(Key.PUBLISHED)
    return Likeness(
        title=_title(record, found),
        excerpt=_excerpt(record, page, found),
        day=_day(published, found),
        picture=_picture(record.get(Key.IMAGE), found),
        address=_address(record, fetch, found),
        dated=_dated(record, found),
        has_body=passage.size(page) >= BODY,
        is_headed=_is_headed(record, page),
        is_now=isinstance(published, date) and _is_near(published, [fetch.at]),
    )


Found = Mapping[Field, list[Evidence]]


def _title(record: Record, found: Found) -> Match:
    known = record.get(Key.TITLE)
    stated = found.get(Field.TITLE, [])
    if not isinstance(known, str) or not fold(clean(known)):
        path = split(record.url or "").path
        return Match.AGREES if any(namesake.from_path(str(item.value), path) for item in stated) else Match.UNKNOWN
    named = [item for item in stated if any(namesake.same(known, name) for name in {str(item.value), item.said})]
    # The first of several headings is a name that the page goes by only where it has no other.
    is_own = any(item.confidence >= OWN for item in named) or (named and len(named) == len(stated))
    return Match.AGREES if is_own else Match.ELSEWHERE if named else Match.DIFFERS if stated else Match.SILENT


def _is_headed(record: Record, page: Page) -> bool:
    """Tell whether some heading speaks of what the record's headline does; so it is taken where there is no main one.

    (Of 694 articles with a main heading it is so for 684; five of the others are lists or pages of a site's own.)
    """
    if not any(fold(element.text) for element in page.found("h1")):
        return True
    headings = [element.text for element in (*page.found("h1"), *page.found("h2"))]
    known = record.get(Key.TITLE)
    if not isinstance(known, str) or not fold(clean(known)):
        path = split(record.url or "").path
        return any(namesake.from_path(heading, path) for heading in headings)
    return any(namesake.is_kin(clean(known), heading) for heading in headings)


def _wanted(record: Record) -> str:
    """Return a record's excerpt folded, without what says that it was cut; empty where it is too short to tell."""
    # Of an excerpt that was cut within a word, the rest stands there, too: folded texts know no blanks.
    known = record.get(Key.EXCERPT)
    wanted = fold(uncut(clean(known))) if isinstance(known, str) else ""
    return wanted if len(wanted) >= (LONG_ENOUGH if wanted.isascii() else LONG_ENOUGH // 2) else ""


def shows_excerpt(record: Record, page: Page) -> bool:
    """Tell whether what a reader sees of a page has the record's excerpt."""
    wanted = _wanted(record)
    return bool(wanted) and wanted in fold(page.text)


def _excerpt(record: Record, page: Page, found: Found) -> Match:
    wanted = _wanted(record)
    if not wanted:
        return Match.UNKNOWN
    stated = [fold(str(item.value)) for item in found.get(Field.EXCERPT, ())]
    if any(wanted in text or (len(text) >= LONG_ENOUGH and wanted.startswith(text)) for text in stated):
        return Match.AGREES
    return Match.ELSEWHERE if wanted in fold(page.text) else Match.DIFFERS if stated else Match.SILENT


def _day(known: object, found: Found) -> Match:
    if not isinstance(known, date):
        return Match.UNKNOWN
    # The address is the record's own, whatever is served there.
    stated = [item for item in found.get(Field.PUBLISHED, ()) if item.source != "url"]
    if any(_is_near(known, [item.value]) for item in stated if item.confidence >= OWN):
        return Match.AGREES
    if any(_is_near(known, [item.value]) for item in stated):
        return Match.ELSEWHERE
    return Match.DIFFERS if stated else Match.SILENT


def _dated(record: Record, found: Found) -> Match:
    """Compare the day in the record's own address with those that the page states itself."""
    known = in_address(record.url or "")
    stated = [item.value for item in found.get(Field.PUBLISHED, ()) if item.source != "url" and item.confidence >= OWN]
    return Match.AGREES if any(known in days_of(moment) for moment in stated) else Match.UNKNOWN


def _is_near(known: date, moments: Iterable[date | datetime]) -> bool:
    # A day to either side: the record may hold the day of Greenwich, the page its own.
    mine = days_of(known)
    return any(abs(one - other) <= ONE_DAY for moment in moments for one in days_of(moment) for other in mine)


def _picture(known: object, found: Found) -> Match:
    if not isinstance(known, str) or not known or Picture(known).is_placeholder:
        return Match.UNKNOWN
    stated = [item for item in found.get(Field.IMAGE, ()) if isinstance(item.value, Picture)]
    mine = Picture(known).key
    if any(item.value.key == mine for item in stated if item.confidence >= OWN):
        return Match.AGREES
    if any(item.value.key == mine for item in stated):
        return Match.ELSEWHERE
    return Match.DIFFERS if stated else Match.SILENT


def _address(record: Record, fetch: Fetch, found: Found) -> Match:
    """Compare where a page came from, and what it says its address is, with what the record knows."""
    asked = archive.original_of(fetch.target.url)
    known = [str(url) for url in (record.url, record.get(Key.WEB_URL), asked) if url]
    stated = [str(item.value) for item in found.get(Field.CANONICAL, ())]
    home = landing.language(asked)
    if any(home and landing.language(url) not in ("", home) for url in (fetch.url, *stated[:1])):
        return Match.DIFFERS
    if site(fetch.url) not in {site(url) for url in known}:
        return Match.DIFFERS
    own = [url for url in stated if site(url) == site(fetch.url)]
    if not own:
        return Match.SILENT
    return (
        Match.AGREES if any(same(url, mine) or _is_kin(url, mine) for url in own for mine in known) else Match.DIFFERS
    )


def _is_kin(one: str, other: str) -> bool:
    """Tell whether two addresses name one article in two ways: by the same last step, or the same id."""
    mine, yours = (landing.names(url) for url in (one, other))
    return bool(mine & yours)
