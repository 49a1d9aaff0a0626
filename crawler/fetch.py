"""A fetch: what came of asking one target, a page or a failure; failures are data here, never exceptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Final

from crawler.line import redacted
from crawler.page import Page
from crawler.target import Target

OK: Final = 200
NOT_MODIFIED: Final = 304

SAID: Final = 1000
"""Characters of what was said of a failure that are kept."""

SMALL: Final = 32 * 1024
"""Bytes of a page that may stay parsed while it waits: at 200 of them, no more than one large page takes."""

NO_CONNECTION: Final = "no connection in time"
"""What is said of a timeout where not even a connection came about."""


class Failure(StrEnum):
    """Why there is no response at all."""

    DNS = "dns-failure"
    DNS_TROUBLE = "dns-trouble"
    REFUSED = "connection-refused"
    RESET = "connection-reset"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    TLS = "tls-failure"
    ROBOTS = "robots-disallowed"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    UNSAFE = "unsafe-address"
    INVALID = "invalid-url"
    TOO_LARGE = "too-large"
    REDIRECT_LOOP = "redirect-loop"
    NOT_ARCHIVED = "not-in-archive"
    SITE_DOWN = "site-not-answering"
    NETWORK_DOWN = "network-down"
    RATE_LIMITED = "rate-limited"
    SKIPPED = "skipped"
    PROTOCOL = "protocol-error"


_NOT_ASKED = frozenset({Failure.SKIPPED, Failure.RATE_LIMITED, Failure.SITE_DOWN, Failure.NETWORK_DOWN})


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure and what was said of it, cut after `SAID` characters, without passwords: servers say some of it."""

    failure: Failure
    detail: str = ""

    def __post_init__(self) -> None:
        if len(self.detail) > SAID or "@" in self.detail:
            said = redacted(self.detail)
            object.__setattr__(self, "detail", said if len(said) <= SAID else f"{said[:SAID]}…")

    def __str__(self) -> str:
        return f"{self.failure}: {self.detail}" if self.detail else str(self.failure)


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed: the status that sent us on, and from where."""

    status: int
    url: str


@dataclass(frozen=True)
class Fetch:
    """What one target answered.

    ``url`` is where the answer came from, after ``redirects``. ``status`` is 0 where ``problem`` tells why there is no
    answer. ``headers`` have lower-case names, each with its last value (see `told`). ``body`` is decompressed, and not
    ``is_whole`` where no more of it was asked for, or came. ``warning`` is what is wrong on the way to it, though it
    answered.
    """

    target: Target
    url: str
    at: datetime
    status: int = 0
    redirects: tuple[Hop, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    problem: Problem | None = None
    is_whole: bool = True
    warning: str = ""

    @cached_property
    def page(self) -> Page | None:
        """The page that was answered, parsed on first use; None for a failure or anything that is no HTML."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if self.problem or not self.body or (kind and "html" not in kind and kind != "text/plain"):
            return None
        return Page(self.body, url=self.url, content_type=self.headers.get("content-type", ""))

    def unread(self) -> "Fetch":
        """Return this as it came: a page that was parsed takes ten times its bytes, too much for it to wait with."""
        return replace(self) if len(self.body) > SMALL else self

    @property
    def is_permanent_move(self) -> bool:
        """Whether every redirect on the way was a permanent one (RFC 9110 sections 15.4.2 and 15.4.9)."""
        return bool(self.redirects) and all(hop.status in (301, 308) for hop in self.redirects)

    @property
    def is_observation(self) -> bool:
        """Whether this tells anything of the target; not where it was spared for what was seen of others."""
        return self.problem is None or self.problem.failure not in _NOT_ASKED

    @property
    def is_unchanged(self) -> bool:
        """Whether the server said that nothing changed since the validators we sent."""
        return self.status == NOT_MODIFIED


def told(name: str, values: Sequence[str]) -> str:
    """Return what a header of a lower-case name says: its last value, of X-Robots-Tag each on a line of its own.

    Each of those may be for another robot, so they cannot be joined by commas.
    """
    return "\n".join(values) if name.endswith("x-robots-tag") else values[-1]


class Unanswered(Exception):
    """Raised under Scrapy's middlewares where a request got no response; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class MayPass(Unanswered):
    """A failure that may be gone at the next attempt, so it is worth one more on a fresh connection."""
