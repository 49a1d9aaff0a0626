import logging
import random
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from crawler.errors import StateError
from crawler.state.database import Database, id_of
from crawler.state.schema import APPLICATION, MIGRATIONS

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ROW = ("example.org", "what was learned", 0)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state.sqlite3"


def filled(path, rows=1):
    database = Database.open(path, NOW)
    with database.transaction():
        for number in range(rows):
            database.run("INSERT INTO site VALUES (?, ?, ?)", *(f"{number or ''}example.org", *ROW[1:]))
    database.close()
    return path


def sites(database):
    return database.row("SELECT count(*) FROM site")[0]


def test_what_is_written_is_there_when_opened_again(path):
    filled(path)
    database = Database.open(path, NOW)
    assert database.row("SELECT * FROM site") == ROW
    assert database.row("PRAGMA user_version") == (len(MIGRATIONS),)
    assert database.row("PRAGMA journal_mode") == ("wal",)
    assert database.row("PRAGMA synchronous") == (1,)
    database.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_transaction_is_kept_whole_or_not_at_all(path):
    database = Database.open(path, NOW)
    with database.transaction(), database.transaction():
        database.run("INSERT INTO site VALUES (?, ?, ?)", *ROW)
    with suppress(KeyError), database.transaction():
        database.run("DELETE FROM site")
        with database.transaction():
            database.run("INSERT INTO site VALUES ('other.org', '', 0)")
        raise KeyError
    assert database.rows("SELECT * FROM site") == [ROW]


def garbage(path):
    path.write_bytes(random.Random(1).randbytes(20_000))


def half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwritten(path):
    data = bytearray(path.read_bytes())
    data[-16384:-8192] = random.Random(2).randbytes(8192)
    path.write_bytes(data)


def newer(path):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()


def foreign(path):
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()


@pytest.mark.parametrize(
    ("harm", "why", "said"),
    [
        (garbage, "damaged", "the state file is damaged"),
        (half, "damaged", "the state file is damaged"),
        (overwritten, "damaged", "the state file is damaged"),
        (newer, "newer", "written by a newer version of recrawl"),
        (foreign, "foreign", "another program's"),
    ],
)
def test_a_file_of_no_use_is_moved_aside_and_a_fresh_one_begun(path, caplog, harm, why, said):
    harm(filled(path, 5000))
    harmed = path.read_bytes()
    database = Database.open(path, NOW)
    assert sites(database) == 0
    database.close()
    aside = path.with_name(f"state.sqlite3.{why}-20260102T030405")
    assert aside.read_bytes() == harmed
    assert said in caplog.text
    assert aside.name in caplog.text


def test_nothing_that_was_moved_aside_is_ever_overwritten(path):
    for _ in range(3):
        garbage(path)
        Database.open(path, NOW).close()
    assert len(list(path.parent.glob("*.damaged-20260102T030405*"))) == 3


def test_what_sqlite_keeps_beside_a_file_goes_with_it(path):
    reader = sqlite3.connect(filled(path, 5000), isolation_level=None)
    reader.execute("DELETE FROM site WHERE site = 'example.org'")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM site").fetchone()
    overwritten(path)
    log = path.with_name("state.sqlite3-wal").read_bytes()
    database = Database.open(path, NOW)
    assert sites(database) == 0
    assert database.row("PRAGMA quick_check") == ("ok",)
    assert path.with_name("state.sqlite3.damaged-20260102T030405-wal").read_bytes() == log


def test_damage_that_shows_only_in_use_is_reported(path):
    database = Database.open(filled(path, 5000), NOW)
    overwritten(path)
    database.run("PRAGMA shrink_memory")
    with pytest.raises(StateError, match=r"state\.sqlite3: the state file is damaged; it is moved aside"):
        database.rows("SELECT * FROM site ORDER BY memory, site")


def test_a_file_that_cannot_be_opened_is_an_error_and_stays(path):
    path.mkdir()
    with pytest.raises(StateError, match="unable to open"):
        Database.open(path, NOW)
    assert path.is_dir()


def test_an_older_file_is_migrated_with_all_it_holds(path):
    filled(path)
    newer = (*MIGRATIONS, "ALTER TABLE site ADD COLUMN note TEXT DEFAULT 'none'; CREATE TABLE more (x);")
    database = Database.open(path, NOW, newer)
    assert database.row("SELECT * FROM site") == (*ROW, "none")
    assert database.row("PRAGMA user_version") == (len(newer),)
    database.close()
    database = Database.open(path, NOW, newer)
    assert sites(database) == 1


FIRST = {
    "meta": ("version", "0.1.0"),
    "url": (1, "https://example.org/a", 5, 200, "ok", "https://example.org/a", "d", '"e"', "", "", 1),
    "observation": (1, 5, "ok", 1, ""),
    "move": (1, "https://example.org/b", 5, 6, 2),
    "amp": (1, "valid", 5),
    "record": (2, "articles/a.md", "d", 5),
    "written": (2, "title", 7, 5),
    "host": ("example.org", None, "timeout", "yes"),
    "site": ROW,
}
"""A row of each table of the first version."""


def test_a_file_of_the_first_version_keeps_all_it_holds(path):
    first = Database(path, MIGRATIONS[:1])
    tables = {name for (name,) in first.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == FIRST.keys()
    for table, row in FIRST.items():
        first.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", *row)
    first.close()
    now = Database.open(path, NOW)
    assert {table: now.rows(f"SELECT * FROM {table}") for table in FIRST} == {table: [r] for table, r in FIRST.items()}
    assert now.row("SELECT count(*) FROM track") == (0,)


def test_a_migration_that_fails_leaves_the_file_as_it_was(path):
    filled(path)
    with pytest.raises(StateError, match="no such table: missing"):
        Database.open(path, NOW, (*MIGRATIONS, "CREATE TABLE more (x); INSERT INTO missing VALUES (1);"))
    database = Database.open(path, NOW)
    assert database.row("PRAGMA user_version") == (len(MIGRATIONS),)
    assert database.row("SELECT count(*) FROM sqlite_master WHERE name = 'more'") == (0,)
    assert sites(database) == 1


def test_a_fresh_file_is_marked_as_ours(path):
    Database.open(path, NOW).close()
    assert sqlite3.connect(path).execute("PRAGMA application_id").fetchone() == (APPLICATION,)


def test_a_copy_has_all_that_was_learned_also_while_another_run_goes_on(path):
    running = Database.open(path, NOW)
    running.run("INSERT INTO site VALUES (?, ?, ?)", *ROW)
    copy = Database.copy(path)
    copy.run("DELETE FROM site")
    assert sites(copy) == 0
    assert sites(running) == 1


def test_copying_changes_nothing_on_disk(path):
    before = filled(path).read_bytes()
    copy = Database.copy(path)
    copy.run("INSERT INTO site VALUES ('other.org', '', 0)")
    copy.close()
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("harm", [garbage, newer, foreign])
def test_a_copy_of_what_is_of_no_use_is_empty(path, caplog, harm):
    caplog.set_level(logging.WARNING)
    harm(filled(path))
    before = path.read_bytes()
    assert sites(Database.copy(path)) == 0
    assert "going on without it" in caplog.text
    assert path.read_bytes() == before


def test_a_copy_of_nothing_is_empty(path):
    assert sites(Database.copy(path)) == 0
    assert not path.exists()


def test_text_that_is_no_text_is_kept_as_near_as_can_be(path):
    database = Database.open(path, NOW)
    database.run("INSERT INTO site VALUES (?, ?, ?)", "caf\udce9", "é", 0)
    assert database.row("SELECT site, memory FROM site") == ("caf?", "é")
    assert id_of("caf\udce9") != id_of("caf\udce8")


COPIED = """
    import os
    from pathlib import Path
    from crawler.state.database import Database
    os.geteuid() or os.setuid({nobody})
    print(Database.snapshot(Path({path!r})).row("SELECT site, memory FROM site"))
"""
NOBODY = 65534  # a superuser may write everywhere


@pytest.mark.parametrize("is_in_use", [False, True])
def test_who_may_not_write_a_file_can_read_it(is_in_use):
    with TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        path = filled(Path(folder, "state.sqlite3"))
        user = Database.open(path, NOW) if is_in_use else None
        if user:
            user.run("UPDATE site SET memory = 'newer'")
        path.parent.chmod(0o555)
        path.chmod(0o444)
        before = sorted(path.parent.iterdir())
        code = textwrap.dedent(COPIED.format(nobody=NOBODY, path=str(path)))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
        assert (done.stdout, done.stderr) == (f"('example.org', '{'newer' if user else ROW[1]}')\n", "")
        assert sorted(path.parent.iterdir()) == before
