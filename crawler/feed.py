"""A feed: a sitemap, or an RSS or Atom feed, and when it is worth a request to ask what it announces."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

from crawler.prior import Prior
from crawler.signal import POLL, Ear
from crawler.track import HOUR, Track
from crawler.url import key, site

if TYPE_CHECKING:
    from crawler.announcement import Entry
    from crawler.page import Page

NEWS: Final = timedelta(days=2)
"""Time for which news sitemaps list an article (Google's documentation); what is as young is listed, or may be."""

IDLE: Final = timedelta(days=30)
"""After which a feed is tried again that was of no use."""

FAILURES: Final = 3
"""Failures in a row after which a feed is of no use."""

OWN: Final = 4
"""Sitemaps and feeds of one site that are listened to, the first that were found; those of its indexes come on top."""

CHILDREN: Final = 4
"""Sitemaps that are taken from an index: those that have changed last, since older ones list older articles."""


class Kind(StrEnum):
    """What was found of a feed when it was last asked."""

    NEW = "new"
    LISTS = "lists"
    """It lists records of ours."""

    INDEX = "index"
    IDLE = "idle"
    """It lists none of ours, or cannot be had."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of a site; ``etag`` and ``last_modified`` are its validators, ``failures`` those in a row."""

    url: str
    site: str
    found: datetime
    kind: Kind = Kind.NEW
    polled: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    failures: int = 0

    def is_active(self, now: datetime) -> bool:
        """Tell whether it is asked when its site is listened to."""
        return self.kind is not Kind.IDLE or self.polled is None or now - self.polled >= IDLE

    def failed(self, now: datetime) -> Self:
        """Return it after it could not be had."""
        failures = self.failures + 1
        return replace(self, polled=now, failures=failures, kind=Kind.IDLE if failures >= FAILURES else self.kind)

    def read(self, now: datetime, kind: Kind, etag: str, last_modified: str) -> Self:
        """Return it after it was read."""
        return replace(self, polled=now, kind=kind, etag=etag, last_modified=last_modified, failures=0)


def announced(page: "Page") -> str:
    """Return the first feed that a page announces of its site; that of its own comments begins with its address."""
    own = f"{page.url.rstrip('/')}/"
    mine = site(page.url)
    return next((url for url in page.feeds if site(url) == mine and not url.startswith(own)), "")


@dataclass(frozen=True, slots=True)
class Listened:
    """What asking a site's feeds promises, or has brought: the changes to be expected, in hours of being listed."""

    promise: float = 0.0
    hours: float = 0.0

    def is_worth(self, feeds: int) -> bool:
        """Tell whether so many requests are worth it."""
        return feeds > 0 and self.promise >= POLL * feeds


def promised(tracks: Iterable[Track], ear: Ear, prior: Prior, polled: datetime | None, now: datetime) -> Listened:
    """Return what asking a site's feeds promises, that were last asked at a time, None for never.

    Counted are articles that were listed then, and those that are young enough to be listed since.
    """
    promise = hours = 0.0
    for track in tracks:
        if track.read is None or not _may_be_listed(track, polled, now):
            continue
        listed = (now - max(track.read, polled or track.read)) / HOUR
        belief = prior.belief(site(track.url), track.habit)
        promise += ear.promise(belief, track.age(now), listed)
        hours += listed
    return Listened(promise, hours)


def _may_be_listed(track: Track, polled: datetime | None, now: datetime) -> bool:
    is_young = track.published is not None and now - track.published < NEWS
    return is_young or polled is None or (track.listed is not None and track.listed >= polled)


def heard(tracks: Iterable[Track], entries: "Iterable[Entry]", now: datetime) -> Iterator[Track]:
    """Yield the tracks of the articles that a feed lists, as they are after that."""
    listed = {key(entry.url): entry for entry in entries if not entry.is_list}
    for track in tracks:
        if entry := listed.get(key(track.url)):
            yield track.announced(entry.said, now)


def children(entries: "Iterable[Entry]") -> list[str]:
    """Return the sitemaps of an index that are worth asking."""
    lists = [entry for entry in entries if entry.is_list]
    latest = sorted(lists, key=lambda one: (one.said is None, -one.said.timestamp() if one.said else 0.0))
    return [entry.url for entry in latest[:CHILDREN]]
