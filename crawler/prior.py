"""A prior: what the records of an outlet, and those of all others, make likely of one that was hardly seen."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from crawler.habit import DAY, Belief, Habit

SHAPE: Final = 0.7
"""How unlike the articles of one outlet are: with 0.68 edits each, two in three are never edited, and breaking stories
are nine times (Timmerman et al., six Flemish outlets: 35 % of articles updated, 0.68 updates each)."""

EDITS: Final = (3.0, 4.0)
"""What is known of edits before any look: 3 for 4 whole lives of articles."""

OUTLET: Final = 4.0
"""Lives of articles after which an outlet's own edits count as much as those of all outlets."""

FLOW: Final = (0.03, 4.0)
"""What is known of living pages before any look: a shape, and how many records' looks it is worth."""

LIVING: Final = 10 * DAY
"""The scale of the flow: with its small shape, nearly all pages stand still, and a few change every week or two. Of 5,
7, 10, 15 and 30 days it does best over the altered worlds of `benchmarks/freshness.py`, on other seeds than those."""


@dataclass
class _Edits:
    """Edits, and the lives of articles in which they were seen."""

    found: float
    lives: float

    def add(self, habit: Habit) -> None:
        self.found += habit.edits
        self.lives += habit.seen


@dataclass(frozen=True)
class Prior:
    """The mean number of edits over an article's life, of each ``outlet`` and ``elsewhere``, and the flow's shape."""

    elsewhere: float = EDITS[0] / EDITS[1]
    outlets: dict[str, float] = field(default_factory=dict)
    flow: float = FLOW[0]

    @classmethod
    def of(cls, habits: Iterable[tuple[str, Habit]]) -> "Prior":
        """Return what records teach, each given by its outlet and its habit; an outlet of few leans on all others."""
        everywhere, outlets = _Edits(*EDITS), dict[str, _Edits]()
        living, looks = FLOW[0] * FLOW[1], FLOW[1]
        for outlet, habit in habits:
            if not habit.watched:
                continue
            everywhere.add(habit)
            if outlet not in outlets:
                outlets[outlet] = _Edits(0.0, 0.0)
            outlets[outlet].add(habit)
            # The number of living pages, not of their changes, tells how common they are; the looks count as in the
            # likelihood of a gamma's shape.
            living += min(habit.flow, 1.0)
            looks += math.log1p(habit.watched / LIVING)
        mean = everywhere.found / everywhere.lives
        means = {name: (OUTLET * mean + own.found) / (OUTLET + own.lives) for name, own in outlets.items()}
        return cls(mean, means, living / looks)

    def belief(self, outlet: str, habit: Habit) -> Belief:
        """Return what is likely of one record."""
        rate = SHAPE / self.outlets.get(outlet, self.elsewhere)
        return Belief(SHAPE + habit.edits, rate + habit.seen, self.flow + habit.flow, LIVING + habit.watched)
