"""`recrawl state` as its users run it."""

import json

import pytest


@pytest.fixture
def learned(web, article, record, recrawl, live, tmp_path):
    """Have a folder of one record that was refreshed."""
    record(web.page("/a", article(), ETag='"1"'))
    recrawl("refresh", tmp_path / "articles", *live)
    return tmp_path / "articles"


def test_what_one_machine_has_learned_another_uses(web, learned, recrawl, live, tmp_path):
    export = recrawl("state", "export", "--in", learned)
    assert export.status == 0
    kinds = [json.loads(line)["kind"] for line in export.out.splitlines()]
    assert kinds[0] == "recrawl-state"
    assert {"url", "observation", "record", "track"} <= set(kinds)
    (tmp_path / "state.jsonl").write_text(export.out)
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.md").write_bytes((learned / "one.md").read_bytes())
    assert recrawl("state", "import", "--in", other, tmp_path / "state.jsonl").status == 0
    assert recrawl("state", "export", "--in", other).out == export.out
    web.asked.clear()
    recrawl("refresh", other, *live)
    assert [asked.headers.get("If-None-Match") for asked in web.requests("/a")] == ['"1"']


def test_a_file_that_is_no_export_is_named(learned, recrawl, tmp_path):
    (tmp_path / "x.jsonl").write_text("no\n")
    result = recrawl("state", "import", "--in", learned, tmp_path / "x.jsonl")
    assert result.status == 1
    assert "x.jsonl:1: it is no line of `recrawl state export`" in result.err
    assert recrawl("state", "import", "--in", learned, tmp_path / "none.jsonl").status == 2


def test_pruning_says_what_it_did(learned, recrawl):
    (learned / "one.md").unlink()
    assert recrawl("state", "prune", "--in", learned).out == "forgotten: records 1, addresses 0\n"


def test_there_must_be_a_state_to_export(tmp_path, recrawl):
    result = recrawl("state", "export", "--in", tmp_path)
    assert result.status == 2
    assert "nothing is remembered here" in result.err


def test_what_cannot_be_read_is_not_exported_as_nothing(learned, recrawl):
    (learned / ".recrawl/state.sqlite3").write_bytes(b"no database" * 100)
    result = recrawl("state", "export", "--in", learned)
    assert (result.status, result.out) == (1, "")
    assert "state.sqlite3: the state file is damaged" in result.err


@pytest.mark.parametrize("words", [("export",), ("prune",), ("import", "-")])
def test_no_state_above_stands_for_a_folder_that_does_not_exist(words, learned, recrawl):
    result = recrawl("state", words[0], "--in", learned / "nowhere", *words[1:])
    assert (result.status, result.out) == (2, "")
    assert "does not exist" in result.err
