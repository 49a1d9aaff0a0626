"""The robots.txt files of the state: of each host the last good copy, for a day, and for as long as no other comes."""

from datetime import UTC, datetime

from crawler.robots import Copy
from crawler.state.database import Database


class Robots:
    """What is remembered of robots.txt files, by the origin (``https://example.org``) that each speaks for."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def get(self, origin: str) -> Copy:
        """Return what is known of an origin's file; an empty copy where it was never asked for."""
        row = self.database.row("SELECT body, at, failing_since FROM robots WHERE origin = ?", origin)
        return Copy(row[0], _time(row[1]), _time(row[2])) if row else Copy()

    def put(self, origin: str, copy: Copy) -> None:
        """Remember that in place of what was."""
        row = (origin, copy.body, _seconds(copy.at), _seconds(copy.failing_since))
        self.database.run("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)", *row)


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
