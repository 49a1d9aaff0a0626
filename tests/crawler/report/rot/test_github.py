"""`--format github`: commands that a workflow's runner reads back as they were meant."""

import pytest


def read(line):
    """Read a command as the runner does (actions/runner, ActionCommand.cs): properties, then the message."""
    assert line.startswith("::")
    head, message = line[2:].split("::", 1)
    command, _, properties = head.partition(" ")
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    return command, {name: undone(value) for name, value in pairs}, undone(message)


def undone(text):
    for escape, character in [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]:
        text = text.replace(escape, character)
    return text


def test_a_dead_link_is_an_error_at_every_spot(reported, dead):
    finding = dead("https://a.example/a%20b,c", ("a.md", 7, "images[0].url"), ("b,c:d.md", 9, ""))
    first, second, *_ = reported("github", finding).splitlines()
    assert read(first) == (
        "error",
        {"file": "a.md", "line": "7", "title": "dead link: not-found"},
        f"https://a.example/a%20b,c (images[0].url): {finding.reason}",
    )
    assert read(second)[1]["file"] == "b,c:d.md"
    assert read(second)[2].startswith("https://a.example/a%20b,c: ")


@pytest.mark.parametrize(("state", "command"), [("not-found", "warning"), ("blocked", "notice")])
def test_what_is_not_dead_breaks_no_build(reported, found, state, command):
    assert read(reported("github", found("https://a.example/", state)).splitlines()[0])[0] == command


def test_a_living_link_is_told_only_where_it_should_be_another(reported, found):
    assert reported("github", found("https://a.example/", "ok")) == "1 link, 1 alive\n"
    moved = found("https://a.example/", "moved-permanently", better="https://b.example/")
    line = reported("github", moved).splitlines()[0]
    assert read(line)[:2] == ("notice", {"file": "a.md", "line": "3", "title": "moved link"})
    assert line.endswith("; it is now at https://b.example/")


def test_a_file_is_named_from_where_the_run_was_started(reported, dead, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inside, outside = dead("x", (tmp_path / "posts" / "a.md", 1, "")), dead("x", (tmp_path.parent / "b.md", 1, ""))
    lines = reported("github", inside, outside).splitlines()
    assert read(lines[0])[1]["file"] == "posts/a.md"
    assert read(lines[1])[1]["file"] == str(tmp_path.parent / "b.md")


def test_nothing_of_others_is_a_command(reported, hostile):
    *commands, summary = reported("github", *hostile).splitlines()
    assert {read(line)[0] for line in commands} == {"warning", "notice"}
    assert all(read(line)[1].keys() == {"file", "line", "title"} for line in commands)
    assert summary.startswith("33 links")
