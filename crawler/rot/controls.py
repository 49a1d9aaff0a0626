"""Controls: requests that nobody asked for, made to learn what an answer to a link is worth.

Each host's entrance, and an address in the folder of a link that nobody has published. They are made where an answer
is suspicious only, once for each host and folder, and shared by all links that they tell of.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final

from crawler.fetch import Fetch
from crawler.imprint import Imprint
from crawler.sibling import folder, home, shuffled, sibling
from crawler.url import host

SIBLINGS: Final = 2
"""Folders of a small host in which an address of nothing may be asked."""

SMALL: Final = 10
"""Links of a small host. A larger one may be asked for one sibling, and for one more for every hundred links."""

REMEMBERED: Final = 2_000
"""Hosts of which controls are kept, those that were asked last."""


@dataclass(slots=True)
class Known:
    """What controls have shown of one host: its entrance, and by folder its answers to nothing.

    ``telling`` are the folders in which a page was seen to be other than the answer to nothing. ``second`` is another
    answer to nothing, and whether the host looks for the words of an address where nothing is.
    """

    allowance: int
    home: "asyncio.Task[Imprint] | None" = None
    second: "asyncio.Task[tuple[Imprint, bool]] | None" = None
    siblings: dict[str, "asyncio.Task[Imprint]"] = field(default_factory=dict)
    telling: set[str] = field(default_factory=set)


class Controls:
    """``fetch`` asks for an address; ``links`` tells how many links of a URL's site there are."""

    def __init__(self, fetch: Callable[[str], Awaitable[Fetch]], links: Callable[[str], int], random: Random) -> None:
        self.fetch = fetch
        self.links = links
        self.random = random
        self.hosts: OrderedDict[str, Known] = OrderedDict()

    def of(self, url: str) -> Known:
        """Return what is known of a URL's host."""
        name = host(url)
        if name not in self.hosts:
            links = self.links(url)
            self.hosts[name] = Known(SIBLINGS if links <= SMALL else 1 + links // 100)
            while len(self.hosts) > REMEMBERED:
                self.hosts.popitem(last=False)
        self.hosts.move_to_end(name)
        return self.hosts[name]

    async def home(self, url: str) -> Imprint:
        """Return what the entrance of a URL's host answers."""
        known = self.of(url)
        if known.home is None:
            known.home = asyncio.create_task(self._ask(home(url)))
        return await asyncio.shield(known.home)

    async def nothing(self, url: str) -> Imprint:
        """Return what a URL's host answers where nothing is: in its folder, or in another that was asked before."""
        known = self.of(url)
        own = folder(url)
        if own not in known.siblings and len(known.siblings) < known.allowance:
            known.siblings[own] = asyncio.create_task(self._ask(sibling(url, self.random)))
        answer = known.siblings.get(own) or next(iter(known.siblings.values()))
        return await asyncio.shield(answer)

    async def second(self, url: str, mine: Imprint) -> tuple[Imprint, bool]:
        """Return a second answer of a host to nothing, in the words of a URL: what two of them differ in is chance.

        And whether it is what the URL itself gives, which is ``mine``: then the host searches for the words.
        """
        known = self.of(url)
        if known.second is None:
            known.second = asyncio.create_task(self._second(url, mine))
        return await asyncio.shield(known.second)

    async def _second(self, url: str, mine: Imprint) -> tuple[Imprint, bool]:
        second = await self._ask(shuffled(url, self.random))
        return second, mine.repeats_address and mine.is_same(second)

    def note_telling(self, url: str) -> None:
        """Note that a page is other than what its folder answers where nothing is."""
        self.of(url).telling.add(folder(url))

    def is_telling(self, url: str) -> bool:
        """Tell whether such a page was seen in a URL's folder."""
        return folder(url) in self.of(url).telling

    def told(self, url: str) -> Imprint | None:
        """Return what `nothing` would return at once, None where it would have to wait, or to ask."""
        known = self.of(url).siblings
        answer = known.get(folder(url)) or next(iter(known.values()), None)
        return answer.result() if answer and answer.done() else None

    async def _ask(self, url: str) -> Imprint:
        return Imprint.of(await self.fetch(url))
