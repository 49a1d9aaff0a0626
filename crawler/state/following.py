"""Following: what one visit adds to the track of its article, to its outlet's ear and to its host's validators."""

from datetime import datetime

from crawler import recheck
from crawler.fetch import OK
from crawler.history import History
from crawler.sighting import Sighting
from crawler.standing import stand
from crawler.state.feeds import Feeds
from crawler.state.tracks import Tracks
from crawler.state.urls import Answer
from crawler.stated import Stated
from crawler.track import Track
from crawler.url import site


def follow(
    tracks: Tracks, feeds: Feeds, stated: Stated, seen: Sighting, before: Answer | None, history: History
) -> None:
    """Remember what a visit has shown of its article, which was ``seen``, and what it had answered ``before`` that.

    ``history`` is what was observed of its address, this visit included.
    """
    track = tracks.get(stated.url)._replace(published=stated.published)
    belief = tracks.prior().belief(site(stated.url), track.habit)
    if seen.is_unchanged:
        is_proven = tracks.validators(stated.url).are_proven
        _hear(feeds, track, changed=False)
        tracks.put(track.unchanged(seen.at, belief, is_proven=is_proven))
    elif stated.digest is None:
        tracks.put(track.failed(seen.at, _rest(history, seen.at)))
    else:
        _try(tracks, track, stated.digest, seen, before)
        _hear(feeds, track, changed=track.stated is not None and track.stated != stated.digest)
        tracks.put(track.seen(stated.digest, seen.at, belief))
        feeds.find(stated.feed, seen.at)


def _hear(feeds: Feeds, track: Track, *, changed: bool) -> None:
    """Learn how far to believe what was announced of an article, or that nothing was."""
    if track.read is not None and track.listed is not None and track.listed > track.read:
        name = site(track.url)
        feeds.put_ear(name, feeds.ear(name).after(track.times, changed=changed), feeds.polled(name))


def _try(tracks: Tracks, track: Track, stated: int, seen: Sighting, before: Answer | None) -> None:
    """Learn from a page that was read whether its validators tell the truth.

    They do where they stand still and the page does, and where they change with it; that they change more often says
    nothing.
    """
    if track.stated is None or before is None or seen.status != OK:
        return
    known, now = (before.etag, before.last_modified), (seen.etag, seen.last_modified)
    if any(now) and (known == now or stated != track.stated):
        validators = tracks.validators(track.url)
        tracks.put_validators(track.url, validators.after(same=known != now or stated == track.stated))


def _rest(history: History, at: datetime) -> datetime:
    return recheck.due(stand(history, at)) or at + recheck.OPEN
