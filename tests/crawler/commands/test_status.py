"""`recrawl status` as its users run it, after real runs."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.state import State


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "articles"


@pytest.fixture
def status(recrawl, folder):
    def status(*options):
        return recrawl("status", folder, *options)

    return status


@pytest.fixture
def refreshed(web, article, record, recrawl, live, folder):
    """Have one record that was read, one whose article is gone, and one that nobody has seen."""
    record(web.page("/read", article()), "read.md")
    record(web.page("/gone", "gone", status=410), "gone.md")
    recrawl("run", folder, *live)
    record(web.page("/new", article()), "new.md")
    web.asked.clear()
    return folder


def test_it_tells_what_is_due_stale_and_failing_and_asks_nobody(web, refreshed, status):
    result = status()
    assert result.status == 0
    assert "3 records: 1 due, 2 stale (not read for 30 days), 1 failing" in result.out
    lines = result.out.splitlines()
    assert "          1  new" in lines
    assert "          1  in the last day" in lines
    assert "          2  never" in lines
    assert next(line for line in lines if "127.0.0.1" in line).split() == ["127.0.0.1", "3", "1", "2", "1", "0", "0"]
    assert result.out.index("\nfailing\n") < result.out.index("gone.md") < result.out.index("\nnext\n")
    assert lines[-2:] == [f"  {refreshed / 'new.md'}", "    new: it was never read"]
    assert web.asked == []


def test_programs_get_every_record(refreshed, status):
    lines = {
        line["path"].rpartition("/")[2]: line
        for line in map(json.loads, status("--format", "jsonl").out.split("\n")[:-1])
    }
    assert {name: line["due"] for name, line in lines.items()} == {"gone.md": False, "new.md": True, "read.md": False}
    assert lines["new.md"]["why"] == "new: it was never read"
    assert lines["gone.md"]["verdict"] == "failing"
    assert lines["gone.md"]["rests_until"] > lines["gone.md"]["asked"]
    assert lines["read.md"]["read"] == lines["read.md"]["asked"]
    assert len({frozenset(line) for line in lines.values()}) == 1, "always the same keys"


def test_a_broken_file_is_named(refreshed, status):
    (refreshed / "broken.md").write_text("---\ntitle: [\n---\n")
    result = status()
    assert result.status == 1
    assert "broken.md" in result.err
    assert "3 records" in result.out


def test_a_folder_of_nothing_is_well(tmp_path, recrawl):
    assert "0 records: 0 due" in recrawl("status", tmp_path).out


def test_it_tells_what_is_known_while_a_run_goes_on(refreshed, status):
    with State.open(refreshed / ".recrawl", datetime.now(UTC)):
        result = status()
    assert result.status == 0
    assert "3 records: 1 due" in result.out


@pytest.mark.parametrize("words", [("status",), ("run", "--rot-share", "0%"), ("run", "--dry-run")])
def test_what_cannot_be_said_for_want_of_room_is_no_fault_of_the_program(words, folder):
    folder.mkdir()
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "crawler", *words, str(folder)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, "recrawl: the report cannot be written: No space left on device\n")


@pytest.mark.parametrize(
    ("span", "said"), [("12h", "12 hours"), ("1h", "an hour"), ("24h", "a day"), ("4w", "28 days")]
)
def test_what_counts_as_stale_is_said_as_it_was_meant(span, said, record, status):
    record("https://example.org/one")
    assert status("--stale", span).out.startswith(f"1 record: 1 due, 1 stale (not read for {said})\n")


def test_an_empty_folder_has_no_sites(folder, status):
    folder.mkdir()
    assert status().out == "0 records: 0 due, 0 stale (not read for 30 days)\n"
