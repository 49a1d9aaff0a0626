"""The hosts of the state: what earlier runs have learned of each, beyond its single links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from crawler.state.database import Database


@dataclass(frozen=True, slots=True)
class Host:
    """What is known of a host.

    ``failing_since`` is when its links were first seen to fail together (see `crawler.census`), ``forgiven`` are the
    states that it was wrongly held to before (see `crawler.standing`). ``answers_head`` is whether it answers HEAD as
    it answers GET; None where that was not tried.
    """

    failing_since: datetime | None = None
    forgiven: frozenset[str] = frozenset()
    answers_head: bool | None = None


_HEAD: Final = {"yes": True, "no": False, "": None}


class Hosts:
    """What is remembered of hosts, by their name (see `crawler.url.host`)."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def get(self, host: str) -> Host:
        """Return what is known of a host."""
        row = self.database.row("SELECT failing_since, forgiven, answers_head FROM host WHERE host = ?", host)
        return Host(_time(row[0]), frozenset(row[1].split()), _HEAD[row[2]]) if row else Host()

    def put(self, host: str, known: Host) -> None:
        """Remember what is known of a host in place of what was."""
        if known == Host():
            self.database.run("DELETE FROM host WHERE host = ?", host)
            return
        since = int(known.failing_since.timestamp()) if known.failing_since else None
        head = next(word for word, answers in _HEAD.items() if answers is known.answers_head)
        self.database.run(
            "INSERT OR REPLACE INTO host VALUES (?, ?, ?, ?)", host, since, " ".join(sorted(known.forgiven)), head
        )

    def failing(self) -> dict[str, datetime]:
        """Return since when hosts have been failing, those that do."""
        rows = self.database.rows("SELECT host, failing_since FROM host WHERE failing_since IS NOT NULL")
        return {host: datetime.fromtimestamp(since, UTC) for host, since in rows}

    def put_failing(self, since: Mapping[str, datetime]) -> None:
        """Remember since when hosts have been failing, and that all others have not."""
        with self.database.transaction():
            self.database.run("UPDATE host SET failing_since = NULL")
            for host, at in since.items():
                known = self.get(host)
                self.put(host, Host(at, known.forgiven, known.answers_head))
            self.database.run("DELETE FROM host WHERE failing_since IS NULL AND forgiven = '' AND answers_head = ''")


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
