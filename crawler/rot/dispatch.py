"""The dispatch: which link is looked at next, so that all sites are asked side by side, none faster than it may be."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

from crawler.frontier import Ask, Frontier

LOOKERS: Final = 2_000
"""Links that are being looked at at a time; most of them wait for the turn of their site."""


async def dispatch(frontier: Frontier, look: Callable[[Ask], Awaitable[None]], share: Callable[[str], int]) -> None:
    """Have every address of a frontier looked at; ``share`` is the number of requests that a site may have at a time.

    The first error of a look ends all others, and is raised.
    """
    room = asyncio.Semaphore(LOOKERS)
    async with asyncio.TaskGroup() as group:
        for site, number in frontier.sites():
            asks = frontier.asks(site)
            for _ in range(min(share(site), number)):
                await room.acquire()
                group.create_task(_all(asks, look, room))


async def _all(asks: Iterator[Ask], look: Callable[[Ask], Awaitable[None]], room: asyncio.Semaphore) -> None:
    try:
        for ask in asks:
            await look(ask)
    finally:
        room.release()
