"""The schema: the tables of the state file, as the migrations that make them."""

from typing import Final

APPLICATION: Final = 0x72637231
"""SQLite's application id of our files ("rcr1"), which tells them from other programs' databases."""

MIGRATIONS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE url (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL,
        at INTEGER NOT NULL,
        status INTEGER NOT NULL,
        state TEXT NOT NULL,
        final_url TEXT NOT NULL,
        digest TEXT NOT NULL,
        etag TEXT NOT NULL,
        last_modified TEXT NOT NULL,
        coding TEXT NOT NULL,
        is_read INTEGER NOT NULL
    );
    CREATE TABLE observation (
        url INTEGER, at INTEGER, state TEXT, full INTEGER NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (url, at, state)
    ) WITHOUT ROWID;
    CREATE TABLE move (
        url INTEGER PRIMARY KEY,
        target TEXT NOT NULL,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        times INTEGER NOT NULL
    );
    CREATE TABLE amp (url INTEGER PRIMARY KEY, status TEXT NOT NULL, at INTEGER NOT NULL);
    CREATE TABLE record (id INTEGER PRIMARY KEY, path TEXT NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL);
    CREATE TABLE written (
        record INTEGER, place TEXT, digest INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (record, place)
    ) WITHOUT ROWID;
    CREATE TABLE host (
        host TEXT PRIMARY KEY, failing_since INTEGER, forgiven TEXT NOT NULL, answers_head TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE site (site TEXT PRIMARY KEY, memory TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE file (
        path BLOB PRIMARY KEY,
        size INTEGER NOT NULL,
        mtime INTEGER NOT NULL,
        inode INTEGER NOT NULL,
        read INTEGER NOT NULL,
        url TEXT NOT NULL,
        published INTEGER,
        rot INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE track (
        url TEXT PRIMARY KEY,
        published INTEGER,
        edits REAL NOT NULL,
        seen REAL NOT NULL,
        flow REAL NOT NULL,
        watched REAL NOT NULL,
        stated INTEGER,
        read INTEGER,
        asked INTEGER NOT NULL,
        kept INTEGER NOT NULL,
        rest INTEGER,
        listed INTEGER,
        said INTEGER,
        times INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE validators (host TEXT PRIMARY KEY, honest INTEGER NOT NULL, lying INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE ear (
        site TEXT PRIMARY KEY, told REAL NOT NULL, empty REAL NOT NULL, changes REAL NOT NULL, hours REAL NOT NULL,
        polled INTEGER
    ) WITHOUT ROWID;
    CREATE TABLE feed (
        url TEXT PRIMARY KEY, site TEXT NOT NULL, kind TEXT NOT NULL, found INTEGER NOT NULL, polled INTEGER,
        etag TEXT NOT NULL, last_modified TEXT NOT NULL, failures INTEGER NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE robots (origin TEXT PRIMARY KEY, body BLOB, at INTEGER, failing_since INTEGER);
    CREATE TABLE restraint (
        site TEXT PRIMARY KEY, level INTEGER NOT NULL, calm INTEGER NOT NULL, until INTEGER
    ) WITHOUT ROWID;
    """,
)
"""One script for each version, each run once and in a transaction; a released one is never changed, only followed.

Times are UTC seconds since 1970, but ``file.mtime`` and ``file.read``, which are nanoseconds of the machine's clock.
URLs and paths are known by a hash (`crawler.state.database.id_of`) in the tables of the first version: that needs no
index beside the table, and keeps the longest texts out of all tables but their own.
"""
