"""The method by which a link is asked: GET as browsers send it, or HEAD where that tells the same for less."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from crawler.condition import Condition
from crawler.fetch import Fetch
from crawler.rot.chain import Question
from crawler.state import State
from crawler.target import Role, Target
from crawler.url import host

PAGE: Final = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.9,*;q=0.5",
}
"""What browsers say of what they take; some servers answer nobody else."""

IMAGE: Final = {**PAGE, "Accept": "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"}

ENOUGH: Final = 64 * 1024
"""Bytes of a page, unpacked, that tell what it is: its head and the begin of its text."""

WHOLE: Final = 1024 * 1024
"""Bytes of a page that is to be compared with a record."""

MANY: Final = 100
"""Links of a site from which on it is worth one request to learn whether it answers HEAD honestly."""

_GONE: Final = frozenset((404, 410))


class Methods:
    """Asks by the method that is right for a host, and learns which that is.

    HEAD is believed on a host only that has been seen to say by it, too, that nothing is there; and never for bad news.
    """

    def __init__(
        self,
        fetch: Callable[[Target, Question], Awaitable[Fetch]],
        memory: State,
        links: Callable[[str], int],
    ) -> None:
        self.fetch = fetch
        self.memory = memory
        self.links = links

    async def ask(
        self, target: Target, condition: Condition, *, is_compared: bool, was_alive: bool
    ) -> tuple[Fetch, bool]:
        """Return what a target answers, and whether to a full GET; ``condition`` asks for what has changed only.

        What ``is_compared`` with a record is asked for as a whole.
        """
        headers = IMAGE if target.role is Role.IMAGE else PAGE
        question = Question(headers, WHOLE if is_compared else ENOUGH, condition=condition)
        is_enough = target.role is Role.IMAGE or (was_alive and not is_compared and not condition)
        if is_enough and self.memory.hosts.get(host(target.url)).answers_head:
            fetch = await self.fetch(target, replace(question, head=True))
            if fetch.problem is None and 200 <= fetch.status < 300:
                return fetch, False
        fetch = await self.fetch(target, question)
        await self._learn(target, fetch, headers)
        return fetch, True

    async def _learn(self, target: Target, fetch: Fetch, headers: Mapping[str, str]) -> None:
        """Learn from an address that is gone whether its host says so to HEAD, too."""
        name = host(target.url)
        if fetch.status not in _GONE or fetch.redirects or self.links(target.url) < MANY:
            return
        known = self.memory.hosts.get(name)
        if known.answers_head is None:
            # Set before anything is awaited: one request is enough.
            self.memory.hosts.put(name, replace(known, answers_head=False))
            same = await self.fetch(target, Question(headers, head=True))
            if same.status == fetch.status:
                self.memory.hosts.put(name, replace(self.memory.hosts.get(name), answers_head=True))
