"""The choice of a date: candidates held against one another, for the day first, then for the instant of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import log
from typing import Final

from crawler.evidence import Choice, Evidence, Field
from crawler.moment import Moment, day_of, days_of, order_of
from crawler.site import Site
from crawler.zone import FARTHEST, Clocks, is_exact

FIELDS: tuple[Field, ...] = (Field.PUBLISHED, Field.UPDATED)

LEAST: Final = 0.25
"""Trust below which nothing is said: more of such dates are wrong than right."""

LIKELY: Final = 0.5
"""Trust from which on a date is likelier than none."""

SHOWN: Final = 0.8
"""Trust from which on a visible date is one that readers take for the article's."""

SHOWN_BY: Final = frozenset({"text", "time"})
"""Kinds of sources that readers see."""

APART: Final = timedelta(days=2)
"""Days that no two zones explain."""


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Settle on the day for which most independent sources speak, then on the best known instant of it."""
    if field is Field.UPDATED and not any(item.field is field for item in evidence):
        return None
    possible = _possible(evidence, site, now)
    stated, rule = [item for item in possible if item.field is field], "stated"
    if field is Field.PUBLISHED and not any(item.confidence >= LIKELY for item in stated):
        stated, rule = possible, "the likeliest of what is there, for want of a sure date of publication"
    stated = [item for item in stated if item.confidence >= LEAST]
    if not stated:
        return None
    best = max(stated, key=_weights(stated))
    if field is Field.PUBLISHED and (shown := _shown_instead(best, possible)) is not None:
        best, rule = shown, "the day that readers are shown"
        stated = [*stated, best]
    support = [item for item in dict.fromkeys(stated) if _agree(item.value, best.value)]
    return Choice(field, _instant(best, support), rule, tuple(support), best.confidence)


def _possible(evidence: Sequence[Evidence], site: Site, now: datetime) -> list[Evidence]:
    """Return the dates that are not to come, numbers in the likelier order, clocks in their zone."""
    latest = (now + timedelta(days=2)).date()
    found = [
        item for item in _in_order(evidence, site, latest) if item.field in FIELDS and day_of(item.value) <= latest
    ]
    if not found:
        return []
    clocks = Clocks.of((item.value for item in found), site, found[0].url)
    return [_with(item, clocks.corrected(item.value)) for item in found]


def _with(item: Evidence, value: Moment) -> Evidence:
    return item if value is item.value else replace(item, value=value)


def _in_order(stated: Sequence[Evidence], site: Site, latest: date) -> list[Evidence]:
    """Read numbers in the order in which they agree with what is not ambiguous, else as they are not to come, else in
    the order of the site."""
    if all(item.other is None for item in stated):
        return [*stated]
    certain = {day for item in stated if item.other is None and item.field in FIELDS for day in days_of(item.value)}
    return [
        replace(item, value=item.other, other=item.value) if _is_swapped(item, certain, site, latest) else item
        for item in stated
    ]


def _is_swapped(item: Evidence, certain: set[date], site: Site, latest: date) -> bool:
    """Tell whether the other reading of numbers is the right one."""
    if item.other is None or day_of(item.value) in certain or day_of(item.other) > latest:
        return False
    if day_of(item.other) in certain or day_of(item.value) > latest:
        return True
    return site.order is not None and order_of(item.said, day_of(item.other)) == site.order


def _shown_instead(best: Evidence, possible: Sequence[Evidence]) -> Evidence | None:
    """Return the date beside the headline of a page whose meta elements alone declare another: they name the day on
    which a text came into the system, or its last change, while the page tells readers since when it is there.

    Only where it is the one day that the page shows, too far apart for any zone, and neither JSON-LD nor the URL speaks
    for the declared day, nor an update for the shown one. What is shown as an update that came before publication is
    the day of publication.
    """
    shown = [item for item in possible if item.confidence >= SHOWN and _is_shown(item, best)]
    if not best.source.startswith("meta") or len({day_of(item.value) for item in shown}) != 1:
        return None
    found = max(shown, key=lambda item: item.confidence)
    for item in possible:
        if not item.source.startswith("meta") and _agree(item.value, best.value):
            return None
        if item.field is Field.UPDATED and item not in shown and _agree(item.value, found.value):
            return None
    return found if _are_apart(found.value, best.value) else None


def _is_shown(item: Evidence, best: Evidence) -> bool:
    is_early = item.field is Field.PUBLISHED or day_of(item.value) < day_of(best.value)
    return is_early and item.source.partition(" ")[0] in SHOWN_BY


def _are_apart(one: Moment, other: Moment) -> bool:
    """Tell whether no two zones explain that two moments differ."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one.replace(tzinfo=None) - other.replace(tzinfo=None)) > FARTHEST
    return abs(day_of(one) - day_of(other)) >= APART


def _weights(stated: Sequence[Evidence]) -> Callable[[Evidence], tuple[float, float]]:
    """Return how much speaks for a date: the best source in full, each other kind of source by half of its weight.

    Kinds of sources fail together, since one system writes them all; sources of one kind are copies.
    """
    known = [(days_of(item.value), item.source.partition(" ")[0], _weight(item.confidence)) for item in stated]
    support: dict[frozenset[date], float] = {}
    for days in {days for days, _, _ in known}:
        kinds: dict[str, float] = {}
        for others, kind, weight in known:
            if not days.isdisjoint(others):
                kinds[kind] = max(kinds.get(kind, 0.0), weight)
        best, *rest = sorted(kinds.values(), reverse=True)
        support[days] = best + sum(rest) / 2
    return lambda item: (support[days_of(item.value)], item.confidence)


def _weight(confidence: float) -> float:
    trust = min(confidence, 0.99)
    return max(log(trust / (1 - trust)) + 1, 0.0)


def _agree(one: Moment, other: Moment) -> bool:
    return not days_of(one).isdisjoint(days_of(other))


def _instant(best: Evidence, support: Sequence[Evidence]) -> Moment:
    instants = [item for item in support if isinstance(item.value, datetime)]
    if not instants:
        return day_of(best.value)
    chosen = max(instants, key=lambda item: (is_exact(item.value), item.value.tzinfo is not None, item.confidence))
    found: datetime = chosen.value
    return found
