"""A rule: when strikes in a row make a link dead, and how far a row of them meets it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Self

from crawler.observation import Observation, Weight

STRIKES: Final = 3
"""Strikes in a row that make a link dead, by default; Wikipedia's InternetArchiveBot asks for as many."""

APART: Final = timedelta(days=3)
"""Time between two strikes that count; InternetArchiveBot's, too: most outages are over by then."""

WATCHED: Final = timedelta(days=2)
"""What the time between two strikes counts for at most, so that it takes five looks to watch a link for a week, however
long after each other they are taken: between looks that are days apart it may have come back and failed once more, and
looks that a circuit breaker dropped are not seen here at all."""

RETURNS: Final = 3
"""Returns from a row of strikes, each of which asks for one strike more the next time, up to so many: links of servers
that are often down are struck more often than they die."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A strike of a row, and the time from the one before that was watched: none if a look between them told nothing,
    and `WATCHED` at most."""

    seen: Observation
    watched: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Rule:
    """When strikes in a row make a link dead.

    There have to be ``needed`` of a weight of at least ``least``, each ``apart`` from the one before, and ``over`` so
    long a time that was watched; nothing that we sent may be to blame for the last.
    """

    name: str
    least: Weight
    needed: int
    apart: timedelta = timedelta()
    over: timedelta = timedelta()

    def reckon(self, row: Sequence[Strike]) -> "Reckoning":
        """Return how far the strikes of a row, oldest first, meet this rule."""
        heavy = [index for index, strike in enumerate(row) if strike.seen.weight >= self.least]
        # Lighter strikes between heavy ones keep the time watched.
        stretch = row[heavy[0] : heavy[-1] + 1] if heavy else ()
        counted: list[Observation] = []
        for seen in (strike.seen for strike in stretch if strike.seen.weight >= self.least):
            if not counted or seen.at - counted[-1].at >= self.apart:
                counted.append(seen)
        watched = sum((strike.watched for strike in stretch[1:]), timedelta())
        return Reckoning(self, tuple(counted), watched, stretch[-1].seen if stretch else None)

    def after(self, returns: int) -> Self:
        """Return the rule for a link that has come back so often before; where one strike is enough, it stays so."""
        return self if self.needed == 1 else replace(self, needed=self.needed + min(returns, RETURNS))

    def __str__(self) -> str:
        if self.needed == 1:
            return self.name
        return f"{self.name} {self.needed} times in a row, {_days(self.apart)} apart, over {_days(self.over)} or more"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How far a row of strikes meets a rule: those that count, the time that was watched, and the last of them all."""

    rule: Rule
    counted: tuple[Observation, ...]
    watched: timedelta
    last: Observation | None

    @property
    def condemns(self) -> bool:
        """Whether that is enough."""
        is_enough = len(self.counted) >= self.rule.needed and self.watched >= self.rule.over
        return is_enough and self.last is not None and self.last.convicts

    @property
    def earliest(self) -> datetime | None:
        """When the link can be dead by this rule at the earliest; None where no strike is heavy enough."""
        if self.last is None:
            return None
        missing = self.rule.needed - len(self.counted)
        return max(self.counted[-1].at + missing * self.rule.apart, self.last.at + self.rule.over - self.watched)

    def __str__(self) -> str:
        rule = self.rule
        said = f"{rule.name}, {len(self.counted)} of {rule.needed} times that count"
        return f"{said}, watched for {_days(self.watched)} of {_days(rule.over)}" if rule.over else said


def rules(strikes: int = STRIKES) -> tuple[Rule, ...]:
    """Return the rules for a number of strikes: one fewer is enough where little is left to doubt, one more is needed
    where living links are struck, too. With 1, for one-off checks as in CI, what is struck once is dead, unless living
    links are struck so, too."""
    impossible = Rule("no such address can be asked", Weight.IMPOSSIBLE, 1)
    week = timedelta(days=7)
    if strikes <= 1:
        once = Rule("one strike is enough here", Weight.STRONG, 1)
        return impossible, once, Rule("no answer of use", Weight.WEAK, 2, APART, APART)
    return (
        impossible,
        Rule("gone, for sale or without a name", Weight.OUTRIGHT, max(strikes - 1, 2), APART, week),
        Rule("not there", Weight.STRONG, strikes, APART, week),
        Rule("no answer of use", Weight.WEAK, strikes + 1, APART, 2 * week),
    )


def _days(time: timedelta) -> str:
    return f"{time / timedelta(days=1):g} days"
