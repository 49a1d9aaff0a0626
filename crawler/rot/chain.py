"""A chain: the requests that one target takes, from the first over its redirects to the answer."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.breaker import OF_THE_HOST
from crawler.condition import ALWAYS, Condition
from crawler.fetch import NOT_MODIFIED, Failure, Fetch, Hop, MayPass, Problem, Unanswered
from crawler.rot.client import Line
from crawler.rot.reply import Reply
from crawler.target import Target
from crawler.url import absolute, host, split

if TYPE_CHECKING:
    from crawler.rot.asker import Asker

REDIRECTS: Final = 10
"""Redirects that are followed; RFC 9110, section 15.4, leaves the number to us, browsers follow 20."""

WARNING: Final = "its certificate chain is incomplete"

_MOVED: Final = frozenset((301, 302, 303, 307, 308))
_HICCUPS: Final = frozenset((408, 500, 502, 503, 504, 520, 521, 522, 523, 524))
"""What a server says that may do better at once; 520 to 524 are Cloudflare's words for one that it cannot reach."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a target: with which headers, for how many bytes of the answer, or only for its ``head``.

    ``redirects`` are followed at most.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    most: int = 0
    head: bool = False
    heeds_robots: bool = True
    redirects: int = REDIRECTS
    condition: Condition = ALWAYS


class Chain:
    """One target on its way to an answer. Its requests share cookies with each other, and with no other's."""

    def __init__(self, asker: "Asker", target: Target, question: Question) -> None:
        self.asker = asker
        self.target = target
        self.question = question
        self.url = target.url
        self.hops: list[Hop] = []
        self.line: Line | None = None
        self.warning = ""
        self.stack = ExitStack()

    async def fetch(self) -> Fetch:
        """Return what has come of it."""
        with self.stack:
            try:
                reply = await self._reply()
                while reply.status in _MOVED and "location" in reply.headers:
                    self._follow(reply)
                    reply = await self._reply()
            except Unanswered as error:
                return self._fetch(problem=error.problem)
        if reply.status == NOT_MODIFIED and not self.question.condition.at(self.url):
            return self._fetch(problem=Problem(Failure.PROTOCOL, "304, to a request without a condition"))
        return self._fetch(reply)

    def _fetch(self, reply: Reply | None = None, problem: Problem | None = None) -> Fetch:
        at, hops = self.asker.now(), tuple(self.hops)
        if reply is None:
            if hops and problem and problem.failure is Failure.INVALID:
                # The address that was asked is well; where it leads, browsers may know what to do.
                problem = Problem(Failure.PROTOCOL, problem.detail)
            return Fetch(self.target, self.url, at, redirects=hops, problem=problem)
        is_whole = reply.is_whole and not self.question.head
        return Fetch(
            self.target,
            self.url,
            at,
            reply.status,
            hops,
            reply.headers,
            reply.body,
            is_whole=is_whole,
            warning=self.warning,
        )

    def _follow(self, reply: Reply) -> None:
        """Go where a redirect leads; back to where it came from only with new cookies to show."""
        self.hops.append(Hop(reply.status, self.url))
        said = _read(reply.headers["location"])
        there = (absolute(self.url, said) or "").partition("#")[0]
        if not there:
            raise Unanswered(Problem(Failure.INVALID, f"redirected to {said}"))
        if len(self.hops) > self.question.redirects:
            raise Unanswered(Problem(Failure.REDIRECT_LOOP, f"{len(self.hops)} redirects"))
        is_back = any(hop.url == there for hop in self.hops)
        if is_back and not (self.line and self.line.has_new_cookies()):
            raise Unanswered(Problem(Failure.REDIRECT_LOOP, f"redirected back to {there}"))
        self.url = there

    async def _reply(self) -> Reply:
        """Return the answer of one address, asked once more where that may help."""
        await self.asker.admit(self.url, heeds_robots=self.question.heeds_robots)
        try:
            reply = await self._attempt()
        except MayPass:
            return await self._attempt(fresh=True)
        if not self._asks_again(reply):
            return reply
        reply = await self._attempt(fresh=True)
        self._asks_again(reply, is_last=True)
        return reply

    async def _attempt(self, *, fresh: bool = False) -> Reply:
        asker, url = self.asker, self.url
        parts = split(url)
        try:
            addresses = await asker.names.addresses(host(url), parts.port or (443 if parts.scheme == "https" else 80))
            reply = await self._send(addresses, fresh=fresh)
        except Unanswered as error:
            if error.problem.failure in OF_THE_HOST:
                asker.manners.breaker.fail(url, asker.now())
            raise
        asker.manners.breaker.succeed(url)
        return reply

    async def _send(self, addresses: tuple[str, ...], *, fresh: bool) -> Reply:
        try:
            return await self._ask(addresses, fresh=fresh)
        except Unanswered as error:
            if error.problem.failure is not Failure.TLS or self.line is None or not self.line.lacks_issuer:
                raise
            pin = await self.asker.pin(self.url, addresses)
            if not pin:
                raise
            self.line.trust(pin)
            self.warning = WARNING
            return await self._ask(addresses, fresh=True)

    async def _ask(self, addresses: tuple[str, ...], *, fresh: bool) -> Reply:
        asker, question = self.asker, self.question
        async with asker.manners.pace(self.url), asker.manners.room:
            # Looked at again, since much may have happened while others had their turn.
            if problem := asker.manners.problem(self.url):
                raise Unanswered(problem)
            if problem := asker.allowance.spend(asker.now()):
                raise Unanswered(problem)
            if self.line is None:
                self.line = self.stack.enter_context(asker.client.line())
            headers = {**question.headers, **question.condition.at(self.url)}
            return await self.line.ask(self.url, addresses, headers, question.most, head=question.head, fresh=fresh)

    def _asks_again(self, reply: Reply, *, is_last: bool = False) -> bool:
        """Tell whether to ask once more, and have the site left alone for as long as it says."""
        manners = self.asker.manners
        pause = manners.hear(self.url, reply.status, reply.headers.get("retry-after", ""))
        if pause is None:
            return reply.status in _HICCUPS
        # Waited for after the last one, too: others of the site are to have their turn.
        return manners.wait(self.url, pause) and not is_last


def _read(location: str) -> str:
    """Read a Location that may hold other letters than ASCII's, as UTF-8, as browsers do."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location
