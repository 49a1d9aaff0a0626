"""A table: which captures some archives hold, and at which byte of which file each begins."""

import re
import sqlite3
from typing import Any, Final, NamedTuple

from crawler.warc.capture import status_of
from crawler.warc.match import as_asked, key
from crawler.warc.record import Record

_SCHEMA: Final = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE capture (
        key TEXT, asked TEXT, date TEXT, status INTEGER, refers INTEGER, method TEXT DEFAULT 'GET',
        id TEXT, request TEXT, digest TEXT, file INTEGER, offset INTEGER);
    CREATE TABLE request (id TEXT, response TEXT, method TEXT);
"""
"""``refers``: the payload stands in another record. Requests are noted where they are no GET."""

_ADD: Final = """
    INSERT INTO capture (key, asked, date, status, refers, id, request, digest, file, offset)
    VALUES (:key, :asked, :date, :status, :refers, :id, :request, :digest, :file, :offset)
"""
_FINISH: Final = """
    UPDATE capture SET method = (SELECT method FROM request WHERE response = capture.id)
        WHERE id IN (SELECT response FROM request);
    UPDATE capture SET method = (SELECT method FROM request WHERE id = capture.request)
        WHERE request IN (SELECT id FROM request);
    CREATE INDEX capture_key ON capture (key);
    CREATE INDEX capture_id ON capture (id);
    CREATE INDEX capture_digest ON capture (digest);
"""
_FIND: Final = """
    SELECT file, offset FROM capture
    WHERE key = :key AND method IN (:method, :other) AND (asked = :asked OR status NOT BETWEEN 300 AND 399)
    ORDER BY asked = :asked DESC, substr(asked, 1, 6) = substr(:asked, 1, 6) DESC, date DESC, rowid DESC LIMIT 1
"""
_FIND_REFERRED: Final = """
    SELECT file, offset FROM capture
    WHERE NOT refers
        AND (id = :id OR digest = :digest OR (key = :key AND asked = :asked AND date BETWEEN :earliest AND :date))
    ORDER BY id = :id DESC, asked = :asked AND date = :date DESC, digest = :digest DESC, date DESC LIMIT 1
"""
_METHOD: Final = re.compile(rb"[A-Z]{3,16}(?= )")


class Place(NamedTuple):
    """The number of a file, and the byte of it at which a record begins."""

    file: int
    offset: int


class Table:
    """A temporary SQLite database, which takes to the disk as it grows; filled first, then finished, then asked."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.executescript(_SCHEMA)

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(DISTINCT asked) FROM capture").fetchone()[0])

    def add(self, record: Record, place: Place) -> None:
        """Note a record of a file: a capture, or a request by its method; blocks need no more than their first line."""
        if record.kind == "request":
            method = _METHOD.match(record.block)
            if method and method[0] != b"GET":
                ids = record.fields.get("warc-record-id"), record.fields.get("warc-concurrent-to")
                self._db.execute("INSERT INTO request VALUES (?, ?, ?)", (*ids, method[0].decode()))
        elif row := _row(record):
            self._db.execute(_ADD, {**row, **place._asdict()})

    def forget(self, file: int) -> None:
        """Take all captures of a file out again."""
        self._db.execute("DELETE FROM capture WHERE file = ?", (file,))

    def finish(self) -> None:
        """Make ready to be asked."""
        self._db.executescript(_FINISH)

    def find(self, url: str, method: str) -> Place | None:
        """Return where the capture is that answers a request, None where none does."""
        asked = as_asked(url)
        other = "GET" if method == "HEAD" else method
        return self._first(_FIND, {"key": key(asked), "asked": asked, "method": method, "other": other})

    def find_referred(self, record: Record) -> Place | None:
        """Return where the payload of a revisit (or of an answer "not modified") is, None where it is in no file.

        WARC 1.1 §6.7 names it by URL and date, by the id of its record or by its digest, each of them optional. What
        the server said is "not modified" is its last full answer before.
        """
        fields = record.fields
        referred = fields.get("warc-refers-to-target-uri")
        unmodified = status_of(record.block) == 304 or "not-modified" in fields.get("warc-profile", "")
        asked = as_asked(referred or record.url) if referred or unmodified else None
        date = _date(record, "warc-refers-to-date" if referred else "warc-date")
        given = {
            "id": fields.get("warc-refers-to"),
            "digest": fields.get("warc-payload-digest"),
            "asked": asked,
            "key": key(asked) if asked else None,
            "earliest": "" if unmodified else date,
            "date": date,
        }
        return self._first(_FIND_REFERRED, given)

    def close(self) -> None:
        """Remove the table."""
        self._db.close()

    def _first(self, query: str, given: dict[str, Any]) -> Place | None:
        found = self._db.execute(query, given).fetchone()
        return Place(*found) if found else None


def _row(record: Record) -> dict[str, Any] | None:
    status = 200 if record.kind == "resource" else status_of(record.block)
    asked = as_asked(record.url)
    if not asked.startswith(("http://", "https://")) or (status is None and record.kind == "response"):
        return None
    return {
        "key": key(asked),
        "asked": asked,
        "date": _date(record, "warc-date"),
        "status": status or 200,
        "refers": record.kind == "revisit" or status == 304,
        "id": record.fields.get("warc-record-id"),
        "request": record.fields.get("warc-concurrent-to"),
        "digest": record.fields.get("warc-payload-digest"),
    }


def _date(record: Record, field: str) -> str:
    # Without its Z, a time to the second sorts before one within that second.
    return record.fields.get(field, "").rstrip("Z")
