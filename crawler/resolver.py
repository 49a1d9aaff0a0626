"""The resolver: names become addresses here and nowhere else, so this is where forbidden addresses are refused.

Every connection that Twisted makes asks its reactor's name resolver, for IP literals in any spelling, redirects and
names that change their address between two requests too. What is returned is what is connected to: an address is
checked when it is used, never before.
"""

import socket
from collections.abc import Sequence
from threading import Thread
from typing import Any, Self, cast

from scrapy.crawler import Crawler
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution
from zope.interface import implementer

from crawler.address import AddressPolicy
from crawler.fetch import Problem
from crawler.lookup import Lookup, look_up, timed_out


@implementer(IHostResolution)
class Resolution:
    """One name being looked up."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Do nothing: a lookup ends by its own time limit."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves IPv4 and IPv6 addresses in threads, within a time limit, and drops addresses that are not allowed.

    ``problems`` tells of each name that could not be used why, as `crawler.url.host` writes it: Twisted itself only
    knows "not found".
    """

    def __init__(self, reactor: ReactorBase, policy: AddressPolicy, timeout: float) -> None:
        self.reactor = reactor
        self.policy = policy
        self.timeout = timeout
        self.problems: dict[str, Problem] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Read the policy from ``RECRAWL_ALLOW_PRIVATE`` and the time limit from ``DNS_TIMEOUT``."""
        policy = AddressPolicy.parse(crawler.settings.getlist("RECRAWL_ALLOW_PRIVATE"))
        return cls(reactor, policy, crawler.settings.getfloat("DNS_TIMEOUT"))

    def install_on_reactor(self) -> None:
        """Make this the reactor's only resolver."""
        self.reactor.installNameResolver(cast("Any", self))

    def resolveHostName(  # noqa: N802 - named by Twisted's interface
        self,
        receiver: Any,
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        _addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        _transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve one name and hand its allowed addresses to the receiver."""
        lookup = _Lookup(self, receiver, hostName, portNumber)
        lookup.begin()
        return lookup.resolution


class _Lookup:
    """One lookup in a thread of its own: `getaddrinfo` cannot be interrupted, a daemon thread may be left behind."""

    def __init__(self, resolver: GuardedResolver, receiver: Any, name: str, port: int) -> None:
        self.resolver, self.receiver, self.name, self.port = resolver, receiver, name, port
        self.resolution = Resolution(name)
        self.pending = True

    def begin(self) -> None:
        reactor = self.resolver.reactor
        self.receiver.resolutionBegan(self.resolution)
        self.limit = reactor.callLater(self.resolver.timeout, self.end, timed_out(self.resolver.timeout))
        Thread(target=self.look_up, daemon=True).start()

    def look_up(self) -> None:
        self.resolver.reactor.callFromThread(self.end, look_up(self.name, self.port))

    def end(self, lookup: Lookup) -> None:
        if not self.pending:
            return
        self.pending = False
        if self.limit.active():
            self.limit.cancel()
        allowed = lookup.allowed(self.name, self.port, self.resolver.policy)
        if allowed.problem:
            self.resolver.problems[self.name.lower().rstrip(".")] = allowed.problem
        for family, _, _, _, address in allowed.found:
            kind = IPv6Address if family == socket.AF_INET6 else IPv4Address
            self.receiver.addressResolved(kind("TCP", *address[:2]))
        self.receiver.resolutionComplete()
