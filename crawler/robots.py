"""The robots: what one host's robots.txt says, and what it means that it cannot be had (RFC 9309)."""

from dataclasses import dataclass
from typing import Final

from protego import Protego

from crawler.fetch import Failure, Problem

AGENT: Final = "recrawl"
"""The product token by which robots.txt speaks to us."""

MAX_BYTES: Final = 512 * 1024
"""RFC 9309 section 2.5 asks for at least 500 KiB; rules behind that are not read."""

MAX_CRAWL_DELAY: Final = 60.0
"""Seconds. A longer Crawl-delay is cut to this; it is no part of RFC 9309, but a site's wish all the same."""

REMEMBERED: Final = 1000
"""Hosts whose rules are kept, those that were asked for last: some are hundreds of kilobytes."""

_TOO_MANY_REQUESTS: Final = 429
_CLIENT_ERROR: Final = 400
_SERVER_ERROR: Final = 500

# An archive seldom holds robots.txt, and reading an archive burdens nobody. More redirects than are followed are as
# good as no robots.txt (RFC 9309 section 2.3.1.2).
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

    def refusal(self, url: str) -> Problem | None:
        """Return why a URL of the host may not be asked, None where it may."""
        if self.text and not self.text.can_fetch(url, AGENT):
            return Problem(Failure.ROBOTS, "disallowed by robots.txt")
        return self.problem

    @property
    def delay(self) -> float:
        """The time between two requests that it asks for, in seconds, `MAX_CRAWL_DELAY` at most; 0 for none."""
        wish = self.text.crawl_delay(AGENT) if self.text else None
        return min(float(wish), MAX_CRAWL_DELAY) if wish else 0.0

    @property
    def is_passing(self) -> bool:
        """Whether the problem says nothing of robots.txt, and may be over when the host is asked again."""
        return self.problem is not None and self.problem.failure in _OF_THE_MOMENT


def rules_of(status: int, body: bytes) -> Rules:
    """Read the answer to a request for robots.txt (RFC 9309 section 2.3.1; 429 as "unreachable", as Nutch does)."""
    if status == _TOO_MANY_REQUESTS or status >= _SERVER_ERROR:
        return Rules(problem=Problem(Failure.ROBOTS_UNREACHABLE, f"robots.txt answered {status}"))
    if status >= _CLIENT_ERROR:
        return Rules()
    return Rules(Protego.parse(body[:MAX_BYTES].decode("utf-8-sig", errors="ignore")))


def rules_of_problem(problem: Problem) -> Rules:
    """Decide what a failed request for robots.txt means (RFC 9309 section 2.3.1.4: not now)."""
    if problem.failure in _NO_RULES:
        return Rules()
    if problem.failure in _OF_THE_FILE:
        return Rules(problem=Problem(Failure.ROBOTS_UNREACHABLE, f"robots.txt: {problem}"))
    return Rules(problem=problem)
