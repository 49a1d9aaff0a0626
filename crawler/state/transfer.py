"""A transfer: what a state knows as JSON lines, and two of them merged into one.

Every line is one row of one table. Merging takes, of two rows of the same thing, the later one; so it does not matter
in which order states are merged, how often, or which of them with which first: it is associative, commutative and
idempotent. What is true of one machine only (its files, copies of robots.txt) is not transferred.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from crawler.errors import StateError
from crawler.history import History
from crawler.observation import Observation
from crawler.state.database import Database

Row = dict[str, Any]

HEAD: Final = "recrawl-state"
"""The kind of the first line, which says by which version of recrawl it was written."""


@dataclass(frozen=True)
class Kind:
    """A table: the columns that name a row, and those by which the later of two rows is told, then by all others."""

    key: tuple[str, ...]
    later: tuple[str, ...]

    def order(self, row: Row) -> tuple[tuple[bool, Any], ...]:
        """Return what of two rows of the same thing is the greater in the one that is kept."""
        columns = (*self.later, *sorted(row.keys() - set(self.later)))
        return tuple((row[column] is not None, 0 if row[column] is None else row[column]) for column in columns)


KINDS: Final[Mapping[str, Kind]] = {
    "url": Kind(("id",), ("at",)),
    "observation": Kind(("url", "at", "state"), ()),
    "move": Kind(("url",), ("last_at", "times")),
    "amp": Kind(("url",), ("at",)),
    "record": Kind(("id",), ("at",)),
    "written": Kind(("record", "place"), ("at",)),
    "host": Kind(("host",), ()),
    "site": Kind(("site",), ("at",)),
    "track": Kind(("url",), ("asked", "read", "listed")),
    "validators": Kind(("host",), ("honest", "lying")),
    "ear": Kind(("site",), ("polled",)),
    "feed": Kind(("url",), ("polled", "found")),
    "restraint": Kind(("site",), ("until", "level")),
}

_TIMES: Final = frozenset(
    (
        *("at", "first_at", "last_at", "failing_since", "until"),
        *("published", "read", "asked", "rest", "listed", "said", "polled", "found"),
    )
)
_FIRST: Final = int(datetime(1, 1, 2, tzinfo=UTC).timestamp())
_LAST: Final = int(datetime(9999, 12, 30, tzinfo=UTC).timestamp())

_TYPES: Final = {"INTEGER": (int,), "TEXT": (str,), "REAL": (int, float)}


def lines(database: Database, version: str) -> Iterator[str]:
    """Yield all that is transferred, in an order that is the same for the same knowledge."""
    yield _line({"kind": HEAD, "version": version})
    for name, kind in KINDS.items():
        columns = [column for column, *_ in _columns(database, name)]
        query = f"SELECT {', '.join(columns)} FROM {name} ORDER BY {', '.join(kind.key)}"  # noqa: S608 - our own names
        for row in database.rows(query):
            yield _line({"kind": name, **dict(zip(columns, row, strict=True))})


def _line(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _columns(database: Database, name: str) -> list[tuple[str, tuple[type, ...], bool]]:
    """Return the name of each column of a table, the types that it takes, and whether it may be null."""
    rows = database.rows('SELECT name, type, "notnull" FROM pragma_table_info(?)', name)
    return [(column, _TYPES[kind], not required) for column, kind, required in rows]


class Merger:
    """Merges lines into a state. ``unknown`` counts lines of kinds that another version of recrawl may know."""

    def __init__(self, database: Database, version: str) -> None:
        self.database = database
        self.version = version
        self.columns = {name: _columns(database, name) for name in KINDS}
        self.is_same_version = False
        self.urls: set[int] = set()
        self.merged = 0
        self.unknown = 0

    def merge(self, lines: Iterable[str], source: str) -> None:
        """Merge lines; all of them, or none. Raises StateError that names the line which cannot be read."""
        self.is_same_version = False
        with self.database.transaction():
            for number, line in enumerate(lines, 1):
                try:
                    self._take(json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    what = f"{source}:{number}: it is no line of `recrawl state export`: {error}"
                    raise StateError(what, remedy="nothing was merged; export it anew") from error
            self._bound()

    def _take(self, said: Row) -> None:
        name = said.pop("kind")
        if name == HEAD:
            self.is_same_version = said["version"] == self.version
        elif name in KINDS:
            self._merge(name, self._checked(name, said))
        else:
            self.unknown += 1

    def _checked(self, name: str, said: Row) -> Row:
        row: Row = {}
        for column, types, may_be_null in self.columns[name]:
            value = row[column] = said[column]
            is_time = column in _TIMES and isinstance(value, int)
            if is_time and not _FIRST <= value <= _LAST:
                raise ValueError(f"{column} of {name} is no time: {value}")
            if isinstance(value, bool) or not (isinstance(value, types) or (value is None and may_be_null)):
                raise ValueError(f"{column} of {name} cannot be {value!r}")
        if name == "url" and not self.is_same_version:
            # Another version may have made less of the page.
            row |= {"etag": "", "last_modified": ""}
        if name == "observation":
            self.urls.add(row["url"])
        return row

    def _merge(self, name: str, row: Row) -> None:
        kind = KINDS[name]
        where = " AND ".join(f"{column} = ?" for column in kind.key)
        found = self.database.row(
            f"SELECT {', '.join(row)} FROM {name} WHERE {where}",  # noqa: S608 - our own names
            *(row[column] for column in kind.key),
        )
        known = dict(zip(row, found, strict=True)) if found else None
        kept = row if known is None else host(known, row) if name == "host" else max(known, row, key=kind.order)
        if kept != known:
            self.merged += 1
            marks = ", ".join("?" * len(kept))
            names = ", ".join(kept)
            self.database.run(f"INSERT OR REPLACE INTO {name} ({names}) VALUES ({marks})", *kept.values())  # noqa: S608

    def _bound(self) -> None:
        """Keep of each history what is kept of any (see `crawler.history`)."""
        for url in self.urls:
            rows = self.database.rows("SELECT at, state, full, detail FROM observation WHERE url = ?", url)
            kept = {(int(one.at.timestamp()), one.state) for one in History.of(_observation(*row) for row in rows)}
            for at, state, *_ in rows:
                if (at, state) not in kept:
                    self.database.run("DELETE FROM observation WHERE url = ? AND at = ? AND state = ?", url, at, state)
        self.urls.clear()


def _observation(at: int, state: str, full: int, detail: str) -> Observation:
    return Observation(datetime.fromtimestamp(at, UTC), state, bool(full), detail)


_HEAD_ANSWERS: Final = ("", "yes", "no")


def host(one: Row, other: Row) -> Row:
    """Merge what is known of a host: all that is forgiven, the earliest failure, and of HEAD the bad news."""
    since = [row["failing_since"] for row in (one, other) if row["failing_since"] is not None]
    return {
        "host": one["host"],
        "failing_since": min(since, default=None),
        "forgiven": " ".join(sorted({*one["forgiven"].split(), *other["forgiven"].split()})),
        "answers_head": max(one["answers_head"], other["answers_head"], key=_HEAD_ANSWERS.index),
    }
