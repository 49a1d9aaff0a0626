"""Find: all that the pages of a visit state, kept only where they prove to be the record's article."""

from collections.abc import Iterator
from dataclasses import replace

from crawler import archive, directives
from crawler.change import Outcome
from crawler.comparison import compare
from crawler.evidence import Evidence, Field
from crawler.fetch import Fetch
from crawler.likeness import Likeness, Match
from crawler.record import Record
from crawler.target import Role
from crawler.url import site
from crawler.verdict import State, Verdict
from crawler.visit import Reading, Visit
from pipelines import excerpt, fields


class FindPipeline:
    """``Visit + Verdict* -> Visit + Reading*``"""

    def process_item(self, item: Visit | Outcome) -> Visit | Outcome:
        """Read the pages that the judge let pass."""
        return item if isinstance(item, Outcome) else found(item)


def found(visit: Visit) -> Visit:
    """Return a visit with its readings, and those of the visits to its related entries."""
    is_gone = _is_gone(visit)
    pairs = [
        read(visit.record, fetch, verdict)
        if fetch.target.role is not Role.ARCHIVE
        else copied(visit.record, fetch, verdict, is_gone=is_gone)
        for fetch, verdict in zip(visit.fetches, visit.verdicts, strict=True)
    ]
    return replace(
        visit,
        verdicts=tuple(verdict for verdict, _ in pairs),
        readings=tuple(reading for _, reading in pairs if reading),
        related=tuple(found(one) for one in visit.related),
    )


def read(record: Record, fetch: Fetch, verdict: Verdict) -> tuple[Verdict, Reading | None]:
    """Return the reading of a page, or a verdict that it is another article than the record's."""
    if not verdict.state.is_article or fetch.page is None or fetch.target.role is Role.ARCHIVE_INDEX:
        return verdict, None
    evidence = tuple(fields.find(fetch.page))
    agreement = compare(record, fetch, fetch.page, evidence)
    if agreement.is_same_article:
        stated = tuple(_metadata(evidence)) if verdict.state is State.PAYWALLED else evidence
        return verdict, Reading(fetch, verdict, stated, agreement)
    state = State.PARKED if _is_hijacked(fetch, agreement) else State.DRIFTED
    return replace(verdict, state=state, evidence=(*verdict.evidence, str(agreement))), None


def copied(record: Record, fetch: Fetch, verdict: Verdict, *, is_gone: bool) -> tuple[Verdict, Reading | None]:
    """Return the reading of an archived copy, as `read` does, if it may be used.

    Only of a page that is gone for sure, that was free to read, and that did not ask to be kept out of archives.
    """
    if not is_gone or verdict.state is State.PAYWALLED or not directives.of(fetch).may_archive:
        reason = "it asks not to be copied" if is_gone else "the page itself is not surely gone"
        return replace(verdict, state=State.SKIPPED, evidence=(*verdict.evidence, reason)), None
    verdict, reading = read(record, fetch, verdict)
    if reading is None:
        return verdict, None
    # The address of the copy tells that it is one.
    return verdict, replace(reading, evidence=tuple(replace(one, url=fetch.target.url) for one in reading.evidence))


def _is_gone(visit: Visit) -> bool:
    own = [verdict for verdict in visit.verdicts if verdict.target.role in (Role.ARTICLE, Role.WEB)]
    return bool(own) and all(verdict.state in _GONE for verdict in own)


_GONE = frozenset((State.GONE, State.NOT_FOUND, State.DNS_FAILURE))


def _metadata(evidence: tuple[Evidence, ...]) -> Iterator[Evidence]:
    """Leave out the words of the text: a paywalled page gives only what it tells everybody of itself."""
    return (item for item in evidence if item.field is not Field.EXCERPT or item.source not in excerpt.TEXTS)


def _is_hijacked(fetch: Fetch, agreement: Likeness) -> bool:
    """Tell whether another registered domain answered, with nothing of the article."""
    told = (agreement.title, agreement.excerpt, agreement.day, agreement.picture)
    asked = archive.original_of(fetch.target.url)
    return site(fetch.url) != site(asked) and Match.DIFFERS in told and not any(one.is_there for one in told)
