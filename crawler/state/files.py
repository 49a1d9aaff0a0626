"""The files of the state: what each holds of an article, so that one that has not changed need not be read again."""

import os
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, NamedTuple, cast

from crawler.state.database import Database

RACY: Final = 2 * 10**9
"""Nanoseconds before its reading in which a file must not have changed for its times to be trusted: what is written
right after may have the same time and size (git calls such files racily clean). No file system that is in use has
coarser times than FAT's two seconds."""


Stamp = tuple[int, int, int]
"""What tells one state of a file from another: its size, its time of change in nanoseconds, and its inode."""


class Filed(NamedTuple):
    """What a file holds: the address of its article, empty for none, and when that came out.

    ``rot`` is when its links are next to be looked at, None where they never were; ``name`` is the file's path from
    the folder in which the state folder is.
    """

    path: Path
    url: str
    published: datetime | None = None
    rot: datetime | None = None
    name: bytes = b""


_Row = tuple[bytes, int, int, int, int, str, int | None, int]


class Files:
    """What is remembered of files, by their path from the folder in which the state folder is."""

    def __init__(self, database: Database, root: Path, clock: Callable[[], int] = time.time_ns) -> None:
        self.database = database
        self.root = root
        self.clock = clock
        self.prefix = lru_cache(maxsize=65_536)(self._prefix)

    def filed(self, paths: Iterable[Path], read: Callable[[Path], Filed | None]) -> list[Filed]:
        """Return what each file holds; those that have changed are read, and what is found is remembered.

        A file of which ``read`` returns None is left out, and read again next time.
        """
        known = self._known()
        with self.database.transaction():
            return [filed for path in paths if (filed := self._filed(path, known, read))]

    def _filed(self, path: Path, known: Mapping[bytes, _Row], read: Callable[[Path], Filed | None]) -> Filed | None:
        key = self._key(path)
        try:
            found = os.stat(path)  # noqa: PTH116 - for each of many files
        except OSError:
            return read(path)  # which says why
        stamp = (found.st_size, found.st_mtime_ns, found.st_ino)
        row = known.get(key)
        if row is not None and row[1:4] == stamp and found.st_mtime_ns + RACY < row[4]:
            _, _, _, _, _, url, published, rot = row
            return Filed(path, url, None if published is None else _time(published), _time(rot) if rot else None, key)
        filed = read(path)
        return filed and self._file(key, stamp, filed)

    def _known(self) -> dict[bytes, _Row]:
        rows = self.database.rows("SELECT path, size, mtime, inode, read, url, published, rot FROM file")
        return {row[0]: cast("_Row", row) for row in rows}

    def _file(self, key: bytes, stamp: Stamp, filed: Filed) -> Filed:
        # Whoever changed it since it was looked at has given it another time, or a later one than is trusted.
        self.database.run(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
            *(key, *stamp, self.clock(), filed.url),
            int(filed.published.timestamp()) if filed.published else None,
        )
        return filed._replace(rot=None, name=key)

    def put_rot(self, path: Path, due: datetime) -> None:
        """Remember when the links of a file are next to be looked at."""
        self.database.run("UPDATE file SET rot = ? WHERE path = ?", int(due.timestamp()), self._key(path))

    def forget(self) -> None:
        """Have all files read anew."""
        self.database.run("DELETE FROM file")

    def _key(self, path: Path) -> bytes:
        folder, name = os.path.split(path)
        return self.prefix(folder or ".") + os.fsencode(name)

    def _prefix(self, folder: str) -> bytes:
        inner = os.path.relpath(folder, self.root)
        return b"" if inner == "." else os.fsencode(inner) + b"/"


_time = partial(datetime.fromtimestamp, tz=UTC)
