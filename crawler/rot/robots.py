"""The robots of a run: each host's robots.txt, fetched once and shared by all who ask the host for something."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from crawler.fetch import Failure, Fetch, Problem
from crawler.robots import REMEMBERED, Rules, rules_of, rules_of_problem
from crawler.rot.diagnosis import NO_CONNECTION
from crawler.url import split


class Robots:
    """``fetch`` gets a robots.txt by its address."""

    def __init__(self, fetch: Callable[[str], Awaitable[Fetch]]) -> None:
        self.fetch = fetch
        self.known: OrderedDict[str, asyncio.Task[Rules]] = OrderedDict()

    async def rules(self, url: str) -> Rules:
        """Return the rules for a URL's host."""
        parts = split(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.known:
            self.known[origin] = asyncio.create_task(self._read(f"{origin}/robots.txt"))
            while len(self.known) > REMEMBERED and next(iter(self.known.values())).done():
                self.known.popitem(last=False)
        self.known.move_to_end(origin)
        rules = await asyncio.shield(self.known[origin])
        if rules.is_passing:
            self.known.pop(origin, None)
        return rules

    async def _read(self, url: str) -> Rules:
        fetch = await self.fetch(url)
        problem = fetch.problem
        if problem is None:
            return rules_of(fetch.status, fetch.body)
        if problem.failure is Failure.TIMEOUT and problem.detail != NO_CONNECTION:
            # It may be this file alone that takes so long.
            problem = Problem(Failure.PROTOCOL, problem.detail)
        return rules_of_problem(problem)
