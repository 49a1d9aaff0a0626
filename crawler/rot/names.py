"""Names: looked up in threads within a time limit, each once for a while, and only addresses that are allowed."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from itertools import islice
from threading import Thread
from typing import Final

from crawler.address import AddressPolicy
from crawler.fetch import Failure, MayPass, Problem, Unanswered
from crawler.lookup import Lookup, look_up, timed_out

CONTROL: Final = "example.com"
"""A name that exists (RFC 2606): where it is not known either, a name that is not known may well exist."""

KEPT: Final = 600.0
"""Seconds for which the addresses of a name are kept; what is connected to is checked again all the same."""

REMEMBERED: Final = 10_000
"""Names that are kept, the last that were asked for."""

AT_ONCE: Final = 50
"""Lookups at a time; each takes a thread."""


@dataclass(slots=True)
class _Known:
    until: float
    coming: asyncio.Future[Lookup]


class Names:
    """What is known of names; ``lookup`` is `crawler.lookup.look_up`, or stands in for it.

    Where private networks are allowed, their names are nobody's business outside: no control is looked up, and only
    the other names of the run tell whether the name service knows any.
    """

    def __init__(self, policy: AddressPolicy, timeout: float, lookup: Callable[[str, int], Lookup] = look_up) -> None:
        self.policy = policy
        self.objection = lru_cache(maxsize=4096)(policy.objection)
        self.timeout = timeout
        self.lookup = lookup
        self.known: OrderedDict[str, _Known] = OrderedDict()
        self.room = asyncio.Semaphore(AT_ONCE)
        self.has_resolved = False
        self.others: asyncio.Task[None] | None = None

    async def addresses(self, name: str, port: int) -> tuple[str, ...]:
        """Return the addresses of a name, or of an address itself. Raises `Unanswered` where there are none."""
        if _is_address(name):
            return self._allowed(name, port)
        found = await self._of(name, port)
        allowed = found.allowed(name, port, self.policy)
        if allowed.problem and allowed.problem.failure is Failure.DNS_TROUBLE:
            self.known.pop(name, None)
            raise MayPass(allowed.problem)
        if allowed.problem and allowed.problem.failure is Failure.DNS and not await self._can_tell():
            raise Unanswered(Problem(Failure.DNS_TROUBLE, f"{allowed.problem.detail}; but neither is any other name"))
        if allowed.problem:
            raise Unanswered(allowed.problem)
        return tuple(dict.fromkeys(entry[4][0] for entry in allowed.found))

    def _allowed(self, address: str, port: int) -> tuple[str, ...]:
        if objection := self.objection(address, port):
            raise Unanswered(Problem(Failure.UNSAFE, objection))
        return (address,)

    async def _can_tell(self) -> bool:
        """Tell whether names that exist are found."""
        if not self.has_resolved and not self.policy.allowed:
            return (await self._of(CONTROL, 443)).problem is None
        if not self.has_resolved:
            if self.others is None or self.others.done():
                self.others = asyncio.create_task(self._wait_for_others())
            await asyncio.shield(self.others)
        return self.has_resolved

    async def _wait_for_others(self) -> None:
        """Wait until a name is known, or none of some that are being looked up now is; one does for all who wait."""
        coming = {*islice((known.coming for known in self.known.values() if not known.coming.done()), AT_ONCE)}
        while coming and not self.has_resolved:
            _, coming = await asyncio.wait(coming, return_when=asyncio.FIRST_COMPLETED)

    async def _of(self, name: str, port: int) -> Lookup:
        loop = asyncio.get_running_loop()
        known = self.known.get(name)
        if known is None or known.until < loop.time():
            # Set before anything is awaited, so that all who come meanwhile wait for the same answer.
            known = self.known[name] = _Known(loop.time() + KEPT, loop.create_task(self._look_up(name, port)))
            while len(self.known) > REMEMBERED:
                self.known.popitem(last=False)
        self.known.move_to_end(name)
        return known.coming.result() if known.coming.done() else await asyncio.shield(known.coming)

    async def _look_up(self, name: str, port: int) -> Lookup:
        async with self.room:
            loop = asyncio.get_running_loop()
            coming: asyncio.Future[Lookup] = loop.create_future()
            # `getaddrinfo` cannot be interrupted; a daemon thread may be left behind.
            Thread(target=self._run, args=(name, port, loop, coming), daemon=True).start()
            try:
                found = await asyncio.wait_for(coming, self.timeout)
            except TimeoutError:
                return timed_out(self.timeout)
        self.has_resolved = self.has_resolved or found.problem is None
        return found

    def _run(self, name: str, port: int, loop: asyncio.AbstractEventLoop, coming: asyncio.Future[Lookup]) -> None:
        found = self.lookup(name, port)
        loop.call_soon_threadsafe(_tell, coming, found)


def _tell(coming: asyncio.Future[Lookup], found: Lookup) -> None:
    if not coming.done():
        coming.set_result(found)


@lru_cache(maxsize=4096)
def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
