"""The restraints of the state: how slowly sites are asked that have complained, and until when they are left alone."""

from datetime import UTC, datetime

from crawler.restraint import Restraint
from crawler.state.database import Database


class Restraints:
    """What is remembered of sites that have complained, by registered domain (see `crawler.url.site`)."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def all(self) -> dict[str, Restraint]:
        """Return those of all sites that have one."""
        rows = self.database.rows("SELECT site, level, calm, until FROM restraint")
        return {site: Restraint(level, calm, _time(until)) for site, level, calm, until in rows}

    def put(self, site: str, restraint: Restraint, now: datetime) -> None:
        """Remember one in place of what was; one that is over takes no room."""
        if not restraint.level and not restraint.is_resting(now):
            self.database.run("DELETE FROM restraint WHERE site = ?", site)
            return
        until = int(restraint.until.timestamp()) if restraint.until else None
        row = (site, restraint.level, restraint.calm, until)
        self.database.run("INSERT OR REPLACE INTO restraint VALUES (?, ?, ?, ?)", *row)


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
