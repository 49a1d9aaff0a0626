"""An agenda: the records that are due, the one first for which a request buys the most freshness."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest
from math import inf
from typing import Final, NamedTuple, Self

from crawler import schedule
from crawler.habit import Belief
from crawler.prior import Prior
from crawler.signal import Ear
from crawler.state import Filed, Names, State
from crawler.track import Track
from crawler.url import site

DOUBT: Final = 0.01
"""The chance that an article has changed below which it is left alone, however many requests there are to spend."""

BLOCK: Final = 500
"""Records of the agenda within which sites take turns, so that no site keeps the others waiting."""

DEAF: Final = Ear()


class Reason(StrEnum):
    """Why a record is asked."""

    NEW = "new"
    FAILED = "failed"
    ANNOUNCED = "announced as changed"
    DOUBT = "likely to have changed"


class Item(NamedTuple):
    """One record, with the chance that its article has changed since it was read, and what a request buys, in hours.

    What one that was never read is worth is not finite. ``site`` is that of its article.
    """

    filed: Filed
    site: str
    track: Track
    doubt: float
    worth: float

    @property
    def reason(self) -> Reason:
        """Why it is due, where it is."""
        track = self.track
        if track.asked is None or (self.worth == inf and track.read == track.asked):
            return Reason.NEW
        if track.read is None or track.asked > track.read:
            return Reason.FAILED
        return Reason.ANNOUNCED if track.times else Reason.DOUBT

    @property
    def why(self) -> str:
        """Why it is due, in words."""
        reason, track = self.reason, self.track
        if reason is Reason.NEW:
            return (
                f"{reason}: it was never read" if track.asked is None else f"{reason}: its article is known, but not it"
            )
        if reason is Reason.FAILED:
            return f"{reason} on {track.asked:%Y-%m-%d}, and may be back"
        return f"{reason}: {self.doubt:.0%} since it was read on {track.read:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Known:
    """What is known of articles: their ``tracks`` by address, the prior of their outlets, and an ear for each site.

    ``checked`` are the names of the records that were checked; None for all. Of two records of one article, and of a
    file that was written anew, the article is known, but not what it says to the record.
    """

    tracks: Mapping[str, Track]
    prior: Prior
    ears: Mapping[str, Ear]
    checked: Names | None = None

    @classmethod
    def of(cls, state: State) -> Self:
        """Return what a state knows of articles."""
        tracks = {track.url: track for track in state.tracks.all()}
        return cls(tracks, state.tracks.prior(tracks.values()), state.feeds.ears(), state.records.checked())

    def item(self, filed: Filed, now: datetime) -> Item:
        """Return how a record stands, but for its worth, which takes twenty times as long to tell."""
        track, name = self.tracks.get(filed.url) or Track(filed.url, filed.published), site(filed.url)
        if track.read is None or not self._is_checked(filed, track):
            return Item(filed, name, track, 1.0, inf)
        heard = track.heard(self.ears.get(name, DEAF))
        doubt = schedule.doubt(self._belief(track, name), track.age(now), track.since(now), heard)
        return Item(filed, name, track, doubt, 0.0)

    def _is_checked(self, filed: Filed, track: Track) -> bool:
        has_failed = track.asked is not None and track.read is not None and track.asked > track.read
        return self.checked is None or has_failed or filed.name in self.checked

    def weighed(self, item: Item, now: datetime) -> Item:
        """Return a record with its worth."""
        if item.worth == inf:
            return item
        belief = self._belief(item.track, item.site)
        return item._replace(worth=schedule.worth(belief, item.track.age(now), item.doubt))

    def _belief(self, track: Track, name: str) -> Belief:
        return self.prior.belief(name, track.silent(self.ears.get(name, DEAF)))


def is_due(item: Item, now: datetime) -> bool:
    """Tell whether a record is to be asked at all: it may have changed, and does not rest after a failure."""
    return item.doubt >= DOUBT and (item.track.rest is None or item.track.rest <= now)


def agenda(records: Iterable[Filed], known: Known, now: datetime) -> list[Item]:
    """Return the records that are due, the best first (see `alternated`)."""
    items = (known.item(filed, now) for filed in records)
    due = sorted((known.weighed(item, now) for item in items if is_due(item, now)), key=order)
    unread = sum(item.worth == inf for item in due)
    return alternated(due[:unread], due[unread:])


def alternated(unread: Sequence[Item], read: Sequence[Item]) -> list[Item]:
    """Return in turns one that was never read and one that was, for as long as there are both.

    Otherwise a folder of ten thousand new records would keep all others waiting until it is read.
    """
    return [item for turn in zip_longest(unread, read) for item in turn if item is not None]


def order(item: Item) -> tuple[float, float, bytes]:
    """Return what to sort by: what a request buys; of what was never read, and is worth the most, the newest first."""
    published = item.filed.published
    return -item.worth, -published.timestamp() if published else inf, bytes(item.filed.path)


def in_turns(items: Sequence[Item]) -> Iterator[Item]:
    """Yield items in their order, but within each `BLOCK` of them the sites take turns."""
    for start in range(0, len(items), BLOCK):
        queues: dict[str, list[Item]] = defaultdict(list)
        for item in items[start : start + BLOCK]:
            queues[item.site].append(item)
        for turn in zip_longest(*queues.values()):
            yield from filter(None, turn)
