"""A schedule: how much freshness one more request to a record buys, in hours, so that the best are asked first.

A record is fresh while nothing has changed at its address since it was last read. For a page that changes at a constant
rate the index below is the optimal one of Azar et al. (PNAS 2018) and of Cho and Garcia-Molina (TODS 2003).
"""

import math
from dataclasses import dataclass
from typing import Final

from crawler.habit import DAY, ROT, Belief, pace, share
from crawler.signal import SILENCE, Heard

HORIZON: Final = 30 * DAY
"""What a request buys is counted for so long: who knows what a page will be like later."""

_STEPS: Final = 20
_SHORTEST: Final = 0.2
_GRID: Final = (0.0, *(_SHORTEST * (HORIZON / _SHORTEST) ** (step / (_STEPS - 1)) for step in range(_STEPS)))
"""Times after a request at which it is looked whether it still pays: young pages change within the hour."""


@dataclass(frozen=True, slots=True)
class Due:
    """How a record stands: the chance that it has changed since it was read, and the ``worth`` of a request."""

    doubt: float
    worth: float


def doubt(belief: Belief, age: float, since: float, heard: Heard = SILENCE) -> float:
    """Return how likely it is that a record of an age has changed in the hours since it was last read."""
    return 1 - heard.still(belief, age, since)


def worth(belief: Belief, age: float, doubt: float) -> float:
    """Return the hours of freshness that a request buys now, until the record is as doubtful as it is now.

    Where it pays to wait, because the record changes faster now than it will soon, the worth is less. At the best time
    to ask (the derivative of all fresh time by that time is zero) an hour more of doubt costs what is lost because a
    page that is read now is older by an hour when it is next asked for. Of how far it is from that, the square root
    counts: an early look also teaches (with all of it as many records are fresh, and edits are found later).
    """
    before, now, bought, lost = share(age), 1 - doubt, 0.0, 0.0
    speed = pace(age)
    still, loss, last = 1.0, speed * belief.a / belief.b + belief.c / belief.d + ROT, 0.0
    for hours in _GRID[1:]:
        edits = share(age + hours) - before
        later = belief.still(edits, hours)
        if later <= now:
            # The part of the step in which it still pays, as if it fell in a line.
            part = (still - now) / (still - later) * (hours - last)
            return _less(bought + (still - now) / 2 * part, lost + loss * part, doubt)
        rate = (speed * belief.a / (belief.b + edits) + belief.c / (belief.d + hours) + ROT) * later
        bought += ((still + later) / 2 - now) * (hours - last)
        lost += (loss + rate) / 2 * (hours - last)
        still, loss, last = later, rate, hours
    return _less(bought, lost, doubt)


def _less(bought: float, lost: float, doubt: float) -> float:
    return bought * math.sqrt(min(1.0, doubt / lost)) if lost else bought
