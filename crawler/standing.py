"""A standing: whether a link lives, is failing, is dead or cannot be told, from all that was observed of it over time.

One look never decides: servers are down for an hour, walls go up and come down, our own network fails. A link is dead
by a rule only, which asks for strikes in a row, apart, and over days in which every look was a strike.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile
from typing import Final

from crawler.history import History
from crawler.observation import Observation, Weight
from crawler.rule import WATCHED, Reckoning, Rule, Strike, rules

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
    life, row, strikes, returns = _read(history, now, forgiven)
    reckonings = [rule.after(returns).reckon(strikes) for rule in by] if strikes else []
    if found := next((one for one in reckonings if one.condemns), None):
        because = tuple(strike.seen for strike in strikes if strike.seen.weight >= found.rule.least)
        return Standing(Life.DEAD, str(found.rule), because, because[0].at, row[-1].at)
    told_nothing = tuple(_told_nothing(row, forgiven))
    if len(told_nothing) < OPEN_ROW and len(strikes) == 1 and strikes[0].seen.weight is Weight.WEAK:
        return _once(strikes[0].seen, row[-1].at)
    if len(told_nothing) < OPEN_ROW and strikes:
        return _failing(strikes, row[-1].at, reckonings)
    if len(told_nothing) < OPEN_ROW and life:
        return _alive(life, row)
    return _unsure(told_nothing) if told_nothing else NEVER_SEEN


def reckon(
    history: History, now: datetime, by: Sequence[Rule] = rules(), forgiven: Collection[str] = frozenset()
) -> tuple[Reckoning, ...]:
    """Return how far a history meets each rule, for who wants to know why it stands as it does."""
    _, _, strikes, returns = _read(history, now, forgiven)
    return tuple(rule.after(returns).reckon(strikes) for rule in by)


def lesson(standing: Standing) -> frozenset[str]:
    """Return what a host is to be forgiven from now on, where a person says that a failing or dead link of it lives."""
    return frozenset(seen.state for seen in standing.because if seen.weight.is_strike)


def _read(
    history: History, now: datetime, forgiven: Collection[str]
) -> tuple[list[Observation], list[Observation], list[Strike], int]:
    """Return the last row of signs of life, all looks since, the strikes of these, and how often it came back."""
    seen = [one for one in history if one.at <= now + SKEW and one.weight is not Weight.NOTHING]
    life, row = _rows(seen, forgiven)
    return life, row, _strikes(row, forgiven), _returns(seen, forgiven)


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


def _told_nothing(row: Sequence[Observation], forgiven: Collection[str]) -> list[Observation]:
    """Return the looks at the end of a row that told nothing."""
    return list(takewhile(lambda one: not one.weighed(forgiven).is_strike, reversed(row)))[::-1]


def _alive(life: Sequence[Observation], row: Sequence[Observation]) -> Standing:
    said = "seen alive, and nothing told since" if row else "seen alive"
    return Standing(Life.ALIVE, said, (life[-1], *row), life[0].at, (*life, *row)[-1].at)


def _failing(strikes: Sequence[Strike], last: datetime, reckonings: Sequence[Reckoning]) -> Standing:
    at, index = min((at, index) for index, one in enumerate(reckonings) if (at := one.earliest))
    nearest = reckonings[index]
    when = f"dead on {at:%Y-%m-%d} at the earliest" if at > last else "dead if struck once more"
    said = f"{nearest.rule.name}, {len(nearest.counted)} of {nearest.rule.needed} times that count, {when}"
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
