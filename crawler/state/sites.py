"""The sites of the state: what was learned of each registered domain, as the text that its own noun makes of it."""

from datetime import datetime

from crawler.state.database import Database


class Sites:
    """What is remembered of sites, by registered domain (see `crawler.url.site`)."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def get(self, site: str) -> str | None:
        """Return what was kept of a site."""
        row = self.database.row("SELECT memory FROM site WHERE site = ?", site)
        return str(row[0]) if row else None

    def put(self, site: str, memory: str, at: datetime) -> None:
        """Keep a text in place of the one before."""
        self.database.run("INSERT OR REPLACE INTO site VALUES (?, ?, ?)", site, memory, int(at.timestamp()))
