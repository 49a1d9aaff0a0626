"""The rulebook: the robots.txt of every host that a run asks for something, fetched once for all who ask."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

from crawler import robots
from crawler.errors import StateError
from crawler.fetch import Fetch
from crawler.robots import Rules
from crawler.state.robots import Robots
from crawler.url import split

REMEMBERED: Final = 1000
"""Hosts whose rules are kept parsed, those that were asked for last: some are hundreds of kilobytes."""


class Rulebook:
    """``fetch`` gets a robots.txt by its address, whatever the world does; ``memory`` has what earlier runs were told.

    A replay has no memory: what an archive holds is of another time.
    """

    def __init__(
        self, fetch: Callable[[str], Awaitable[Fetch]], memory: Robots | None, now: Callable[[], datetime]
    ) -> None:
        self.fetch = fetch
        self.memory = memory
        self.now = now
        self.known: OrderedDict[str, asyncio.Task[Rules]] = OrderedDict()

    async def rules(self, url: str) -> Rules:
        """Return the rules for a URL's host."""
        parts = split(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.known:
            # Set before anything is awaited, so that all who come meanwhile wait for the same answer.
            self.known[origin] = asyncio.create_task(self._rules(origin))
            while len(self.known) > REMEMBERED and next(iter(self.known.values())).done():
                self.known.popitem(last=False)
        self.known.move_to_end(origin)
        coming = self.known[origin]
        rules = coming.result() if coming.done() else await asyncio.shield(coming)
        if rules.is_passing:
            self.known.pop(origin, None)
        return rules

    async def _rules(self, origin: str) -> Rules:
        before = self.memory.get(origin) if self.memory else robots.Copy()
        if before.body is not None and before.is_fresh(self.now()):
            return Rules.of(before.body)
        found = robots.read(await self.fetch(f"{origin}/robots.txt"))
        after = before.after(found, self.now())
        if self.memory and after != before:
            # Where nothing can be kept, every record says so; this one costs a request in the next run.
            with suppress(StateError):
                self.memory.put(origin, after)
        return after.rules(found, self.now())
