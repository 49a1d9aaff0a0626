"""A lookup: the addresses of a name, as the system's resolver has them, and what it means that there are none."""

import socket
from dataclasses import dataclass
from typing import Any, Final

from crawler.address import AddressPolicy
from crawler.fetch import Failure, Problem

# getaddrinfo(3): "the name or service is not known", "no address associated": the name service has answered.
_NO_SUCH_NAME: Final = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


TIMEOUT: Final = 10.0
"""Seconds that a lookup may take; resolvers give up after five, and ask another."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found of a name: entries as `socket.getaddrinfo` returns them, or the ``problem`` of finding any."""

    found: tuple[Any, ...] = ()
    problem: Problem | None = None

    def allowed(self, name: str, port: int, policy: AddressPolicy) -> "Lookup":
        """Return what of it may be connected to at a port."""
        kept = tuple(entry for entry in self.found if policy.allows(entry[4][0], port))
        if self.problem or kept:
            return Lookup(kept, self.problem)
        return Lookup((), Problem(Failure.UNSAFE, f"{name}: {policy.objection(self.found[0][4][0], port)}"))


def look_up(name: str, port: int) -> Lookup:
    """Look a name up; this may take as long as the resolver likes."""
    try:
        # A zone (RFC 4007) says by which interface an address is reached that only a neighbour can have.
        return Lookup(tuple(socket.getaddrinfo(name.partition("%")[0], port, type=socket.SOCK_STREAM)))
    except socket.gaierror as error:
        no_such = error.errno in _NO_SUCH_NAME
        return Lookup((), Problem(Failure.DNS if no_such else Failure.DNS_TROUBLE, error.strerror or str(error)))
    except (OSError, UnicodeError) as error:
        return Lookup((), Problem(Failure.INVALID, str(error)))


def timed_out(seconds: float) -> Lookup:
    """Return what a resolver has found that took too long."""
    return Lookup((), Problem(Failure.DNS_TROUBLE, f"no answer within {seconds:g} s"))
