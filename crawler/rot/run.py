"""A run: every link of a frontier is looked at, and what was found of them told, unless a signal ends it early."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from random import Random
from typing import Final

from crawler.__main__ import STOPPING
from crawler.address import AddressPolicy
from crawler.allowance import Allowance
from crawler.config import Config
from crawler.exit import Exit
from crawler.fetch import Fetch
from crawler.lookup import TIMEOUT
from crawler.manners import Manners, Paces
from crawler.rot.asker import Asker
from crawler.rot.chain import Question
from crawler.rot.client import Client
from crawler.rot.controls import Controls
from crawler.rot.dispatch import LOOKERS, dispatch
from crawler.rot.examiner import Examiner
from crawler.rot.ledger import Ledger
from crawler.rot.looker import Looker
from crawler.rot.methods import ENOUGH, PAGE, Methods
from crawler.rot.names import Names
from crawler.target import Role, Target
from crawler.url import site

_TICK: Final = 0.05
"""Seconds after which what was found is kept and told at the latest."""


class Run:
    """One check, as its configuration has it. ``tick`` is called twice a second, ``now`` is the clock.

    ``allowance`` is what it may use of requests and time, ``paces`` are those of sites that were asked before it.
    """

    def __init__(
        self,
        config: Config,
        ledger: Ledger,
        now: Callable[[], datetime],
        tick: Callable[[], None] = lambda: None,
        allowance: Allowance | None = None,
        paces: Paces | None = None,
    ) -> None:
        self.allowance = allowance
        self.paces = paces
        self.config = config
        self.ledger = ledger
        self.now = now
        self.tick = tick
        self.failures: list[str] = []
        self.size = lru_cache(maxsize=4096)(ledger.frontier.size)

    def check(self) -> None:
        """Look at every link. Raises what kept it from going on."""
        with asyncio.Runner(loop_factory=_loop) as runner:
            runner.run(self._check())

    async def _check(self) -> None:
        client = Client(
            AddressPolicy.parse(self.config.allow_private),
            self.config.user_agent,
            self.config.timeout,
            self.config.concurrency,
        )
        looker = self._looker(client)
        self.failures = looker.failures
        looking = asyncio.create_task(dispatch(self.ledger.frontier, looker.look, self._share, self._lookers))
        self._listen(looking)
        ticking = asyncio.create_task(self._tick())
        try:
            await looking
        except asyncio.CancelledError:
            self.ledger.summary.interrupted = True
            self.ledger.flush()
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from errors
        else:
            self.ledger.close(self.now())
        finally:
            ticking.cancel()
            await client.close()

    def _looker(self, client: Client) -> Looker:
        names = Names(client.policy, min(TIMEOUT, self.config.timeout))
        memory = self.ledger.memory
        manners = Manners(self.config, self.ledger.breaker, memory.restraints, self.now, self.paces)
        asker = Asker(self.config, client, names, manners, memory.robots, self.now, self.allowance)

        async def control(url: str) -> Fetch:
            return await asker.fetch(Target(url, Role.LINK), Question(PAGE, ENOUGH))

        examiner = Examiner(Controls(control, self._links, Random()))  # noqa: S311 - nobody has to be kept from guessing
        return Looker(self.config, Methods(asker.fetch, memory, self._links), examiner, self.ledger, self.now)

    def _links(self, url: str) -> int:
        return self.size(site(url))

    @property
    def _lookers(self) -> int:
        # Where no site has to be waited for, more than can ask at a time would only wait for each other.
        return LOOKERS if self.config.delay else self.config.concurrency

    def _share(self, name: str) -> int:
        return self.config.policy(f"https://{name}/").per_site if name else self.config.concurrency

    def _listen(self, looking: "asyncio.Task[None]") -> None:
        """Have a signal end the run in good order, and a second one at once."""
        loop = asyncio.get_running_loop()

        def stop() -> None:
            if looking.cancelling():
                os._exit(Exit.INTERRUPTED)
            looking.cancel()

        for signum in STOPPING:
            if signal.getsignal(signum) is not signal.SIG_IGN:  # as nohup has it
                loop.add_signal_handler(signum, stop)

    async def _tick(self) -> None:
        with suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(_TICK)
                self.ledger.flush()
                self.tick()


def _loop() -> asyncio.AbstractEventLoop:
    """Return a loop that takes a tenth less of CPU time than asyncio's own, where there is one: not on Windows."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.new_event_loop()
    return new_event_loop()
