"""The asker: all that the requests of one run share - connections, names, robots.txt, and the pace of every site."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

from crawler.address import AddressPolicy
from crawler.allowance import Allowance
from crawler.config import Config
from crawler.fetch import OK, Fetch, Unanswered
from crawler.manners import Manners
from crawler.robots import MAX_BYTES, MAX_REDIRECTS
from crawler.rot.chain import Chain, Question
from crawler.rot.client import Client
from crawler.rot.names import Names
from crawler.rulebook import Rulebook
from crawler.state.robots import Robots
from crawler.target import Role, Target
from crawler.url import host

CERTIFICATE: Final = 64 * 1024
"""Bytes of a certificate that are read."""


class Asker:
    """Asks targets, each politely, as long as there is an allowance. ``now`` is the clock."""

    def __init__(
        self,
        config: Config,
        client: Client,
        names: Names,
        manners: Manners,
        memory: Robots,
        now: Callable[[], datetime],
        allowance: Allowance | None = None,
    ) -> None:
        self.allowance = allowance or Allowance()
        self.config = config
        self.policy = AddressPolicy.parse(config.allow_private)
        self.client = client
        self.names = names
        self.manners = manners
        self.now = now
        self.rulebook = Rulebook(self._robots_txt, memory, now)
        self.pins: dict[str, asyncio.Task[str]] = {}

    async def fetch(self, target: Target, question: Question) -> Fetch:
        """Return what a target answers, after its redirects. Whatever the world does, this raises nothing."""
        return await Chain(self, target, question).fetch()

    async def admit(self, url: str, *, heeds_robots: bool) -> None:
        """Raise `Unanswered` for an address that is not to be asked."""
        if problem := self.manners.skipped(url) or self.policy.refusal(url) or self.manners.problem(url):
            raise Unanswered(problem)
        if not heeds_robots:
            return
        rules = await self.rulebook.rules(url)
        problem = rules.refusal(url) or (self.manners.heed(url, rules.delay) if rules.delay else None)
        if problem:
            raise Unanswered(problem)

    async def pin(self, url: str, addresses: tuple[str, ...]) -> str:
        """Return the pin of a server that has shown too few certificates, empty where it cannot be trusted."""
        name = host(url)
        if name not in self.pins:
            self.pins[name] = asyncio.create_task(self._trusted(name, url, addresses))
        return await asyncio.shield(self.pins[name])

    async def _trusted(self, name: str, url: str, addresses: tuple[str, ...]) -> str:
        from crawler.rot import trust  # few servers need it, or the library that reads certificates

        shown = trust.read_pem(await self.client.certificates(url, addresses))
        return await trust.pin(name, shown, self.client.roots, self._issuer, self.now()) if shown else ""

    async def _issuer(self, url: str) -> bytes:
        fetch = await self.fetch(Target(url, Role.LINK), Question(most=CERTIFICATE, heeds_robots=False))
        return fetch.body if fetch.status == OK else b""

    async def _robots_txt(self, url: str) -> Fetch:
        question = Question(most=MAX_BYTES, heeds_robots=False, redirects=MAX_REDIRECTS)
        return await self.fetch(Target(url, Role.LINK), question)
