"""An allowance: the requests that a run may send in all, and until when; every request that leaves is counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler.fetch import Failure, Problem

USUAL: Final = 4
"""Requests that one article usually takes at most: robots.txt, its page, its AMP page or where it was redirected to, a
picture. A record is begun only if so many are left for each of its articles, so that what is begun is finished."""


@dataclass
class Allowance:
    """What one run may use. ``requests`` is None for no bound, and so is ``until``.

    ``spent`` are the requests that have left: pages, robots.txt, redirects, second attempts, pictures, sitemaps and the
    controls of a link check, all alike. ``refused`` are those that were to be sent and were not.
    """

    requests: int | None = None
    until: datetime | None = None
    spent: int = 0
    refused: int = 0

    def spend(self, now: datetime) -> Problem | None:
        """Count a request that is about to leave; return why it may not."""
        problem = self.problem(now)
        if problem:
            self.refused += 1
        else:
            self.spent += 1
        return problem

    def problem(self, now: datetime) -> Problem | None:
        """Return why no request may leave any more, None where one may."""
        if self.requests is not None and self.spent >= self.requests:
            return Problem(Failure.SKIPPED, f"the budget of {self.requests:,} requests is spent")
        if self.until is not None and now >= self.until:
            return Problem(Failure.SKIPPED, "the time of this run is over")
        return None

    def has_room(self, needed: int, promised: int) -> bool:
        """Tell whether what may need so many requests can be begun, while so many are promised to what is under way."""
        if self.requests is None:
            return True
        return self.requests - self.spent - promised >= min(needed, self.requests)
