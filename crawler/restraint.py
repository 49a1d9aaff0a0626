"""A restraint: what a site's own requests for less have taught of how fast it is to be asked, kept across runs."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

SLOWEST: Final = 60.0
"""Seconds between two requests at most, however often a site has complained."""

CALM: Final = 20
"""Answers without a complaint after which a site is asked twice as fast again."""

_LEAST: Final = 0.5
_HIGHEST: Final = 7


@dataclass(frozen=True, slots=True)
class Restraint:
    """Every complaint (429, or 503 with Retry-After) halves how fast a site is asked, every `CALM` answers double it.

    ``level`` is how often it was halved, ``calm`` the number of answers since. ``until`` is when it wants to be asked
    again.
    """

    level: int = 0
    calm: int = 0
    until: datetime | None = None

    def delay(self, usual: float) -> float:
        """Return the seconds from one answer to the next request, 0 where nothing is to be added to the usual delay."""
        if not self.level:
            return 0.0
        return max(usual, min(max(usual, _LEAST) * float(2**self.level), SLOWEST))

    def complained(self, now: datetime, until: datetime) -> Self:
        """Return what is known after a complaint; those that come until the site may be asked again are one."""
        is_known = self.is_resting(now)
        level = self.level if is_known else min(self.level + 1, _HIGHEST)
        return replace(self, level=level, calm=0, until=max(until, self.until or until))

    def answered(self) -> Self:
        """Return what is known after an answer that was no complaint."""
        if not self.level:
            return self
        if self.calm + 1 < CALM:
            return replace(self, calm=self.calm + 1)
        return replace(self, level=self.level - 1, calm=0)

    def is_resting(self, now: datetime) -> bool:
        """Tell whether the site wants to be left alone now."""
        return self.until is not None and now < self.until
