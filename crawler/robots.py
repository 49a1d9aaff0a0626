"""The robots: what one host's robots.txt says, what it means that it cannot be had, and how long a copy serves.

RFC 9309, whose section 2.3.1 tells "unavailable" (4xx: all is allowed) from "unreachable" (5xx and no answer: nothing
is, for now).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Self

from protego import Protego

from crawler.fetch import NO_CONNECTION, Failure, Fetch, Problem

AGENT: Final = "recrawl"
"""The product token by which robots.txt speaks to us."""

MAX_BYTES: Final = 512 * 1024
"""RFC 9309 section 2.5 asks for at least 500 KiB; rules behind that are not read."""

MAX_REDIRECTS: Final = 5
"""RFC 9309 section 2.3.1.2 asks for at least five; more of them are as good as no robots.txt."""

MAX_CRAWL_DELAY: Final = 60.0
"""Seconds. A host that asks for a longer Crawl-delay is left alone, unless the configuration gives it that."""

FRESH: Final = timedelta(hours=24)
"""How long a copy serves without being asked for again (RFC 9309 section 2.4)."""

ENDURED: Final = timedelta(days=30)
"""How long a file without a copy may be unreachable before it is as good as none (RFC 9309 section 2.3.1.4)."""

_TOO_MANY_REQUESTS: Final = 429
_CLIENT_ERROR: Final = 400
_SERVER_ERROR: Final = 500

# An archive seldom holds robots.txt, and reading an archive burdens nobody.
_NO_RULES: Final = frozenset({Failure.NOT_ARCHIVED, Failure.REDIRECT_LOOP})

_OF_THE_FILE: Final = frozenset({Failure.RESET, Failure.PROTOCOL, Failure.TOO_LARGE})
"""Problems that may be this file's alone; all others its host would have with any page."""

_OF_THE_MOMENT: Final = frozenset({Failure.RATE_LIMITED, Failure.SITE_DOWN, Failure.NETWORK_DOWN})
"""Problems that say nothing of robots.txt, and may be over when the next page of the host is asked for."""


@dataclass(frozen=True)
class Rules:
    """What one host's robots.txt says: its parsed ``text``, or the ``problem`` of getting it; neither allows all."""

    text: Protego | None = None
    problem: Problem | None = None

    @classmethod
    def of(cls, body: bytes) -> Self:
        """Parse a file; an empty one allows all."""
        return cls(Protego.parse(body.decode("utf-8-sig", errors="ignore")) if body else None)

    def refusal(self, url: str) -> Problem | None:
        """Return why a URL of the host may not be asked, None where it may."""
        if self.text and not self.text.can_fetch(url, AGENT):
            return Problem(Failure.ROBOTS, "disallowed by robots.txt")
        return self.problem

    @property
    def delay(self) -> float:
        """The time between two requests that it asks for, in seconds; 0 for none.

        Neither Crawl-delay nor Request-rate (``1/5``: one in five seconds) is a part of RFC 9309, but they are a site's
        wish all the same.
        """
        if self.text is None:
            return 0.0
        rate = self.text.request_rate(AGENT)
        return max(self.text.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate else 0.0)

    @property
    def is_passing(self) -> bool:
        """Whether the problem says nothing of robots.txt, and may be over when the host is asked again."""
        return self.problem is not None and self.problem.failure in _OF_THE_MOMENT


@dataclass(frozen=True, slots=True)
class Copy:
    """What is remembered of one robots.txt: the last good ``body``, None if there was none, and when (``at``) it was
    read; empty where the host had no such file. ``failing_since`` is when it was first not to be had, None if it was.
    """

    body: bytes | None = None
    at: datetime | None = None
    failing_since: datetime | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether it need not be asked for again."""
        return self.at is not None and self.failing_since is None and timedelta() <= now - self.at < FRESH

    def after(self, found: bytes | Problem, now: datetime) -> Self:
        """Return what is remembered after it was asked for once more, by what `read` made of the answer."""
        if isinstance(found, bytes):
            return replace(self, body=found, at=now, failing_since=None)
        if found.failure is not Failure.ROBOTS_UNREACHABLE:
            return self  # the host could not be reached at all
        return replace(self, failing_since=self.failing_since or now)

    def rules(self, found: bytes | Problem, now: datetime) -> Rules:
        """Return the rules that hold, by what `read` made of the last answer: the last good copy's where it failed."""
        if isinstance(found, bytes):
            return Rules.of(found)
        if found.failure is not Failure.ROBOTS_UNREACHABLE:
            return Rules(problem=found)
        if self.body is not None:
            return Rules.of(self.body)
        has_endured = self.failing_since is not None and now - self.failing_since >= ENDURED
        return Rules() if has_endured else Rules(problem=found)


def read(fetch: Fetch) -> bytes | Problem:
    """Return the rules that an answer to a request for robots.txt holds, empty for "all is allowed", or why none.

    What fails for this file alone is `Failure.ROBOTS_UNREACHABLE`: not now. 429 counts as that, as Nutch has it.
    """
    if fetch.problem:
        return _read_problem(fetch.problem)
    if fetch.status == _TOO_MANY_REQUESTS or fetch.status >= _SERVER_ERROR:
        return Problem(Failure.ROBOTS_UNREACHABLE, f"robots.txt answered {fetch.status}")
    if fetch.status >= _CLIENT_ERROR:
        return b""
    if not fetch.is_whole and len(fetch.body) < MAX_BYTES:
        # What is missing may be what disallows.
        return Problem(Failure.ROBOTS_UNREACHABLE, "robots.txt was cut short")
    return fetch.body[:MAX_BYTES]


def _read_problem(problem: Problem) -> bytes | Problem:
    if problem.failure in _NO_RULES:
        return b""
    # A host that was connected to and then kept us waiting may do so with this file alone.
    is_late = problem.failure is Failure.TIMEOUT and problem.detail != NO_CONNECTION
    if problem.failure in _OF_THE_FILE or is_late:
        return Problem(Failure.ROBOTS_UNREACHABLE, f"robots.txt: {problem}")
    return problem
