"""The dates of a record: filled where there are none, corrected where the page knows nothing of what stands there."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from crawler.change import Change
from crawler.evidence import Choice, Evidence, Field
from crawler.frontmatter import Stamp
from crawler.layout import Key
from crawler.moment import Moment, day_of, days_of
from pipelines.reconcile.case import Case

LEAST_TRUST: Final = 0.6
"""Trust in a source from which on its date may fill a record that has none."""

PROOF: Final = 0.9
"""Trust in the best source that it takes, with another one that agrees, to correct a date."""

SLACK: Final = timedelta(days=1)
"""Two days this far apart may be one: a record may hold the day of Greenwich, a page that of its readers."""


def settle(case: Case) -> Iterator[Change]:
    """Yield the changes that the dates need, if any."""
    change = _published(case)
    if change:
        yield change


def _published(case: Case) -> Change | None:
    old = case.record.get(Key.PUBLISHED)
    evidence = case.evidence(Field.PUBLISHED, "day", is_proof=old is not None)
    choice = case.choose(Field.PUBLISHED, evidence)
    if choice is None:
        return None
    new = to_write(choice.value)
    if old is None:
        stamp = Stamp(new, case.record.layout.date_like)
        return case.change(Key.PUBLISHED, stamp, "there was none", choice.support) if _is_sure(choice) else None
    if not isinstance(old, date) or not _is_disproved(old, choice, case):
        return None
    seen = tuple(f"{item.source}: {item.said}" for item in evidence[:5])
    return case.change(Key.PUBLISHED, new, "the page knows another day, not this one", choice.support, seen)


def to_write(moment: Moment) -> Moment:
    """Return an instant where it is known as one, else its day.

    A clock without a zone is no instant, and midnight is how templates write a day; either would become another day
    where the record has the time of Greenwich.
    """
    is_instant = isinstance(moment, datetime) and moment.tzinfo is not None and moment.time() != time()
    return moment if is_instant else day_of(moment)


def _is_sure(choice: Choice) -> bool:
    return choice.confidence >= LEAST_TRUST


def _is_disproved(old: Moment, choice: Choice, case: Case) -> bool:
    """Tell whether a page speaks for another day, and with nothing at all for the one that stands.

    One source is enough where the page agrees with all else that the record says, else it takes two that agree.
    """
    stated = case.visit.evidence(Field.PUBLISHED, Field.UPDATED, vouched_without="day")
    if _is_near(old, choice.value) or any(_is_near(old, moment) for item in stated for moment in _readings(item)):
        return False
    is_sure = any(reading.likeness.without("day").is_complete for reading in case.visit.readings)
    return choice.confidence >= PROOF and (is_sure or len(choice.sources) > 1)


def _readings(item: Evidence) -> Iterator[Moment]:
    yield item.value
    if item.other is not None:
        yield item.other


def _is_near(one: Moment, other: Moment) -> bool:
    """Tell whether two moments may be one: near each other, or the same numbers with day and month exchanged."""
    if _exchanged(one) in days_of(other):
        return True
    return any(abs(mine - yours) <= SLACK for mine in days_of(one) for yours in days_of(other))


def _exchanged(moment: Moment) -> date | None:
    day = day_of(moment)
    return date(day.year, day.day, day.month) if day.day <= 12 else None
