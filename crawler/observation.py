"""An observation: what one look at a link saw and when, and what that weighs when many of them are read together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final

from crawler.verdict import State

FORGIVEN: Final = "forgiven"
"""The state of an observation that a person made: the link lives, whatever was seen before."""


class Weight(IntEnum):
    """What a state says of a link's life; strikes are in the order of how much they prove."""

    NOTHING = 0
    """The link was not asked."""

    OPEN = 1
    """It was asked, and the answer says nothing of it: a wall, a rate limit, trouble of the network."""

    LIFE = 2

    WEAK = 3
    """A strike that living links are dealt, too: an overloaded server, a lost connection."""

    STRONG = 4
    """A strike that somebody meant: the server knows nothing of this address, or sends readers elsewhere."""

    OUTRIGHT = 5
    """A strike that leaves little to doubt: gone for good, for sale, no such name."""

    IMPOSSIBLE = 6
    """No such address can be asked, today or ever."""

    @property
    def is_strike(self) -> bool:
        """Whether it speaks against the link."""
        return self >= Weight.WEAK


WEIGHTS: Final[dict[State, Weight]] = {
    State.OK: Weight.LIFE,
    State.MOVED_PERMANENTLY: Weight.LIFE,
    State.MOVED_TEMPORARILY: Weight.LIFE,
    State.PAYWALLED: Weight.LIFE,
    State.WITHDRAWN: Weight.LIFE,  # readers still get it
    State.DRIFTED: Weight.LIFE,  # another text, but somebody keeps the page: to be shown, not to be given up
    State.GONE: Weight.OUTRIGHT,
    State.PARKED: Weight.OUTRIGHT,
    State.DNS_FAILURE: Weight.OUTRIGHT,
    State.NOT_FOUND: Weight.STRONG,
    State.SOFT_404: Weight.STRONG,
    State.REDIRECT_HOME: Weight.STRONG,
    State.FORBIDDEN: Weight.WEAK,  # here, and nowhere else on its host: it may be for readers of some country only
    State.SERVER_ERROR: Weight.WEAK,
    State.TIMEOUT: Weight.WEAK,
    State.UNREACHABLE: Weight.WEAK,
    State.CONNECTION_REFUSED: Weight.WEAK,
    State.CONNECTION_RESET: Weight.WEAK,
    State.REDIRECT_LOOP: Weight.WEAK,
    State.EMPTY: Weight.WEAK,
    State.BLOCKED: Weight.OPEN,
    State.LOGIN: Weight.OPEN,  # many servers ask for it at any address, whatever is behind it
    State.RATE_LIMITED: Weight.OPEN,
    State.LEGAL: Weight.OPEN,
    State.DNS_TROUBLE: Weight.OPEN,
    State.TLS_FAILURE: Weight.OPEN,
    State.TOO_LARGE: Weight.OPEN,
    State.PROTOCOL_ERROR: Weight.OPEN,  # browsers put up with more than our client does
    State.UNSAFE_ADDRESS: Weight.OPEN,
    State.ROBOTS_DISALLOWED: Weight.OPEN,
    State.ROBOTS_UNREACHABLE: Weight.OPEN,
    State.UNKNOWN: Weight.OPEN,
    State.INVALID_URL: Weight.IMPOSSIBLE,
    State.NOT_IN_ARCHIVE: Weight.NOTHING,
    State.SITE_NOT_ANSWERING: Weight.NOTHING,
    State.NETWORK_DOWN: Weight.NOTHING,
    State.SKIPPED: Weight.NOTHING,
}
"""The weight of each state."""

_BY_NAME: Final = {str(state): weight for state, weight in WEIGHTS.items()} | {FORGIVEN: Weight.LIFE}

_NOTHING_SENT: Final = frozenset(
    {State.DNS_FAILURE, State.CONNECTION_REFUSED, State.UNREACHABLE, State.INVALID_URL},
)


@dataclass(frozen=True, slots=True)
class Observation:
    """What was observed of a link at one time.

    ``state`` is a value of `crawler.verdict.State`, or `FORGIVEN`. ``full`` says that a GET was sent as browsers send
    it, so that neither the method nor missing headers can be to blame. ``detail`` are the marks that were seen.
    """

    at: datetime
    state: str
    full: bool
    detail: str = ""

    @property
    def weight(self) -> Weight:
        """What it says; a state of another version of recrawl, which this one does not know, can mean anything."""
        return _BY_NAME.get(self.state, Weight.OPEN)

    def weighed(self, forgiven: Collection[str]) -> Weight:
        """Return what it says on a host to which some states have been forgiven: no strike is believed again there."""
        weight = self.weight
        return Weight.OPEN if weight.is_strike and self.state in forgiven else weight

    @property
    def convicts(self) -> bool:
        """Whether it may be the last word: nothing that we sent, or failed to send, can have been the reason."""
        return self.full or self.state in _NOTHING_SENT

    @property
    def order(self) -> tuple[datetime, bool, str, bool, str]:
        """The key by which observations stand in a history; of one moment, a sign of life comes last, and so counts."""
        return self.at, self.weight is Weight.LIFE, self.state, self.full, self.detail

    def __str__(self) -> str:
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.at:%Y-%m-%d} {self.state}{detail}"


def forgiveness(at: datetime) -> Observation:
    """Return the observation of a person who says that a link lives."""
    return Observation(at, FORGIVEN, full=True)
