"""A history: all that is remembered of one link, in a form in which two memories of it can be merged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from crawler.observation import Observation, Weight

KEPT: Final = 60
"""Observations that are kept, the newest: two a day over four weeks, twice the longest time that a rule looks at."""


@dataclass(frozen=True, slots=True)
class History:
    """Observations of one link, oldest first: of each UTC day the last of each weight, and the newest `KEPT` of these.

    So hourly runs do not push out what was seen a week ago. Made by `of` only; ``|`` merges what two machines have
    seen: it is associative, commutative and idempotent, for the same observation is kept whichever was merged first.
    """

    observations: tuple[Observation, ...] = ()

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> Self:
        """Return the history of observations that may come in any order, and more than once."""
        last: dict[tuple[int, Weight], Observation] = {}
        for observation in sorted(observations, key=lambda one: one.order):
            # Days of the epoch, for observations of one moment may be written in different zones.
            last[int(observation.at.timestamp()) // 86_400, observation.weight] = observation
        return cls(tuple(sorted(last.values(), key=lambda one: one.order)[-KEPT:]))

    def __or__(self, other: "History") -> "History":
        return History.of((*self.observations, *other.observations))

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def __len__(self) -> int:
        return len(self.observations)
