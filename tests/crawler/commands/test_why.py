"""`recrawl why`: everything that is remembered of a link, in words that a person can disagree with."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from crawler.state import Host, State

URL = "https://a.example/2021/story"
WEEK = [("not-found", ago) for ago in range(9, 0, -1)]


@pytest.fixture
def why(recrawl, tmp_path):
    return lambda *arguments: recrawl("why", "--in", tmp_path, *arguments)


def day(ago):
    return f"{datetime.now(UTC) - timedelta(days=ago):%Y-%m-%d}"


def test_it_says_what_was_seen_what_that_counts_as_and_by_which_rule(remember, why):
    remember(URL, ("ok", 20), ("blocked", 12), *WEEK, detail="404 Not Found")
    said = why(URL)
    assert said.status == 0
    lines = said.out.splitlines()
    assert lines[0] == URL
    assert lines[1] == f"dead since {day(9)}: not there 3 times in a row, 3 days apart, over 7 days or more"
    looks = [" ".join(line.split()[2:]) for line in lines if line.startswith("  20")]
    assert looks == [
        "ok life 404 Not Found",
        "blocked nothing 404 Not Found",
        *["not-found strong strike 404 Not Found"] * 9,
    ]
    assert "  not-found: The server knows nothing at this address." in lines
    assert "  met      not there, 3 of 3 times that count, watched for 8 days of 7 days" in lines
    assert "  not met  no answer of use, 3 of 4 times that count, watched for 8 days of 14 days" in lines
    assert f"If it lives, say so: recrawl forgive '{URL}'" in lines


def test_it_says_what_is_known_of_the_host_and_of_a_move(remember, why, tmp_path):
    remember(URL, ("ok", 1))
    at = datetime(2026, 1, 9, tzinfo=UTC)
    with State.open(tmp_path / ".recrawl", at) as state:
        state.hosts.put("a.example", Host(at, frozenset({"timeout", "gone"}), answers_head=False))
        state.urls.see_move(URL, "https://b.example/story", at)
        state.urls.see_move(URL, "https://b.example/story", at + timedelta(days=9))
    out = why(URL).out
    assert "a.example is forgiven gone, timeout: no strike of that kind counts there.\n" in out
    assert "a.example: its links have failed together since 2026-01-09.\n" in out
    assert "a.example answers HEAD otherwise than it answers GET.\n" in out
    assert "It has moved for good to https://b.example/story, as was seen 2 times since 2026-01-09.\n" in out
    assert f"It is looked at next on {day(-6)}.\n" in out
    assert "recrawl forgive" not in out


def test_a_strike_that_was_forgiven_is_called_so(remember, why, tmp_path):
    remember(URL, *WEEK)
    with State.open(tmp_path / ".recrawl", datetime.now(UTC)) as state:
        state.hosts.put("a.example", Host(forgiven=frozenset({"not-found"})))
    out = why(URL).out
    assert "\nunsure since" in out
    assert out.count("not-found  forgiven") == 9


def test_a_look_that_cannot_be_the_last_word_is_called_so(remember, why):
    remember(URL, ("not-found", 1), full=False)
    assert "strong strike; not sent as browsers send it, so not the last word\n" in why(URL).out


def test_the_rules_are_those_that_the_check_was_run_with(remember, why):
    remember(URL, ("not-found", 1))
    assert "failing since" in why(URL).out
    assert "dead since" in why(URL, "--strikes", "1").out


def test_json_says_the_same(remember, why):
    remember(URL, ("ok", 20), *WEEK, detail="404")
    said = json.loads(why(URL, "--format", "jsonl").out)
    assert (said["url"], said["verdict"]) == (URL, "dead")
    assert [look["counts_as"] for look in said["looks"]] == ["life"] + ["strong strike"] * 9
    assert said["looks"][-1]["detail"] == "404"
    assert [rule for rule in said["rules"] if rule["met"]] == [
        {"name": "not there", "met": True, "strikes": 3, "of": 3, "watched_days": 8.0, "over_days": 7}
    ]
    assert said["host"] == {"name": "a.example", "forgiven": [], "failing_since": None, "answers_head": None}
    assert (said["answer"]["status"], said["move"]) == (404, None)


def test_several_links_are_several_accounts(remember, why):
    remember(URL, ("ok", 1))
    remember(f"{URL}/2", ("ok", 1))
    assert [json.loads(line)["url"] for line in why(URL, f"{URL}/2", "--format", "jsonl").out.splitlines()] == [
        URL,
        f"{URL}/2",
    ]
    assert f"\n\n{URL}/2\nalive" in why(URL, f"{URL}/2").out


@pytest.mark.parametrize("written", ["a.example/2021/story", "http://www.a.example/2021/story/?utm_source=x"])
def test_a_link_may_be_written_otherwise_than_in_the_file(remember, why, written):
    remember(URL, ("ok", 1))
    assert why(written).out.startswith(f"{URL}\n")


def test_where_more_than_one_is_meant_all_are_named(remember, why):
    remember(URL, ("ok", 1))
    remember(f"{URL}/", ("ok", 1))
    assert why(URL).status == 0
    said = why("a.example/2021/story")
    assert said.status == 2
    assert f"name one: {URL}, {URL}/" in said.err


def test_what_is_not_known_is_an_error(remember, why):
    remember(URL, ("ok", 1))
    said = why("https://a.example/other")
    assert said.status == 2
    assert said.err == (
        "recrawl: https://a.example/other: nothing is remembered of it (known addresses of a.example: 1)\n"
    )


def test_where_nothing_was_remembered_the_state_is_to_be_named(why, recrawl, tmp_path):
    said = why(URL)
    assert said.status == 2
    assert "nothing is remembered here; name what was checked with --in, or its --state" in said.err
    assert not (tmp_path / ".recrawl").exists()


def test_the_state_may_be_named(remember, recrawl, tmp_path):
    remember(URL, ("ok", 1))
    assert recrawl("why", "--state", tmp_path / ".recrawl", URL).status == 0


def test_what_was_seen_cannot_move_the_terminal(remember, why):
    remember(URL, ("not-found", 1), detail="\x1b[2J\nnot\ta line")
    out = why(URL).out
    assert r"\x1b[2J\nnot\ta line" in out
    assert "\x1b" not in out


def test_nothing_is_changed(remember, why, tmp_path):
    remember(URL, *WEEK)
    before = {path.name: path.read_bytes() for path in (tmp_path / ".recrawl").iterdir()}
    why(URL)
    assert {path.name: path.read_bytes() for path in (tmp_path / ".recrawl").iterdir()} == before
