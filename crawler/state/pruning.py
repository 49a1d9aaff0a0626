"""Pruning: what is forgotten of a state, since nothing asks for it any more."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.state.database import Database, id_of


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many records and addresses were forgotten."""

    records: int
    addresses: int


def prune(database: Database, root: Path, before: datetime) -> Pruned:
    """Forget records whose file is gone, and addresses and copies of robots.txt that were last asked before a time."""
    at = int(before.timestamp())
    with database.transaction():
        paths = [path for (path,) in database.rows("SELECT path FROM record") if not (root / path).exists()]
        for path in paths:
            database.run("DELETE FROM record WHERE id = ?", id_of(path))
            database.run("DELETE FROM written WHERE record = ?", id_of(path))
        for (path,) in database.rows("SELECT path FROM file"):
            if not (root / os.fsdecode(path)).exists():
                database.run("DELETE FROM file WHERE path = ?", path)
        urls = database.rows("SELECT id, url FROM url WHERE at < ?", at)
        for key, url in urls:
            for table in ("observation", "move", "amp"):
                database.run(f"DELETE FROM {table} WHERE url = ?", key)  # noqa: S608 - our own names
            database.run("DELETE FROM track WHERE url = ? AND asked < ?", url, at)
        database.run("DELETE FROM url WHERE at < ?", at)
        database.run("DELETE FROM robots WHERE coalesce(at, failing_since) < ?", at)
    database.run("VACUUM")
    return Pruned(len(paths), len(urls))
