"""A world: articles that are edited soon after they appear, a few that never stop changing, and all of them go."""

import math
import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

BEGIN: Final = datetime(2027, 1, 1, 6, tzinfo=UTC)
HOSTS: Final = 6
EDITS: Final = 0.68
"""Edits of an article over its life, on average (Timmerman et al.); those of outlets differ by a lognormal factor."""

LIVING: Final = 0.03
MIXTURE: Final = ((0.45, 2.0), (0.37, 10.0), (0.13, 60.0), (0.05, 1500.0))
"""Shares of edits, and the mean of their hours after publication: 82 % in the first day (GDELT)."""

ROT: Final = 0.05 / (365 * 24)


@dataclass
class Article:
    """One article: when it came out and changed, and when it goes, in hours since the first run."""

    number: int
    published: float
    changes: list[float]
    gone: float

    @property
    def title(self) -> str:
        """Its headline."""
        return f"Story {self.number} of the harbour office, and what became of it"

    @property
    def at(self) -> datetime:
        """When it came out."""
        return (BEGIN + timedelta(hours=self.published)).replace(microsecond=0)

    def version(self, now: float) -> int:
        """Return how often it has changed; -1 when it is gone."""
        return -1 if now >= self.gone else bisect_right(self.changes, now)

    def stale(self, reads: Sequence[float], end: float) -> float:
        """Return the hours for which it was out of date, from its first read on, if it was read then."""
        events = sorted({*self.changes, self.gone})
        total = 0.0
        for read, following in zip(reads, [*reads[1:], end], strict=True):
            later = next((change for change in events if change > read), math.inf)
            total += max(following - later, 0.0)
        return total


def world(records: int, days: int, seed: int) -> list[Article]:
    """Return articles: two in five are there at the first run, the others appear during the year."""
    chance = random.Random(seed)
    outlets = [math.exp(chance.gauss(-0.18, 0.6)) for _ in range(HOSTS)]
    return [_article(number, outlets[number % HOSTS], days * 24.0, chance) for number in range(records)]


def _article(number: int, busy: float, end: float, chance: random.Random) -> Article:
    published = -chance.uniform(24, 2 * 365 * 24) if chance.random() < 0.4 else chance.uniform(0, end)
    ages: list[float] = []
    weights, means = zip(*MIXTURE, strict=True)
    expected, drawn = EDITS * busy, chance.expovariate(1)
    while drawn < expected:
        ages.append(chance.expovariate(1 / chance.choices(means, weights)[0]))
        drawn += chance.expovariate(1)
    if chance.random() < LIVING:
        age = chance.expovariate(1 / 100)
        while published + age < end:
            ages.append(age)
            age += chance.expovariate(1 / 100)
    return Article(number, published, sorted(published + age for age in ages), published + chance.expovariate(ROT))
