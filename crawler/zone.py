"""A zone: how far a page's clocks stand from Greenwich, told by holding its dates against one another.

Templates print local clocks without a zone, or stamp them with a ``Z`` that is not true. What the same moment looks
like in another place of the page gives them away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Final, Self

from crawler import territory
from crawler.moment import Moment
from crawler.site import Site

FARTHEST: Final = timedelta(hours=14)
"""The farthest that a clock stands from Greenwich."""

QUARTER: Final = timedelta(minutes=15)
"""All zones stand whole quarters of an hour apart (tzdata)."""

CLOSE: Final = timedelta(days=45)
"""How far apart two dates may be to share an offset: clocks change twice a year."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The exact times of a page: ``instants`` have a zone, ``naive`` have none.

    ``shown`` are the instants of another zone than Greenwich's by the minute that their clocks show; ``country`` is
    where the page is written.
    """

    instants: tuple[datetime, ...]
    naive: tuple[datetime, ...]
    shown: Mapping[datetime, datetime]
    site: Site
    country: str | None

    @classmethod
    def of(cls, moments: Iterable[Moment], site: Site, url: str) -> Self:
        """Collect the exact times among moments; midnight is what templates make of a day."""
        exact = [moment for moment in dict.fromkeys(moments) if isinstance(moment, datetime) and is_exact(moment)]
        instants = tuple(moment for moment in exact if moment.tzinfo)
        shown = {_minute(one.replace(tzinfo=None)): one for one in reversed(instants) if one.utcoffset()}
        return cls(
            instants,
            tuple(moment for moment in exact if not moment.tzinfo),
            shown,
            site,
            territory.of_host(url),
        )

    def corrected(self, moment: Moment) -> Moment:
        """Return a moment in the zone that the other clocks tell, as a day where its clock says nothing."""
        if not isinstance(moment, datetime):
            return moment
        if moment.tzinfo is None:
            return self._placed(moment) if is_exact(moment) else moment.date()
        return moment if moment.utcoffset() else self._unstamped(moment)

    def _placed(self, clock: datetime) -> datetime:
        offset = _paired(clock, self.instants) or self._sibling(clock) or self._usual(clock)
        return clock if offset is None else clock.replace(tzinfo=timezone(offset))

    def _unstamped(self, moment: datetime) -> Moment:
        """Return what is stamped as Greenwich's in the zone that it may be of; the instant changes only where another
        source has the same clock, or the true instant, with its zone."""
        naive = moment.replace(tzinfo=None)
        if (same := self.shown.get(_minute(naive))) is not None:
            return same
        if (true := self._true(moment)) is not None:
            return true
        offset = next((found for clock in self.naive if (found := _paired(clock, [moment]))), None) or self._usual(
            naive
        )
        local = moment.astimezone(timezone(offset)) if offset else moment
        return local if is_exact(local) else local.date()

    def _true(self, moment: datetime) -> datetime | None:
        """Return the instant of which a moment is the local clock, where both are stamped as Greenwich's."""
        offsets = territory.offsets(self.country, moment.replace(tzinfo=None)) if self.country else frozenset()
        for other in self.instants:
            if not other.utcoffset() and other != moment and moment - other in offsets:
                return other.astimezone(timezone(moment - other))
        return None

    def _sibling(self, clock: datetime) -> timedelta | None:
        offsets = (
            instant.utcoffset() for instant in self.instants if abs(instant.replace(tzinfo=None) - clock) < CLOSE
        )
        return next(filter(None, offsets), None)

    def _usual(self, clock: datetime) -> timedelta | None:
        if (seen := self.site.offset(clock)) is not None:
            return seen
        offsets = territory.offsets(self.country, clock) if self.country else frozenset()
        return next(iter(offsets)) if len(offsets) == 1 else None


def is_exact(moment: datetime) -> bool:
    """Tell whether a clock says more than that a day begins."""
    return moment.time() != time()


def _paired(clock: datetime, instants: Sequence[datetime]) -> timedelta | None:
    """Return the offset at which a clock shows one of the instants."""
    for instant in instants:
        offset = _minute(clock) - _minute(instant.astimezone(UTC).replace(tzinfo=None))
        if offset and abs(offset) <= FARTHEST and offset % QUARTER == timedelta():
            return offset
    return None


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
