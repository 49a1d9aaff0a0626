"""The tracks of the state: how each article has stood, and how far the validators of each host are to be believed."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from crawler.habit import Habit
from crawler.prior import Prior
from crawler.state.database import Database
from crawler.track import Track, Validators
from crawler.url import host, site

_COLUMNS = "url, published, edits, seen, flow, watched, stated, read, asked, kept, rest, listed, said, times"


class Tracks:
    """What is remembered of articles, each by its address as the record writes it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.known: Prior | None = None

    def get(self, url: str) -> Track:
        """Return the track of an article; an empty one for one that was never visited."""
        row = self.database.row(f"SELECT {_COLUMNS} FROM track WHERE url = ?", url)  # noqa: S608 - no words of others
        return _track(row) if row else Track(url)

    def all(self) -> Iterator[Track]:
        """Yield all of them."""
        yield from map(_track, self.database.rows(f"SELECT {_COLUMNS} FROM track"))  # noqa: S608

    def put(self, track: Track) -> None:
        """Remember a track in place of what was."""
        habit = track.habit
        self.database.run(
            "INSERT OR REPLACE INTO track VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(track.url, _seconds(track.published), habit.edits, habit.seen, habit.flow, habit.watched),
            *(track.stated, _seconds(track.read), _seconds(track.asked) or 0, track.kept, _seconds(track.rest)),
            *(_seconds(track.listed), _seconds(track.said), track.times),
        )

    def wake(self, since: datetime) -> None:
        """Have no article rest that was asked since a time: nobody has answered since, so the fault was on our side."""
        self.database.run("UPDATE track SET rest = NULL WHERE rest IS NOT NULL AND asked >= ?", int(since.timestamp()))

    def prior(self, tracks: Iterable[Track] | None = None) -> Prior:
        """Return what all articles make likely of one that was hardly seen, as it was when this was first asked.

        ``tracks`` are all of them, where they are at hand.
        """
        if self.known is None:
            self.known = Prior.of((site(track.url), track.habit) for track in tracks or self.all())
        return self.known

    def validators(self, url: str) -> Validators:
        """Return how far the validators of a URL's host are to be believed."""
        row = self.database.row("SELECT honest, lying FROM validators WHERE host = ?", host(url))
        return Validators(*row) if row else Validators()

    def put_validators(self, url: str, validators: Validators) -> None:
        """Remember that in place of what was."""
        row = (host(url), validators.honest, validators.lying)
        self.database.run("INSERT OR REPLACE INTO validators VALUES (?, ?, ?)", *row)


def _track(row: tuple[Any, ...]) -> Track:
    url, published, edits, seen, flow, watched, stated, read, asked, kept, rest, listed, said, times = row
    habit = Habit(edits, seen, flow, watched)
    return Track(
        url,
        None if published is None else _time(published),
        habit,
        stated,
        None if read is None else _time(read),
        _time(asked) if asked else None,
        kept,
        None if rest is None else _time(rest),
        None if listed is None else _time(listed),
        None if said is None else _time(said),
        times,
    )


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


_time = partial(datetime.fromtimestamp, tz=UTC)
