"""An address policy: what a crawler may connect to, so that no record can point it at the inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from crawler import url
from crawler.fetch import Failure, Problem

PORTS: Final = frozenset({80, 443, 8000, 8008, 8080, 8443})
"""Ports that a public web page may be served from; others are asked only where private networks are allowed."""

Network = IPv4Network | IPv6Network

_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits


@dataclass(frozen=True)
class AddressPolicy:
    """Global unicast addresses are allowed, and those in ``allowed`` networks; all others are refused."""

    allowed: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, networks: Iterable[str]) -> "AddressPolicy":
        """Read networks such as ``127.0.0.0/8``; raises ValueError that names the one that is none."""
        return cls(tuple(ip_network(network, strict=False) for network in networks))

    def allows(self, address: str) -> bool:
        """Tell whether a resolved address may be connected to."""
        ip = _embedded(ip_address(address.partition("%")[0]))
        if any(ip.version == network.version and ip in network for network in self.allowed):
            return True
        return ip.is_global and not ip.is_multicast and not ip.is_reserved

    def refusal(self, address: str) -> Problem | None:
        """Return why a URL is not to be asked wherever its host may be, None where it may."""
        if url.has_credentials(address):
            return Problem(Failure.INVALID, "it holds credentials")
        if self.allowed:
            return None
        parts = url.split(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return None if port in PORTS else Problem(Failure.UNSAFE, f"port {port}")


def _embedded(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, Teredo, NAT64), else the address itself."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or ip
