"""A recheck: when a link's standing asks for another look, as far as link rot goes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from crawler.observation import Weight
from crawler.standing import OPEN_ROW, Life, Standing

Ladder = tuple[tuple[timedelta, timedelta], ...]
"""How long to wait, by how long things have been as they are: (for less than this, wait so long), the last for ever."""

LADDERS: Final[Mapping[Life, Ladder]] = {
    Life.ALIVE: (
        (timedelta(days=14), timedelta(days=7)),
        (timedelta(days=74), timedelta(days=30)),
        (timedelta.max, timedelta(days=90)),
    ),
    Life.DEAD: (
        (timedelta(days=16), timedelta(days=7)),
        (timedelta(days=44), timedelta(days=30)),
        (timedelta.max, timedelta(days=180)),
    ),
}
"""Living links are seen thrice in two weeks, then every month, then every season. The dead are looked at after a week,
a month, half a year: some return."""

FAILING: Final = timedelta(hours=20)
"""After a strike: once a day, whatever the hour of the run. Strikes that count are days apart; the looks between them
can only save a link: in the stormy world of `benchmarks/linkrot` both that are called dead without them, and the
others have their verdict 6 days sooner, for 10 % more requests."""

OPEN: Final = timedelta(days=3)
"""After a look that told nothing: rate limits and troubles of the network have passed by then."""

CANNOT_BE_TOLD: Final = timedelta(days=30)
"""After many of them: a wall is not talked down by knocking more often."""


def due(standing: Standing) -> datetime | None:
    """Return when a link is to be looked at next; None for one that never was, which is due at once."""
    if standing.last is None or standing.since is None:
        return None
    return standing.last + _wait(standing, standing.last - standing.since)


def _wait(standing: Standing, time: timedelta) -> timedelta:
    # Many looks that were forgiven tell nothing, too; a single strike stands alone.
    struck_once = standing.life is Life.UNSURE and [one.weight for one in standing.because] == [Weight.WEAK]
    if standing.life is Life.FAILING or struck_once:
        return FAILING
    if standing.life is Life.UNSURE:
        return CANNOT_BE_TOLD if len(standing.because) >= OPEN_ROW else OPEN
    if standing.life is Life.ALIVE and standing.because[-1].weight is not Weight.LIFE:
        return OPEN
    return next(wait for limit, wait in LADDERS[standing.life] if time < limit)
