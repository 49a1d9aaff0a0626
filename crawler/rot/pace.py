"""A pace: how fast one site is asked, whoever asks it for what."""

import asyncio
from datetime import timedelta
from typing import Final

from crawler.config import SitePolicy

RESTS: Final = 3
"""Rests that a site is given in one run before it is left alone for the rest of it."""


class Pace:
    """Requests to one site, as its policy has them: so many at a time, and ``delay`` seconds from one to the next.

    Who sends one does so in the block of an ``async with``.
    """

    def __init__(self, policy: SitePolicy) -> None:
        self.policy = policy
        self.delay = policy.delay
        self.room = asyncio.Semaphore(policy.per_site)
        self.busy = 0
        self.next = 0.0
        self.rests = 0

    async def __aenter__(self) -> None:
        """Wait for a turn, and hold it."""
        self.busy += 1
        try:
            await self.room.acquire()
        except BaseException:
            self.busy -= 1
            raise
        try:
            await self._wait()
        except BaseException:
            await self.__aexit__()
            raise

    async def __aexit__(self, *_: object) -> None:
        """Give the turn to the next."""
        self.room.release()
        self.busy -= 1

    async def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        while (wait := self.next - loop.time()) > 0:  # noqa: ASYNC110 - it may have been put off meanwhile
            await asyncio.sleep(wait)
        self.next = loop.time() + self.delay

    @property
    def is_idle(self) -> bool:
        """Whether nobody has a turn, and the next may begin at once."""
        return self.busy == 0 and self.next <= asyncio.get_running_loop().time()

    def rest(self, pause: timedelta) -> bool:
        """Let nobody have a turn for a while; False where the site has been given enough rests."""
        if self.rests >= RESTS:
            return False
        self.rests += 1
        self.next = max(self.next, asyncio.get_running_loop().time() + pause.total_seconds())
        return True
