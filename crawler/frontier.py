"""A frontier: the links that a check has still to ask, gathered by the address that each of them asks for.

It is kept in a file that has no name and is gone with the process, so that memory does not grow with the links.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from crawler import amp
from crawler.link import Link, Spot
from crawler.links import Mention
from crawler.state.database import id_of
from crawler.target import Role
from crawler.url import absolute, site

_SCHEMA: Final = """
    PRAGMA journal_mode = OFF;
    CREATE TABLE ask (id INTEGER PRIMARY KEY, address TEXT NOT NULL, site TEXT NOT NULL);
    CREATE TABLE link (
        id INTEGER PRIMARY KEY, ask INTEGER NOT NULL, url TEXT NOT NULL, rank INTEGER NOT NULL
    );
    CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
    CREATE TABLE held (ask INTEGER NOT NULL, look TEXT NOT NULL);
    CREATE TABLE spot (link INTEGER NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, place TEXT NOT NULL);
"""
_INDEXES: Final = """
    CREATE INDEX asks_of_site ON ask (site, id);
    CREATE INDEX links_of_ask ON link (ask);
    CREATE INDEX spots_of_link ON spot (link);
"""
_ASKS: Final = """
    SELECT ask.id, ask.address, link.id, link.url, link.rank, file.path, spot.line, spot.place
    FROM ask JOIN link ON link.ask = ask.id JOIN spot ON spot.link = link.id JOIN file ON file.id = spot.file
    WHERE ask.id {} ORDER BY ask.id, link.rank, link.id, spot.rowid
"""
_ONE: Final = _ASKS.format("= ?")
_SOME: Final = _ASKS.format("IN (SELECT id FROM ask WHERE site = ? AND id > ? ORDER BY id LIMIT ?)")
_LEAST: Final = -(1 << 63)
_ROLES: Final = (Role.ARTICLE, Role.WEB, Role.AMP, Role.AMP_CACHE, Role.RELATED, Role.IMAGE, Role.LINK)
"""What a URL is that is several things, the first of these."""

_BATCH: Final = 50
"""Addresses of a site that are read at once."""

_WRITTEN: Final = 1_000
"""Links that are written at once."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One address to ask, and the links whose life its answer tells of; the address is empty where there is none."""

    id: int
    address: str
    links: tuple[Link, ...]


class Frontier:
    """Links to ask. Filled first, then read."""

    def __init__(self) -> None:
        # SQLite's name for "private, in memory while small" is the empty string.
        self.connection = sqlite3.connect("", isolation_level=None)
        self.connection.executescript(_SCHEMA)
        self.file = (Path(), 0)

    def fill(self, mentions: Iterable[Mention]) -> None:
        """Add what files hold."""
        self.connection.execute("BEGIN")
        waiting = iter(mentions)
        while some := [*islice(waiting, _WRITTEN)]:
            self._add(some)
        self.connection.execute("COMMIT")

    def _add(self, mentions: Sequence[Mention]) -> None:
        asks, links, spots = [], [], []
        for one in mentions:
            address = address_of(one.url, one.role)
            ask, link = id_of(address or one.url), id_of(one.url)
            asks.append((ask, _text(address), _text(site(address))))
            links.append((link, ask, _text(one.url), _ROLES.index(one.role)))
            spots.append((link, self._file(one.spot.path), one.spot.line, _text(one.spot.place)))
        run = self.connection.executemany
        run("INSERT OR IGNORE INTO ask VALUES (?, ?, ?)", asks)
        run("INSERT INTO link VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET rank = min(rank, excluded.rank)", links)
        run("INSERT INTO spot VALUES (?, ?, ?, ?)", spots)

    def _file(self, path: Path) -> int:
        # Links come file by file.
        if self.file[0] != path or not self.file[1]:
            row = (_bytes(path),)
            self.connection.execute("INSERT OR IGNORE INTO file (path) VALUES (?)", row)
            (number,) = self.connection.execute("SELECT id FROM file WHERE path = ?", row).fetchone()
            self.file = (path, number)
        return self.file[1]

    def seal(self) -> None:
        """End the filling."""
        self.connection.executescript(_INDEXES)

    def __len__(self) -> int:
        return self._number("SELECT count(*) FROM link")

    def sites(self) -> Iterator[tuple[str, int]]:
        """Yield every site and the number of its addresses: those with the most first, which take longest to ask."""
        yield from self.connection.execute("SELECT site, count(*) FROM ask GROUP BY site ORDER BY 2 DESC, 1")

    def size(self, site: str) -> int:
        """Return the number of addresses of a site."""
        return int(self.connection.execute("SELECT count(*) FROM ask WHERE site = ?", (site,)).fetchone()[0])

    def asks(self, site: str) -> Iterator[Ask]:
        """Yield what is to be asked of one site."""
        after = _LEAST
        while rows := self.connection.execute(_SOME, (site, after, _BATCH)).fetchall():
            yield from _asks(rows)
            after = rows[-1][0]

    def ask(self, number: int) -> Ask:
        """Return one of them by its id."""
        return next(_asks(self.connection.execute(_ONE, (number,))))

    def hold(self, ask: Ask, look: str) -> None:
        """Keep what was seen of an address for later."""
        self.connection.execute("INSERT INTO held VALUES (?, ?)", (ask.id, look))

    def held(self) -> Iterator[tuple[Ask, str]]:
        """Yield what was kept, in that order."""
        for number, look in self.connection.execute("SELECT ask, look FROM held ORDER BY rowid"):
            yield self.ask(number), look

    def _number(self, query: str) -> int:
        return int(self.connection.execute(query).fetchone()[0])

    def close(self) -> None:
        """Forget everything."""
        self.connection.close()


def address_of(url: str, role: Role) -> str:
    """Return the address that tells of a link's life, written as browsers send it; empty where there is none.

    The AMP cache asks not to be crawled, and serves what it has of a page: that page is asked. What a fragment names
    is in the page, and no address of its own.
    """
    asked = (amp.origin_url(url) or "") if role is Role.AMP_CACHE else url
    return (absolute(asked, asked) or "").partition("#")[0]


def _asks(rows: Iterable[tuple[Any, ...]]) -> Iterator[Ask]:
    for (number, address), found in groupby(rows, key=itemgetter(0, 1)):
        yield Ask(number, address, tuple(_link(list(group)) for _, group in groupby(found, key=itemgetter(2))))


def _link(rows: list[tuple[Any, ...]]) -> Link:
    _, _, _, url, rank, *_ = rows[0]
    return Link(url, _ROLES[rank], tuple(Spot(_path(path), line, place) for *_, path, line, place in rows))


@lru_cache(maxsize=1024)
def _path(written: bytes) -> Path:
    return Path(written.decode("utf-8", "surrogateescape"))


def _text(text: str) -> str:
    # A lone surrogate is no text to SQLite, and no part of any URL.
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _bytes(path: Path) -> bytes:
    return str(path).encode("utf-8", "surrogateescape")
