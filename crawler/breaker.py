"""A circuit breaker: which hosts, or the whole network, are not to be asked now, as this run has seen."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from crawler.fetch import Failure, Problem
from crawler.url import host

OF_THE_HOST: Final = frozenset(
    (Failure.DNS, Failure.DNS_TROUBLE, Failure.REFUSED, Failure.RESET, Failure.TIMEOUT, Failure.UNREACHABLE)
)
"""Failures that speak of the host, not of one page of it."""

HOST_FAILURES: Final = 2
"""Different URLs of a host that cannot be reached, one after the other, after which the host is not asked again."""

NETWORK_HOSTS: Final = 8
"""Different hosts that cannot be reached, with none that ever answered, that speak of the network itself."""

NETWORK_PATIENCE: Final = timedelta(seconds=5)
"""Time from the first failure on in which a living host would have answered: names that do not exist fail at once."""


@dataclass
class Breaker:
    """What one run has seen of hosts. One that answers anything at all, an error page too, is up.

    ``failed`` has the URLs of each host that could not be reached since it last answered. The times are those of the
    run's clock.
    """

    failed: dict[str, set[str]] = field(default_factory=dict)
    answered: bool = False
    first_failure: datetime | None = None

    def succeed(self, url: str) -> None:
        """Note that a host has answered."""
        self.answered = True
        if self.failed:
            self.failed.pop(host(url), None)

    def fail(self, url: str, now: datetime) -> None:
        """Note that a host could not be reached."""
        self.first_failure = self.first_failure or now
        urls = self.failed.setdefault(host(url), set())
        if len(urls) < HOST_FAILURES:
            urls.add(url)

    def problem(self, url: str, now: datetime) -> Problem | None:
        """Return why a URL is not to be asked now, None where it may be."""
        if self.failed and len(self.failed.get(host(url), ())) >= HOST_FAILURES:
            return Problem(Failure.SITE_DOWN, f"{host(url)} did not answer before in this run")
        if self.network_is_down(now):
            return Problem(Failure.NETWORK_DOWN, "no host has answered in this run")
        return None

    def network_is_down(self, now: datetime) -> bool:
        """Tell whether so many hosts failed for so long, and none answered, that the fault must be on our side."""
        if self.answered or self.first_failure is None or len(self.failed) < NETWORK_HOSTS:
            return False
        return now - self.first_failure >= NETWORK_PATIENCE
