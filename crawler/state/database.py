"""The database: one SQLite file that survives its users, opened, migrated and set aside where it is of no use."""

import hashlib
import logging
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from crawler.errors import StateError
from crawler.state.schema import APPLICATION, MIGRATIONS

_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SIDE_FILES: Final = ("", "-wal", "-shm")

log = logging.getLogger(__name__)


class UnusableStateError(StateError):
    """The file is damaged, from a newer version or another program's: no use will ever be made of it as it is.

    ``why`` is the one word for it that goes into the name it is moved to.
    """

    def __init__(self, why: str, path: Path | None) -> None:
        super().__init__(_WHAT[why], path=path, remedy="it is moved aside when it is next opened")
        self.why = why


_WHAT: Final = {
    "damaged": "the state file is damaged",
    "newer": "the state file was written by a newer version of recrawl",
    "foreign": "the state file is another program's",
}


class Database:
    """A connection. Every failure of SQLite arrives as a StateError that names the file."""

    def __init__(self, path: Path | None, migrations: Sequence[str] = MIGRATIONS) -> None:
        """Connect to a file, which is made where there is none, or to a private one that is gone when closed."""
        self.path = path
        with self._reported():
            # SQLite's name for "private, in memory while small" is the empty string.
            self.connection = sqlite3.connect(path or "", isolation_level=None)
            try:
                self._prepare(migrations)
            except BaseException:
                self.connection.close()
                raise

    @classmethod
    def open(cls, path: Path, now: datetime, migrations: Sequence[str] = MIGRATIONS) -> "Database":
        """Open a file; one that is damaged, from a newer version or no state file is moved aside, with a warning."""
        try:
            return cls(path, migrations)
        except UnusableStateError as error:
            aside = _set_aside(path, error.why, now)
            log.warning("%s: %s; it was moved to %s and a fresh one is begun", path, error.what, aside.name)
            return cls(path, migrations)

    @classmethod
    def copy(cls, path: Path) -> "Database":
        """Return a private copy of a file, empty where there is none that can be used; the file stays as it is."""
        if path.is_file():
            try:
                return cls.snapshot(path)
            except StateError as error:
                log.warning("%s: %s; going on without it", path, error.what)
        return cls(None)

    @classmethod
    def snapshot(cls, path: Path) -> "Database":
        """Return a private copy of a file, which stays as it is. Raises StateError where it cannot be used."""
        copy = cls(None)
        try:
            copy._read_from(path)
        except StateError as error:
            copy.close()
            error.path = path
            raise
        return copy

    def _read_from(self, path: Path) -> None:
        with self._reported():
            source = sqlite3.connect(f"{path.absolute().as_uri()}?mode={_mode(path)}", uri=True)
            try:
                source.backup(self.connection)
            finally:
                source.close()
            self._prepare(MIGRATIONS)

    def _prepare(self, migrations: Sequence[str]) -> None:
        self.connection.execute("PRAGMA trusted_schema = OFF")
        version = self._version()
        if version > len(migrations):
            raise UnusableStateError("newer", self.path)
        # A commit is not waited for: after a crash of the machine the last records are asked once more, no more than
        # that. A crash of the program loses nothing.
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        if self.connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise UnusableStateError("damaged", self.path)
        for number, script in enumerate(migrations[version:], version + 1):
            marks = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {number};"
            self.connection.executescript(f"BEGIN IMMEDIATE; {script}; {marks} COMMIT;")

    def _version(self) -> int:
        application, version, tables = self.connection.execute(
            "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)"
            " FROM pragma_application_id, pragma_user_version"
        ).fetchone()
        if application != APPLICATION and tables:
            raise UnusableStateError("foreign", self.path)
        return int(version)

    def run(self, statement: str, *values: Any) -> None:
        """Run one statement that changes something."""
        self._execute(statement, values)

    def row(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        """Return the first row of a query."""
        rows = self._execute(statement, values)
        return rows[0] if rows else None

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return self._execute(statement, values)

    def _execute(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(statement, values).fetchall()
        except UnicodeEncodeError:
            return self._execute(statement, [*map(_bound, values)])
        except sqlite3.Error as error:
            raise self._told(error) from error

    @property
    def is_changing(self) -> bool:
        """Whether a transaction is open."""
        return self.connection.in_transaction

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all that is run inside one change, or none; inside another transaction it is part of that."""
        if self.connection.in_transaction:
            yield
            return
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise

    def close(self) -> None:
        """Close the connection; a transaction that is open is undone."""
        self.connection.close()

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _told(self, error: sqlite3.Error) -> StateError:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            return UnusableStateError("damaged", self.path)
        return StateError(f"the state cannot be used: {error}", path=self.path)


def _mode(path: Path) -> str:
    """Return how a file is opened to be copied: to be written, too, or else SQLite's side files would stay behind.

    Where it may not be written, as by a second user of a machine, SQLite reads it by the side files of whoever is
    writing, or as a file that nobody writes (https://www.sqlite.org/wal.html, "Read-Only Databases").
    """
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "rw"
    return "ro" if path.with_name(f"{path.name}-wal").exists() else "ro&immutable=1"


def _set_aside(path: Path, why: str, now: datetime) -> Path:
    """Move a file, with what SQLite keeps beside it, to a name that tells why and when, and that is not taken."""
    number = 0
    while (aside := path.with_name(f"{path.name}.{why}-{now.astimezone(UTC):%Y%m%dT%H%M%S}{number or ''}")).exists():
        number += 1
    for side in _SIDE_FILES:
        if (file := path.with_name(path.name + side)).exists():
            file.rename(aside.with_name(aside.name + side))
    return aside


# What is known of a URL is in several tables.
@lru_cache(maxsize=4096)
def id_of(text: str) -> int:
    """Return the number that a text is known by: 64 bits of BLAKE2b, so that two of a million texts share one with a

    probability of 3 in 10^8.
    """
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _bound(value: Any) -> Any:
    # A lone surrogate, as a file name may hold, is no text to SQLite.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
