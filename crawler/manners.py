"""The manners of a run: whom it asks how fast, and whom not now; the same whatever it speaks HTTP with.

What is heeded, each over those before it: the configuration, Crawl-delay, what earlier complaints of a site have
taught, and Retry-After.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from crawler import archive
from crawler.breaker import Breaker
from crawler.config import Config
from crawler.errors import StateError
from crawler.fetch import Failure, Problem
from crawler.pace import Pace
from crawler.pause import DEFAULT_PAUSE, pause_of
from crawler.restraint import Restraint
from crawler.robots import MAX_CRAWL_DELAY
from crawler.state.restraints import Restraints
from crawler.target import Role
from crawler.url import site

PACES: Final = 5_000
"""Sites whose pace is kept, those that were asked last; one that is asked again later has had its delay."""

PATIENCE: Final = timedelta(seconds=60)
"""Longest time that a site may ask to be left alone for that is waited for, not skipped."""

OF_ARCHIVE: Final[Mapping[str, float]] = {
    Role.ARCHIVE_INDEX: archive.INDEX_DELAY,
    Role.ARCHIVE: archive.REPLAY_DELAY,
}
"""Seconds between two requests of queues that have limits of their own, of one request at a time."""

Paces = OrderedDict[str, Pace]
"""By registered domain, or the name of a queue, those that were asked last at the end."""

_SERVER_ERROR: Final = 500


class Manners:
    """``breaker`` knows who cannot be reached, ``memory`` who has complained in earlier runs; ``now`` is the clock.

    ``paces`` are those of another part of the same run that went before. ``room`` is for the requests that are under
    way; who waits for the turn of a site takes none.
    """

    def __init__(
        self,
        config: Config,
        breaker: Breaker,
        memory: Restraints,
        now: Callable[[], datetime],
        paces: Paces | None = None,
    ) -> None:
        self.config = config
        self.breaker = breaker
        self.memory = memory
        self.now = now
        self.paces = OrderedDict() if paces is None else paces
        self.known: dict[str, Restraint] | None = None
        self.waited: dict[str, datetime] = {}
        self.room = asyncio.Semaphore(config.concurrency)

    def skipped(self, url: str) -> Problem | None:
        """Return why a URL is not to be asked at all, None where it may be."""
        return Problem(Failure.SKIPPED, "by the configuration") if self.config.policy(url).skip else None

    def problem(self, url: str) -> Problem | None:
        """Return why a URL is not to be asked now, None where it may be."""
        now, name = self.now(), site(url)
        restraint = self.restraints.get(name)
        if restraint and restraint.is_resting(now) and self.waited.get(name) != restraint.until:
            until = f"{restraint.until:%Y-%m-%d %H:%M:%S}"
            return Problem(Failure.RATE_LIMITED, f"{name} wants no request before {until} UTC")
        return self.breaker.problem(url, now)

    def pace(self, url: str, queue: str = "") -> Pace:
        """Return the pace of a URL's site, or of a ``queue`` that has one of its own."""
        name = queue or site(url)
        if name not in self.paces:
            self.paces[name] = self._pace(url, queue)
            while len(self.paces) > PACES and next(iter(self.paces.values())).is_idle:
                self.paces.popitem(last=False)
        self.paces.move_to_end(name)
        return self.paces[name]

    def _pace(self, url: str, queue: str) -> Pace:
        if queue in OF_ARCHIVE:
            return Pace(OF_ARCHIVE[queue], 1)
        policy = self.config.policy(url)
        pace = Pace(policy.delay, policy.per_site)
        pace.learned = self.restraints.get(site(url), Restraint()).delay(policy.delay)
        return pace

    @property
    def is_asking(self) -> bool:
        """Whether any request has left to which no answer has come."""
        return any(pace.asking for pace in self.paces.values())

    def heed(self, url: str, delay: float) -> Problem | None:
        """Ask the site of a URL no faster than the robots.txt of its host asks for, in seconds.

        Returns why the URL is not to be asked, where that is longer than anybody wants to wait, None where it may be.
        """
        if delay > max(MAX_CRAWL_DELAY, self.config.policy(url).delay):
            return Problem(Failure.ROBOTS, f"robots.txt asks for {delay:g} seconds between requests, more than `delay`")
        pace = self.pace(url)
        pace.wish = max(pace.wish, delay)
        return None

    def hear(
        self, url: str, status: int, retry_after: str, *, queue: str = "", usual: timedelta = DEFAULT_PAUSE
    ) -> timedelta | None:
        """Heed what an answer says of the time to wait, and return that; None where it says nothing.

        ``usual`` is how long a site is left alone that does not say for how long.
        """
        now, name = self.now(), site(url)
        before = self.restraints.get(name, Restraint())
        pause = pause_of(status, retry_after, now, usual * 2**before.level)
        if pause:
            self._keep(name, before.complained(now, now + pause), now)
        elif status < _SERVER_ERROR and before.level:
            self._keep(name, before.answered(), now)
        if after := self.restraints.get(name):
            pace = self.pace(url, queue)
            pace.learned = after.delay(pace.delay)
        return pause

    def wait(self, url: str, pause: timedelta, queue: str = "") -> bool:
        """Have the site of a URL given a rest that is waited for; False where it is too long, or one too many."""
        if pause > PATIENCE or not self.pace(url, queue).rest(pause):
            return False
        name = site(url)
        if until := self.restraints[name].until:
            self.waited[name] = until
        return True

    @property
    def restraints(self) -> dict[str, Restraint]:
        """What is known of sites that have complained."""
        if self.known is None:
            self.known = self.memory.all()
        return self.known

    def _keep(self, name: str, restraint: Restraint, now: datetime) -> None:
        if restraint != self.restraints.get(name, Restraint()):
            self.restraints[name] = restraint
            with suppress(StateError):  # where nothing can be kept, every record says so
                self.memory.put(name, restraint, now)
