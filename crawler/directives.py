"""Directives: what a page or its server asks those who copy from it to leave alone (robots meta, X-Robots-Tag, TDM).

Names and values: developers.google.com, "Robots meta tag, data-nosnippet, and X-Robots-Tag specifications". They bind
indexers; what they ask is asked of us as well. TDM: W3C community group, "TDM Reservation Protocol".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dateutil import parser

from crawler.fetch import Fetch
from crawler.page import Page

_TOKENS: Final = ("robots", "recrawl")
_AGENT: Final = re.compile(r"\s*([a-z0-9_-]+)\s*:\s*(?![0-9-])", re.IGNORECASE)
_WITH_VALUE: Final = ("max-snippet", "max-image-preview", "max-video-preview", "unavailable_after")
_LIMIT: Final = re.compile(r"max-snippet\s*:\s*(-?\d+)", re.IGNORECASE)
_UNTIL: Final = re.compile(r"unavailable_after\s*:\s*([^;]+?)\s*(?:$|;|,\s*[a-z-]+(?:\s*:|\s*,|\s*$))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Directives:
    """``snippet`` is the number of characters that may be copied, None for no limit; ``until`` when the page ends."""

    snippet: int | None = None
    may_index_images: bool = True
    may_archive: bool = True
    until: datetime | None = None
    reserves_rights: bool = False

    @property
    def snippet_limit(self) -> int | None:
        """The characters of text that may be copied: none where rights are reserved, so that only facts are taken."""
        return 0 if self.reserves_rights else self.snippet

    @property
    def may_copy_images(self) -> bool:
        """Whether the addresses of pictures may be taken."""
        return self.may_index_images and not self.reserves_rights

    def is_withdrawn(self, now: datetime) -> bool:
        """Tell whether the page asked to be forgotten by now."""
        return self.until is not None and self.until <= now


def of(fetch: Fetch) -> Directives:
    """Return what an answer asks for, by its header and its meta elements; the narrowest counts."""
    said = [*_in_headers(fetch), *(_in_metas(fetch.page) if fetch.page else ())]
    words = {word.strip().lower() for text in said for word in text.split(",")}
    limits = [int(match[1]) for text in said for match in _LIMIT.finditer(text)]
    limits += [0] if words & {"nosnippet", "none"} else []
    untils = [until for text in said if (match := _UNTIL.search(text)) and (until := _moment(match[1]))]
    return Directives(
        snippet=min((limit for limit in limits if limit >= 0), default=None),
        may_index_images=not words & {"noimageindex", "none"},
        may_archive=not words & {"noarchive", "nocache", "none"},
        until=min(untils, default=None),
        reserves_rights=_is_reserved(fetch),
    )


def _in_headers(fetch: Fetch) -> Iterator[str]:
    """Yield what X-Robots-Tag says to everybody or to us, not to another robot by its name."""
    for line in fetch.headers.get("x-robots-tag", "").splitlines():
        # One line may speak to several: `otherbot: noindex, recrawl: noarchive, nosnippet`.
        is_ours, ours = True, []
        for part in line.split(","):
            agent = _AGENT.match(part)
            if agent and agent[1].lower() not in _WITH_VALUE:
                is_ours, part = agent[1].lower() in _TOKENS, part[agent.end() :]
            if is_ours:
                ours.append(part)
        yield ",".join(ours)


def _in_metas(page: Page) -> Iterator[str]:
    yield from page.metas(*_TOKENS)


def _moment(text: str) -> datetime | None:
    try:
        found = parser.parse(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _is_reserved(fetch: Fetch) -> bool:
    said = [fetch.headers.get("tdm-reservation", ""), *(fetch.page.metas("tdmreservation") if fetch.page else ())]
    return any(value.strip() == "1" for value in said)
