"""A standing: whether a link lives, is failing, is dead or cannot be told, from all that was observed of it over time.

One look never decides: servers are down for an hour, walls go up and come down, our own network fails. A link is dead
by a rule only, which asks for strikes in a row, apart, and over days in which every look was a strike.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile
from typing import Final, Self

from crawler.history import History
from crawler.observation import Observation, Weight

STRIKES: Final = 3
"""Strikes in a row that make a link dead, by default; Wikipedia's InternetArchiveBot asks for as many."""

APART: Final = timedelta(days=3)
"""Time between two strikes that count; InternetArchiveBot's, too: most outages are over by then."""

WATCHED: Final = timedelta(days=2.5)
"""What the time between two strikes counts for at most, so that it takes four looks to watch a link for a week, however
long after each other they are taken: between looks that are weeks apart it may have come back and failed once more."""

RETURNS: Final = 3
"""Returns from a row of strikes, each of which asks for one strike more the next time, up to so many: links of servers
that are often down are struck more often than they die."""

OPEN_ROW: Final = 5
"""Looks in a row that told nothing, after which a link is listed as one that cannot be told."""

UNSEEN: Final = timedelta(days=200)
"""Time without a look after which what was seen before is no part of a row: longer than links are ever left alone, and
shorter than the jump of a clock that lost its battery."""

SKEW: Final = timedelta(days=1)
"""How far into the future an observation may be: clocks of two machines differ, broken ones are not believed."""


class Life(StrEnum):
    """What a link's history says of it."""

    ALIVE = "alive"
    FAILING = "failing"
    DEAD = "dead"
    UNSURE = "unsure"


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

    def condemns(self, row: Sequence[Strike]) -> bool:
        """Tell whether the strikes of a row, oldest first, are enough."""
        stretch = self._stretch(row)
        if len(self.counted(stretch)) < self.needed:
            return False
        return _watched(stretch) >= self.over and stretch[-1].seen.convicts

    def counted(self, row: Sequence[Strike]) -> list[Observation]:
        """Return the strikes that count, each far enough from the one before."""
        counted: list[Observation] = []
        for seen in (strike.seen for strike in row if strike.seen.weight >= self.least):
            if not counted or seen.at - counted[-1].at >= self.apart:
                counted.append(seen)
        return counted

    def earliest(self, row: Sequence[Strike]) -> datetime | None:
        """Return when the link can be dead by this rule at the earliest; None where no strike is heavy enough."""
        stretch = self._stretch(row)
        counted = self.counted(stretch)
        if not counted:
            return None
        missing = self.needed - len(counted)
        return max(counted[-1].at + missing * self.apart, stretch[-1].seen.at + self.over - _watched(stretch))

    def _stretch(self, row: Sequence[Strike]) -> Sequence[Strike]:
        """Return a row from the first to the last strike that is heavy enough; lighter ones between keep it watched."""
        heavy = [index for index, strike in enumerate(row) if strike.seen.weight >= self.least]
        return row[heavy[0] : heavy[-1] + 1] if heavy else ()

    def after(self, returns: int) -> Self:
        """Return the rule for a link that has come back so often before; where one strike is enough, it stays so."""
        return self if self.needed == 1 else replace(self, needed=self.needed + min(returns, RETURNS))

    def __str__(self) -> str:
        if self.needed == 1:
            return self.name
        return f"{self.name} {self.needed} times in a row, {_days(self.apart)} apart, over {_days(self.over)} or more"


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


@dataclass(frozen=True, slots=True)
class Standing:
    """What a link's history says of it, by which rule, and because of which observations, oldest first.

    ``since`` is when the present row of observations began, ``last`` when the link was last looked at; both None for
    one that never was.
    """

    life: Life
    rule: str
    because: tuple[Observation, ...] = ()
    since: datetime | None = None
    last: datetime | None = None

    @property
    def reason(self) -> str:
        """The rule and what was observed, in words."""
        seen = "; ".join(map(str, self.because))
        return f"{self.rule}: {seen}" if seen else self.rule


NEVER_SEEN: Final = Standing(Life.UNSURE, "never looked at")


def stand(
    history: History, now: datetime, by: Sequence[Rule] = rules(), forgiven: Collection[str] = frozenset()
) -> Standing:
    """Say what a history means at a time; ``forgiven`` are states that the link's host was wrongly held to before."""
    seen = [one for one in history if one.at <= now + SKEW and one.weight is not Weight.NOTHING]
    life, row = _rows(seen, forgiven)
    strikes = _strikes(row, forgiven)
    by = [rule.after(_returns(seen, forgiven)) for rule in by] if strikes else by
    if rule := next((rule for rule in by if strikes and rule.condemns(strikes)), None):
        because = tuple(strike.seen for strike in strikes if strike.seen.weight >= rule.least)
        return Standing(Life.DEAD, str(rule), because, because[0].at, row[-1].at)
    told_nothing = tuple(_told_nothing(row, forgiven))
    if len(told_nothing) < OPEN_ROW and len(strikes) == 1 and strikes[0].seen.weight is Weight.WEAK:
        return _once(strikes[0].seen, row[-1].at)
    if len(told_nothing) < OPEN_ROW and strikes:
        return _failing(strikes, row[-1].at, by)
    if len(told_nothing) < OPEN_ROW and life:
        return _alive(life, row)
    return _unsure(told_nothing) if told_nothing else NEVER_SEEN


def lesson(standing: Standing) -> frozenset[str]:
    """Return what a host is to be forgiven from now on, where a person says that a failing or dead link of it lives."""
    return frozenset(seen.state for seen in standing.because if seen.weight.is_strike)


def _rows(seen: Sequence[Observation], forgiven: Collection[str]) -> tuple[list[Observation], list[Observation]]:
    """Return the last unbroken row of signs of life, and all that was observed since; no row spans a time `UNSEEN`."""
    life: list[Observation] = []
    row: list[Observation] = []
    for index, one in enumerate(seen):
        if index and one.at - seen[index - 1].at > UNSEEN:
            life, row = [], []
        if one.weight is not Weight.LIFE:
            row.append(one)
            continue
        if any(other.weighed(forgiven).is_strike for other in row):
            life = []
        life, row = [*life, one], []
    return life, row


def _returns(seen: Sequence[Observation], forgiven: Collection[str]) -> int:
    """Return how often a sign of life has followed upon a strike."""
    told = [weight for one in seen if (weight := one.weighed(forgiven)) is not Weight.OPEN]
    return sum(before.is_strike and after is Weight.LIFE for before, after in pairwise(told))


def _strikes(row: Sequence[Observation], forgiven: Collection[str]) -> list[Strike]:
    strikes: list[Strike] = []
    blind = True
    for one in row:
        if not one.weighed(forgiven).is_strike:
            blind = True
            continue
        strikes.append(Strike(one, timedelta() if blind else min(one.at - strikes[-1].seen.at, WATCHED)))
        blind = False
    return strikes


def _watched(row: Sequence[Strike]) -> timedelta:
    return sum((strike.watched for strike in row[1:]), timedelta())


def _told_nothing(row: Sequence[Observation], forgiven: Collection[str]) -> list[Observation]:
    """Return the looks at the end of a row that told nothing."""
    return list(takewhile(lambda one: not one.weighed(forgiven).is_strike, reversed(row)))[::-1]


def _alive(life: Sequence[Observation], row: Sequence[Observation]) -> Standing:
    said = "seen alive, and nothing told since" if row else "seen alive"
    return Standing(Life.ALIVE, said, (life[-1], *row), life[0].at, (*life, *row)[-1].at)


def _failing(strikes: Sequence[Strike], last: datetime, by: Sequence[Rule]) -> Standing:
    at, index = min((at, index) for index, rule in enumerate(by) if (at := rule.earliest(strikes)))
    rule = by[index]
    when = f"dead on {at:%Y-%m-%d} at the earliest" if at > last else "dead if struck once more"
    said = f"{rule.name}, {len(rule.counted(strikes))} of {rule.needed} times that count, {when}"
    return Standing(Life.FAILING, said, tuple(strike.seen for strike in strikes), strikes[0].seen.at, last)


def _once(seen: Observation, last: datetime) -> Standing:
    """One look that found no server, or a broken one, is as likely to be bad luck."""
    return Standing(Life.UNSURE, "no answer of use, but only once", (seen,), seen.at, last)


def _unsure(told_nothing: tuple[Observation, ...]) -> Standing:
    looks = len(told_nothing)
    said = (
        f"cannot be told, {looks} times in a row" if looks >= OPEN_ROW else f"not told in {looks} of {OPEN_ROW} looks"
    )
    return Standing(Life.UNSURE, said, told_nothing, told_nothing[0].at, told_nothing[-1].at)


def _days(time: timedelta) -> str:
    return f"{time / timedelta(days=1):g} days"
