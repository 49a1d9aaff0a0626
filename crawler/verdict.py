"""A verdict: what one look at a target says of it, as a closed set of states, so that nobody compares numbers."""

from dataclasses import dataclass
from enum import StrEnum

from crawler.fetch import Failure
from crawler.target import Target


class State(StrEnum):
    """What was observed; an observation never says "dead" by itself, that takes a history of them."""

    OK = "ok"
    MOVED_PERMANENTLY = "moved-permanently"
    MOVED_TEMPORARILY = "moved-temporarily"
    PAYWALLED = "paywalled"
    NOT_FOUND = "not-found"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    SOFT_404 = "soft-404"
    REDIRECT_HOME = "redirect-home"
    PARKED = "parked"
    DRIFTED = "drifted"
    WITHDRAWN = "withdrawn"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate-limited"
    LOGIN = "login"
    LEGAL = "legal"
    SERVER_ERROR = "server-error"
    EMPTY = "empty"
    DNS_FAILURE = "dns-failure"
    DNS_TROUBLE = "dns-trouble"
    TLS_FAILURE = "tls-failure"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    CONNECTION_REFUSED = "connection-refused"
    CONNECTION_RESET = "connection-reset"
    REDIRECT_LOOP = "redirect-loop"
    TOO_LARGE = "too-large"
    PROTOCOL_ERROR = "protocol-error"
    INVALID_URL = "invalid-url"
    UNSAFE_ADDRESS = "unsafe-address"
    ROBOTS_DISALLOWED = "robots-disallowed"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    NOT_IN_ARCHIVE = "not-in-archive"
    SITE_NOT_ANSWERING = "site-not-answering"
    NETWORK_DOWN = "network-down"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"

    @property
    def is_article(self) -> bool:
        """Whether the record's own article answered, so that its page may give evidence."""
        return self in _ARTICLE

    @property
    def is_failure(self) -> bool:
        """Whether the target gave nothing for a reason that its owner should hear of."""
        return self not in _ARTICLE


_ARTICLE = frozenset({State.OK, State.MOVED_PERMANENTLY, State.MOVED_TEMPORARILY, State.PAYWALLED})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target, what was observed of it, the marks that say so, and where the answer came from."""

    target: Target
    state: State
    evidence: tuple[str, ...] = ()
    final_url: str = ""

    def __str__(self) -> str:
        reason = f" ({'; '.join(self.evidence)})" if self.evidence else ""
        return f"{self.target.url}: {self.state}{reason}"


def of_failure(failure: Failure) -> State:
    """Return the state that a failed request observes."""
    return State(failure.value)
