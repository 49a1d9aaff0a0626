"""A condition: ask for a page only if it has changed, by the validators that it had (RFC 9110, section 13)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

CODINGS: Final = ("gzip", "deflate", "br")
"""Content codings that are asked for. A server has other validators for a page in every coding, so all that ask must
ask alike; zstd is left out, since not every libcurl can unpack it."""

LONGEST: Final = 1024
"""Characters of a validator that are sent back; a server may refuse a request with longer headers."""


@dataclass(frozen=True, slots=True)
class Condition:
    """``headers`` that hold for the resource at ``url`` only, as it answered: not for one that redirects to it, nor for
    where that may redirect to later. Without headers it is always met."""

    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.headers)

    def at(self, url: str) -> Mapping[str, str]:
        """Return what to send to a URL."""
        return self.headers if url == self.url else {}


ALWAYS: Final = Condition()
NAMES: Final = ("If-None-Match", "If-Modified-Since")


def condition(url: str, etag: str, last_modified: str, coding: str = "") -> Condition:
    """Return the condition for a resource by its validators, sent back exactly as they came, weak ones too.

    `ALWAYS` where they are of a coding that is no longer asked for.
    """
    if coding and coding not in CODINGS:
        return ALWAYS
    headers = dict(zip(NAMES, (etag, last_modified), strict=True))
    return Condition(url, {name: value for name, value in headers.items() if value and len(value) <= LONGEST})
