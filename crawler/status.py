"""A status: how the records of a folder stand, as far as is remembered, and the numbers of that."""

import heapq
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from typing import Final, NamedTuple

from crawler.agenda import Item, Known, alternated, is_due, order
from crawler.schedule import HORIZON
from crawler.standing import Life, Standing, stand
from crawler.state import Filed, State
from crawler.url import host

AGES: Final = (
    ("in the last day", timedelta(days=1)),
    ("in the last week", timedelta(days=7)),
    ("in the last 30 days", timedelta(days=30)),
    ("in the last 90 days", timedelta(days=90)),
    ("in the last year", timedelta(days=365)),
    ("longer ago", timedelta.max),
)
NEVER: Final = "never"
_LIMITS: Final = [most for _, most in AGES]


class Condition(NamedTuple):
    """How one record stands: as an item of the agenda, whether it is due, and what is known of its article's life.

    ``standing`` is None for an article that answered when it was last asked, or never was.
    """

    item: Item
    is_due: bool
    standing: Standing | None = None

    @property
    def life(self) -> Life | None:
        """What its link's history says of an article that gave nothing to read when it was last asked."""
        return self.standing.life if self.standing else None


@dataclass
class Counts:
    """Numbers of records: in all, due, stale, and those whose article is failing, dead or cannot be told."""

    records: int = 0
    due: int = 0
    stale: int = 0
    lives: Counter[Life] = field(default_factory=Counter)

    def add(self, condition: Condition, *, is_stale: bool) -> None:
        """Count one record."""
        self.records += 1
        self.due += condition.is_due
        self.stale += is_stale
        if condition.life:
            self.lives[condition.life] += 1


@dataclass
class Status:
    """The numbers of a folder: of all records, by site and by when they were last read; ``best`` are due first."""

    total: Counts = field(default_factory=Counts)
    sites: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    ages: Counter[str] = field(default_factory=Counter)
    failed: list[Condition] = field(default_factory=list)
    best: Sequence[Item] = ()


def conditions(records: Iterable[Filed], known: Known, state: State, now: datetime) -> Iterator[Condition]:
    """Yield how each record stands."""
    for filed in records:
        item = known.item(filed, now)
        track = item.track
        has_failed = track.asked is not None and (track.read is None or track.asked > track.read)
        yield Condition(item, is_due(item, now), _standing(filed.url, state, now) if has_failed else None)


def _standing(url: str, state: State, now: datetime) -> Standing:
    return stand(state.urls.history(url), now, forgiven=state.hosts.get(host(url)).forgiven)


def status(found: Sequence[Condition], known: Known, now: datetime, stale: timedelta, shown: int) -> Status:
    """Count records; ``stale`` are those that were not read for so long, ``shown`` the number that is named as next."""
    counted = Status()
    for condition in found:
        read = condition.item.track.read
        age = now - read if read else None
        is_stale = age is None or age > stale
        counted.total.add(condition, is_stale=is_stale)
        counted.sites[condition.item.site].add(condition, is_stale=is_stale)
        counted.ages[NEVER if age is None else AGES[bisect_left(_LIMITS, age)][0]] += 1
        if condition.standing:
            counted.failed.append(condition)
    counted.best = best([one.item for one in found if one.is_due], known, now, shown)
    return counted


def best(items: Sequence[Item], known: Known, now: datetime, shown: int) -> list[Item]:
    """Return the first items of their agenda, without weighing those that cannot be among them."""
    unread = heapq.nsmallest(shown, (item for item in items if item.worth == inf), key=order)
    read = _worthiest([item for item in items if item.worth != inf], known, now, shown)
    return alternated(unread, read)[:shown]


def _worthiest(items: Sequence[Item], known: Known, now: datetime, shown: int) -> list[Item]:
    """Return those of which a request buys the most."""
    found: list[Item] = []
    least = inf
    for item in sorted(items, key=lambda one: -one.doubt):
        # What a request buys is at most the doubt that it takes away, for as long as it is counted.
        if len(found) >= shown and item.doubt * HORIZON <= least:
            break
        found = heapq.nsmallest(shown, (*found, known.weighed(item, now)), key=order)
        least = found[-1].worth
    return found
