"""The dispatch: which link is looked at next, so that all sites are asked side by side, none faster than it may be."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import islice
from typing import Final

from crawler.frontier import Ask, Frontier

LOOKERS: Final = 2_000
"""Links that are being looked at at a time; most of them wait for the turn of their site."""

SITES: Final = 200
"""Sites that are begun with side by side."""


async def dispatch(
    frontier: Frontier, look: Callable[[Ask], Awaitable[None]], share: Callable[[str], int], lookers: int = LOOKERS
) -> None:
    """Have every address of a frontier looked at; ``share`` is the number of requests that a site may have at a time.

    The first error of a look ends all others, and is raised.
    """
    room = asyncio.Semaphore(lookers)
    sites = frontier.sites()
    async with asyncio.TaskGroup() as group:
        while some := [(frontier.asks(site), min(share(site), number)) for site, number in islice(sites, SITES)]:
            # Each site has its first turn before any has its second: the fewer at a time, the fewer connections.
            for turn in range(max(most for _, most in some)):
                for asks in (asks for asks, most in some if turn < most):
                    await room.acquire()
                    group.create_task(_all(asks, look, room))


async def _all(asks: Iterator[Ask], look: Callable[[Ask], Awaitable[None]], room: asyncio.Semaphore) -> None:
    try:
        for ask in asks:
            await look(ask)
    finally:
        room.release()
