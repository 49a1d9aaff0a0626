"""The feeds of the state: which sitemaps and feeds each site has, and how far they are to be believed."""

from datetime import UTC, datetime

from crawler.feed import OWN, Feed, Kind
from crawler.signal import Ear
from crawler.state.database import Database
from crawler.url import site


class Feeds:
    """What is remembered of feeds, by registered domain (see `crawler.url.site`)."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, site: str) -> list[Feed]:
        """Return the feeds of a site."""
        rows = self.database.rows(
            "SELECT url, found, kind, polled, etag, last_modified, failures FROM feed WHERE site = ? ORDER BY url", site
        )
        return [
            Feed(url, site, datetime.fromtimestamp(found, UTC), Kind(kind), _time(polled), *rest)
            for url, found, kind, polled, *rest in rows
        ]

    def find(self, url: str, now: datetime) -> None:
        """Remember the address of a feed that was found, unless its site has as many as are listened to."""
        if url and len(known := self.of(site(url))) < OWN and all(feed.url != url for feed in known):
            self.put(Feed(url, site(url), now))

    def put(self, feed: Feed) -> None:
        """Remember a feed in place of what was."""
        self.database.run(
            "INSERT OR REPLACE INTO feed (url, site, kind, found, polled, etag, last_modified, failures)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(feed.url, feed.site, feed.kind, int(feed.found.timestamp())),
            *(int(feed.polled.timestamp()) if feed.polled else None, feed.etag, feed.last_modified, feed.failures),
        )

    def ears(self) -> dict[str, Ear]:
        """Return what listening to each site has taught."""
        return {
            site: Ear(*rest) for site, *rest in self.database.rows("SELECT site, told, empty, changes, hours FROM ear")
        }

    def ear(self, site: str) -> Ear:
        """Return what listening to one site has taught."""
        row = self.database.row("SELECT told, empty, changes, hours FROM ear WHERE site = ?", site)
        return Ear(*row) if row else Ear()

    def polled(self, site: str) -> datetime | None:
        """Return when the feeds of a site were last asked."""
        row = self.database.row("SELECT polled FROM ear WHERE site = ?", site)
        return _time(row[0]) if row else None

    def put_ear(self, site: str, ear: Ear, polled: datetime | None) -> None:
        """Remember what listening to a site has taught, and when its feeds were last asked."""
        self.database.run(
            "INSERT OR REPLACE INTO ear VALUES (?, ?, ?, ?, ?, ?)",
            *(site, ear.told, ear.empty, ear.changes, ear.hours, int(polled.timestamp()) if polled else None),
        )


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
