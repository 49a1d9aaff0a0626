"""An address policy: what a crawler may connect to, so that no record can point it at the inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from crawler import url
from crawler.fetch import Failure, Problem

PORTS: Final = frozenset({80, 443, 8000, 8008, 8080, 8443})
"""Ports that a public web page may be served from; in networks that are allowed any may be."""

Network = IPv4Network | IPv6Network

_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits
_SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""Of IANA's special-purpose registries, what Python 3.11 does not know; a cloud has its metadata in the first."""

_UNICAST = IPv6Network("2000::/3")  # all that IANA has given away of "Global Unicast" (RFC 3513 section 2.5.4)


@dataclass(frozen=True)
class AddressPolicy:
    """Global unicast addresses are allowed, and those in ``allowed`` networks; all others are refused."""

    allowed: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, networks: Iterable[str]) -> "AddressPolicy":
        """Read networks such as ``127.0.0.0/8``; raises ValueError that names the one that is none."""
        return cls(tuple(ip_network(network, strict=False) for network in networks))

    def allows(self, address: str, port: int) -> bool:
        """Tell whether a resolved address may be connected to at a port."""
        return not self.objection(address, port)

    def objection(self, address: str, port: int) -> str:
        """Return what an address is that may not be connected to at a port, empty where it may."""
        ip = _embedded(ip_address(address.partition("%")[0]))
        if any(ip.version == network.version and ip in network for network in self.allowed):
            return ""
        if not _is_public(ip):
            return f"{address} is no public address"
        return "" if port in PORTS else f"port {port} of {address} serves no pages"

    def refusal(self, address: str) -> Problem | None:
        """Return why a URL is not to be asked wherever its host may be, None where it may.

        Where some networks are allowed, its port is looked at with the address of its host.
        """
        if url.has_credentials(address):
            return Problem(Failure.INVALID, "it holds credentials")
        if self.allowed:
            return None
        parts = url.split(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return None if port in PORTS else Problem(Failure.UNSAFE, f"port {port}")


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address) and ip not in _UNICAST:
        return False
    if any(ip.version == network.version and ip in network for network in _SPECIAL):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _embedded(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, Teredo, NAT64), else the address itself."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or ip
