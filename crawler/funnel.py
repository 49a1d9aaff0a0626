"""A funnel: one address at which many others of a host end, so that none of them is the page that it was.

"A Link Rot Bestiary" (Wikibooks), chapter 3: many sources with one target mark a soft 404, at no request.
"""

from dataclasses import dataclass, field
from typing import Final

from crawler.url import host, key

ENOUGH: Final = 3
"""Addresses that end at another one by no chance; two may be one story that was told twice."""


@dataclass
class Funnels:
    """Where redirects to addresses of another name led, and from where, `ENOUGH` of these."""

    starts: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def note(self, start: str, end: str) -> None:
        """Note one redirect."""
        found = self.starts.setdefault((host(start), key(end)), set())
        if len(found) < ENOUGH:
            found.add(key(start))

    def has(self, start: str, end: str) -> bool:
        """Tell whether so many addresses of a host ended where this one did."""
        return len(self.starts.get((host(start), key(end)), ())) >= ENOUGH
