"""A pace: how fast one site is asked, whoever asks it for what."""

import asyncio
from datetime import timedelta
from math import inf
from time import monotonic
from typing import Final

RESTS: Final = 3
"""Rests that are waited for in one run, before a site is left alone until it may be asked again."""


class Pace:
    """Requests to one site: ``share`` at a time, and so many seconds between them.

    ``delay`` is what we would keep of ourselves, ``wish`` the site's Crawl-delay, ``learned`` what its complaints have
    taught. The longest counts, from the end of one request to the begin of the next, as the first who heeded
    Crawl-delay had it (yandex.com/support/webmaster/robot-workings/crawl-delay.html): when a request begins at the
    server, nobody here knows, since a name is looked up before, and a connection made. Of several at a time, ``delay``
    is between their begins.

    Who sends a request does so in the block of an ``async with``; ``busy`` counts those who have a turn or wait for
    one, ``asking`` those who have one.
    """

    def __init__(self, delay: float, share: int) -> None:
        self.delay = delay
        self.wish = 0.0
        self.learned = 0.0
        self.share = share
        self.loop: asyncio.AbstractEventLoop | None = None
        self.room = asyncio.Semaphore(share)
        self.busy = 0
        self.asking = 0
        self.begun = self.ended = -inf
        self.rested = -inf
        self.rests = 0

    async def __aenter__(self) -> None:
        """Wait for a turn, and hold it."""
        if self.loop is not asyncio.get_running_loop():  # a run may have one after the other
            self.loop, self.room = asyncio.get_running_loop(), asyncio.Semaphore(self.share)
            self.busy = self.asking = 0
        self.busy += 1
        try:
            await self.room.acquire()
        except BaseException:
            self.busy -= 1
            raise
        try:
            await self._wait()
        except BaseException:
            self._leave()
            raise
        self.asking += 1

    async def __aexit__(self, *_: object) -> None:
        """Give the turn to the next."""
        self.asking -= 1
        self.ended = monotonic()
        self._leave()

    def _leave(self) -> None:
        self.room.release()
        self.busy -= 1

    async def _wait(self) -> None:
        # Not the loop's own time, which may stand still for some milliseconds, and differ from loop to loop.
        while (wait := self._next - monotonic()) > 0:  # noqa: ASYNC110 - it may have been put off meanwhile
            await asyncio.sleep(wait)
        self.begun = monotonic()

    @property
    def _next(self) -> float:
        """When the next request may begin."""
        own = max(self.wish, self.learned)
        behind = max(own, self.delay) if self.share == 1 else own
        return max(self.begun + max(own, self.delay), self.ended + behind, self.rested)

    @property
    def is_idle(self) -> bool:
        """Whether nobody has a turn, and the next may begin at once."""
        return self.busy == 0 and self._next <= monotonic()

    def rest(self, pause: timedelta) -> bool:
        """Let nobody have a turn for a while; False where the site has been given enough rests."""
        if self.rests >= RESTS:
            return False
        self.rests += 1
        self.rested = max(self.rested, monotonic() + pause.total_seconds())
        return True
