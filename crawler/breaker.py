"""A circuit breaker: stops asking a host, or the whole network, that has not answered when it was asked."""

from collections import Counter
from dataclasses import dataclass, field

HOST_FAILURES = 2
"""Connection failures in a row after which a host is not asked again in this run (retries count)."""

NETWORK_HOSTS = 8
"""Different hosts that all failed, with none that ever answered, after which the network itself is taken to be down."""


@dataclass
class Breaker:
    """Connection failures of one run, by host. A host that answers anything at all, an error page too, is up."""

    failures: Counter[str] = field(default_factory=Counter)
    answered: bool = False

    def succeed(self, host: str) -> None:
        """Note that a host has answered."""
        self.answered = True
        self.failures.pop(host, None)

    def fail(self, host: str) -> None:
        """Note that a host could not be reached."""
        self.failures[host] += 1

    def is_open(self, host: str) -> bool:
        """Tell whether a host is not worth asking again in this run."""
        return self.failures[host] >= HOST_FAILURES

    @property
    def network_is_down(self) -> bool:
        """Whether so many hosts failed, and none answered, that the fault must be on our side."""
        return not self.answered and len(self.failures) >= NETWORK_HOSTS
