"""An account: all that is remembered of one link, and what it means by which rule, for who asks why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from crawler import recheck
from crawler.history import History
from crawler.observation import Observation, Weight
from crawler.rule import Reckoning, Rule
from crawler.standing import Life, Standing, reckon, stand
from crawler.state import Answer, Host, Move, State
from crawler.url import host


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of a link.

    ``reckonings`` say how far each rule is met, ``due`` when it is to be looked at next; None if that is at once.
    """

    url: str
    history: History
    standing: Standing
    reckonings: tuple[Reckoning, ...]
    host: Host
    answer: Answer | None
    move: Move | None
    due: datetime | None

    @classmethod
    def of(cls, state: State, url: str, now: datetime, by: Sequence[Rule]) -> Self:
        """Return what a state knows of a URL, exactly as it is written."""
        history, known = state.urls.history(url), state.hosts.get(host(url))
        standing = stand(history, now, by, known.forgiven)
        return cls(
            url=url,
            history=history,
            standing=standing,
            reckonings=reckon(history, now, by, known.forgiven),
            host=known,
            answer=state.urls.get(url),
            move=state.urls.move(url),
            due=recheck.due(standing),
        )

    @property
    def life(self) -> Life:
        """Whether the link lives, fails, is dead, or cannot be told."""
        return self.standing.life

    def counts_as(self, seen: Observation) -> str:
        """Return what an observation counts as on this host, in words."""
        is_forgiven = seen.weight is not seen.weighed(self.host.forgiven)
        return "forgiven" if is_forgiven else _COUNTS[seen.weight]


_COUNTS: Final = {
    Weight.NOTHING: "no look",
    Weight.OPEN: "nothing",
    Weight.LIFE: "life",
    Weight.WEAK: "weak strike",
    Weight.STRONG: "strong strike",
    Weight.OUTRIGHT: "outright strike",
    Weight.IMPOSSIBLE: "impossible",
}
