"""The dates of a record: filled where there are none, corrected where the page knows nothing of what stands there."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from crawler.evidence import Choice, Evidence, Field
from crawler.frontmatter import Stamp
from crawler.layout import Key
from crawler.moment import Moment, day_of, days_of
from crawler.place import holds
from pipelines.reconcile.case import Case, Decision, seen

LEAST_TRUST: Final = 0.6
"""Trust in a source from which on its date may fill a record that has none."""

PROOF: Final = 0.8
"""Trust in the best source that it takes to correct a date."""

RIVAL: Final = 0.9
"""Trust in a source from which on another day that it states makes all of them doubtful."""

SLACK: Final = timedelta(days=1)
"""Two days this far apart may be one: a record may hold the day of Greenwich, a page that of its readers."""


def settle(case: Case) -> Iterator[Decision]:
    """Yield what becomes of the dates."""
    if case.visit.readings:
        yield _published(case)
        yield _updated(case)


def _published(case: Case) -> Decision:
    old = case.record.get(Key.PUBLISHED)
    evidence = case.evidence(Field.PUBLISHED, "day", is_proof=old is not None)
    choice = case.choose(Field.PUBLISHED, evidence)
    if choice is None:
        return case.kept(Key.PUBLISHED, "no page that is surely the article states a day", evidence)
    if choice.confidence < LEAST_TRUST or _is_to_come(choice.value, case):
        return case.kept(Key.PUBLISHED, "what the page states is not to be trusted", evidence)
    if old is None:
        return case.change(Key.PUBLISHED, _stamp(choice.value, case), "there was none", choice.support)
    if not isinstance(old, date):
        return case.kept(Key.PUBLISHED, "what stands there is no date that could be written in its own shape", evidence)
    if not _is_disproved(old, choice, evidence, case):
        return case.kept(Key.PUBLISHED, "nothing proves it wrong", evidence)
    why = "the page knows another day, not this one"
    return case.change(Key.PUBLISHED, to_write(choice.value), why, choice.support, seen(evidence))


def _stamp(moment: Moment, case: Case) -> Stamp:
    return Stamp(to_write(moment), case.record.layout.date_like)


def to_write(moment: Moment) -> Moment:
    """Return an instant where it is known as one, else its day.

    A clock without a zone is no instant, and midnight is how templates write a day; either would become another day
    where the record has the time of Greenwich.
    """
    is_instant = isinstance(moment, datetime) and moment.tzinfo is not None and moment.time() != time()
    return moment if is_instant else day_of(moment)


def _is_disproved(old: Moment, choice: Choice, evidence: Sequence[Evidence], case: Case) -> bool:
    """Tell whether the pages speak for another day, and with nothing at all for the one that stands.

    One source is enough where the page is surely the article, else it takes two that are independent, and three where
    a fourth contradicts them. (Of 779 pages whose day is known, all speak for it in one way or another; the day that
    was settled on is it for 96 of 100 with one kind of source, for 99 with more, for 78 where another is stated.)
    """
    stated = case.visit.evidence(Field.PUBLISHED, Field.UPDATED, vouched_without="day")
    if _is_near(old, choice.value) or any(_is_near(old, moment) for item in stated for moment in _meanings(item)):
        return False
    kinds = len(_kinds(choice))
    if any(_contradicts(item, choice) for item in evidence):
        return kinds > 2
    is_sure = any(reading.likeness.without("day").is_complete for reading in case.visit.readings)
    return choice.confidence >= PROOF and (is_sure or kinds > 1)


def _contradicts(item: Evidence, choice: Choice) -> bool:
    """Tell whether a source that is to be trusted states another day; an address may have the day of a draft."""
    days = {day for one in choice.support for day in days_of(one.value)}
    slack = SLACK if item.source == "url" else timedelta()
    return item.confidence >= RIVAL and not any(abs(one - day) <= slack for one in days_of(item.value) for day in days)


def _kinds(choice: Choice) -> set[tuple[str, str]]:
    """Return what the sources of a value are independent by: the page, and what writes there."""
    return {(item.url, item.source.partition(" ")[0]) for item in choice.support}


def _meanings(item: Evidence) -> Iterator[Moment]:
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


def _is_to_come(moment: Moment, case: Case) -> bool:
    return min(days_of(moment)) > case.now.date() + SLACK


def _updated(case: Case) -> Decision:
    """Keep the time of the last change up, where the record has a place for it or the configuration asks for one."""
    old = case.record.get(Key.UPDATED)
    places = case.record.layout.places.get(Key.UPDATED, ())
    if Key.UPDATED not in case.write and not any(holds(case.record.fields, place) for place in places):
        return case.kept(Key.UPDATED, "the record has none, and the configuration asks for none")
    evidence = case.evidence(Field.UPDATED, "", is_proof=True)
    choice = case.choose(Field.UPDATED, evidence)
    if choice is None or choice.confidence < LEAST_TRUST or _is_to_come(choice.value, case):
        return case.kept(Key.UPDATED, "no page that is surely the article states a later change", evidence)
    if _is_before(choice.value, case.record.get(Key.PUBLISHED)):
        return case.kept(Key.UPDATED, "the page states a time before it came out", evidence)
    if old is None:
        return case.change(Key.UPDATED, _stamp(choice.value, case), "there was none", choice.support)
    if not isinstance(old, date) or not _is_later(choice.value, old):
        return case.kept(Key.UPDATED, "the page states no later change", evidence)
    return case.change(Key.UPDATED, to_write(choice.value), "it was changed since", choice.support)


def _is_before(moment: Moment, published: Any) -> bool:
    return isinstance(published, date) and max(days_of(moment)) < min(days_of(published))


def _is_later(new: Moment, old: Moment) -> bool:
    """Tell whether a moment comes after another; two on one day can be told apart by their instants only."""
    both = [one for one in (new, old) if isinstance(one, datetime) and one.tzinfo]
    if len(both) == 2:
        return both[0] - both[1] >= timedelta(minutes=1)
    return min(days_of(new)) > max(days_of(old))
