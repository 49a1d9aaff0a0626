"""A habit: how one record has changed while it was watched, and what that makes likely of its next hours.

Articles are edited soon after they appear, and hardly ever a month later; a few are living pages, which change for as
long as they are there; and all of them go, one in twenty a year. So a record of age x changes at the rate

    edits * pace(x) + flow + ROT

where nobody knows its ``edits`` (their number over its life) and its ``flow`` (changes an hour of a living page). Both
are gamma distributed, and so is what remains likely of them after any number of looks; the rates themselves are
integrated out, and a record that was never looked at needs no special case. All times and ages are in hours.
"""

import math
from bisect import bisect_right
from typing import Final, NamedTuple

DAY: Final = 24.0
YEAR: Final = 365 * DAY

ROT: Final = 0.05 / YEAR
"""Articles that go, of those that live: 38 % in ten years (Pew Research Center, 2024)."""

_KNOTS: Final = (0.0, 4.0, DAY, 7 * DAY, YEAR)
_SHARES: Final = (0.0, 0.45, 0.82, 0.95, 1.0)
"""Of all edits of an article's body, the share that has come by some ages. 82 % by one day: GDELT's Global Difference
Graph, over a billion articles that were read twice; the others continue it, between the two hours that separate the
edits of breaking stories (Saltzis, 2012) and those that come months later. In between it grows as the logarithm of age,
as attention to news does."""

_LOGS: Final = tuple(map(math.log1p, _KNOTS))
_SLOPES: Final = tuple((_SHARES[i + 1] - _SHARES[i]) / (_LOGS[i + 1] - _LOGS[i]) for i in range(len(_LOGS) - 1))


def share(age: float) -> float:
    """Return the share of its edits that an article has behind it at an age, from 0 to 1."""
    if age <= 0 or age >= YEAR:
        return 0.0 if age <= 0 else 1.0
    log = math.log1p(age)
    step = bisect_right(_LOGS, log) - 1
    return _SHARES[step] + _SLOPES[step] * (log - _LOGS[step])


def pace(age: float) -> float:
    """Return the share of its edits that an article gets in an hour, at an age."""
    if age < 0 or age >= YEAR:
        return 0.0
    return _SLOPES[bisect_right(_LOGS, math.log1p(age)) - 1] / (1 + age)


class Habit(NamedTuple):
    """What was seen of a record's changes.

    ``edits`` and ``flow`` count its changes, by what they are likely to have been, in fractions; ``seen`` is the share
    of its edits, and ``watched`` the hours, that lie between its first look and its last.
    """

    edits: float = 0.0
    seen: float = 0.0
    flow: float = 0.0
    watched: float = 0.0


class Belief(NamedTuple):
    """What is likely of a record: ``edits ~ Gamma(a, b)``, ``flow ~ Gamma(c, d)``, each a shape and a rate."""

    a: float
    b: float
    c: float
    d: float

    def still(self, edits: float, hours: float) -> float:
        """Return how likely it is that nothing changes in some hours, in which falls a share of all edits."""
        edited, flowed = math.log1p(edits / self.b), math.log1p(hours / self.d)
        return math.exp(-self.a * edited - self.c * flowed - ROT * hours)

    def expected(self, edits: float, hours: float) -> tuple[float, float]:
        """Return the number of edits, and of other changes, to be expected in such a time."""
        return self.a / self.b * edits, self.c / self.d * hours


def after(habit: Habit, belief: Belief, age: float, since: float, *, changed: bool) -> Habit:
    """Return a habit after one more look, at an age, ``since`` hours after the one before.

    One look cannot tell one change from five, nor what they were: it counts for as many as are to be expected where
    there is at least one, in proportion to what was likely (one step of expectation maximization).
    """
    gone = share(age) - share(age - since)
    edits, flow = belief.expected(gone, since)
    likely = edits + flow
    # Of a Poisson number with this mean, the mean where it is not zero.
    found = (likely / -math.expm1(-likely) if likely > 1e-9 else 1.0) if changed else 0.0
    part = edits / likely if likely else 0.0
    return Habit(habit.edits + found * part, habit.seen + gone, habit.flow + found * (1 - part), habit.watched + since)
