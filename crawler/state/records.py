"""The records of the state: which bytes of each were checked when, and which values in them are ours."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler import place as key_path
from crawler.place import Place
from crawler.state.database import Database, id_of


@dataclass(frozen=True, slots=True)
class Checked:
    """A record's file as it was left after its last check: the SHA-256 of its bytes, and when."""

    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """The values that we wrote into one record, as a hash of each scalar."""

    values: Mapping[Place, int]

    def is_by_hand(self, place: Place, fields: Mapping[str, Any]) -> bool:
        """Tell whether someone changed or removed what we wrote at a place, or anywhere inside it."""
        ours = ((own, known) for own, known in self.values.items() if own[: len(place)] == place)
        return any(known != hash_of(key_path.value(fields, own)) for own, known in ours)


class Names:
    """Names of records, as `crawler.state.files` has them.

    One that may have been no text, and so is not as it was in the table, is known by its id.
    """

    def __init__(self, names: frozenset[bytes | int]) -> None:
        self.names = names

    def __contains__(self, name: bytes) -> bool:
        is_plain = name.isascii() and b"?" not in name
        return (name if is_plain else id_of(os.fsdecode(name))) in self.names


class Records:
    """What is remembered of records, by their path from the folder in which the state folder is."""

    def __init__(self, database: Database, root: Path) -> None:
        self.database = database
        self.root = root

    def get(self, path: Path) -> Checked | None:
        """Return what is known of a file's last check."""
        row = self.database.row("SELECT digest, at FROM record WHERE id = ?", id_of(self._name(path)))
        return Checked(row[0], datetime.fromtimestamp(row[1], UTC)) if row else None

    def put(self, path: Path, checked: Checked) -> None:
        """Remember a check in place of the one before."""
        name = self._name(path)
        at = int(checked.at.timestamp())
        self.database.run("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", id_of(name), name, checked.digest, at)

    def forget(self, path: Path) -> None:
        """Forget a check, so that all is asked for anew."""
        self.database.run("DELETE FROM record WHERE id = ?", id_of(self._name(path)))

    def checked(self) -> "Names":
        """Return the names of all records that were ever checked."""
        rows = self.database.rows("SELECT path, id FROM record")
        return Names(frozenset(path.encode() if path.isascii() and "?" not in path else key for path, key in rows))

    def written(self, path: Path) -> Written:
        """Return what we wrote into a record, ever."""
        rows = self.database.rows("SELECT place, digest FROM written WHERE record = ?", id_of(self._name(path)))
        return Written({key_path.parse(place): digest for place, digest in rows})

    def put_written(self, path: Path, places: Iterable[Place], fields: Mapping[str, Any], at: datetime) -> None:
        """Remember that we wrote what stands at some places of a record now, in place of what we wrote there before."""
        record = id_of(self._name(path))
        before = self.written(path).values
        for place in places:
            for old in before:
                if old[: len(place)] == place or place[: len(old)] == old:
                    self.database.run("DELETE FROM written WHERE record = ? AND place = ?", record, key_path.text(old))
            for own, value in key_path.scalars(key_path.value(fields, place), place):
                row = (record, key_path.text(own), hash_of(value), int(at.timestamp()))
                self.database.run("INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?)", *row)

    def _name(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.root)).as_posix()


def hash_of(value: Any) -> int:
    """Return a number that is the same for values that mean the same, as a moment does in any zone."""
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(UTC)
    return id_of(json.dumps(value, default=str))
