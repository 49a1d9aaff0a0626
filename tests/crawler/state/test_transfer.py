import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import StateError
from crawler.habit import Habit
from crawler.observation import Observation
from crawler.state import Answer, Checked, Host, State
from crawler.state.pruning import Pruned, prune
from crawler.state.transfer import KINDS, Merger, lines
from crawler.track import Track, Validators

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY = timedelta(days=1)
URL = "https://example.org/a"


def exported(state):
    return list(lines(state.database, "1"))


def merged(*exports):
    """Return the export of a state into which some were merged one after another."""
    state = State.in_memory()
    for export in exports:
        Merger(state.database, "1").merge(export, "test")
    found = exported(state)
    state.close()
    return found


URLS = st.sampled_from([URL, "https://example.org/b"])
SITES = st.sampled_from(["example.org", "example.com"])
TIMES = st.sampled_from([NOW + number * DAY / 2 for number in range(4)])
SMALL = st.integers(0, 3)
STATES = st.sampled_from(["ok", "not-found", "timeout"])


@st.composite
def tracks(draw):
    habit = Habit(draw(SMALL) / 2, 0.1, 0.0, float(draw(SMALL)))
    return Track(
        draw(URLS), draw(st.none() | TIMES), habit, draw(st.none() | SMALL), draw(st.none() | TIMES), draw(TIMES)
    )


@st.composite
def states(draw):
    """Draw what a state may have learned, through its own nouns."""
    state = State.in_memory()
    for _ in range(draw(st.integers(0, 3))):
        etag = draw(st.sampled_from(["", '"1"', '"2"']))
        state.urls.put(Answer(draw(URLS), draw(TIMES), draw(st.sampled_from([200, 404])), draw(STATES), etag=etag))
        seen = Observation(draw(TIMES), draw(STATES), draw(st.booleans()), draw(st.sampled_from(["", "x"])))
        state.urls.observe(draw(URLS), seen)
        state.urls.see_move(draw(URLS), draw(URLS), draw(TIMES))
        path = Path(draw(st.sampled_from(["a.md", "b.md"])))
        state.records.put(path, Checked(draw(st.sampled_from("de")), draw(TIMES)))
        state.records.put_written(path, [("title",)], {"title": draw(st.sampled_from("AB"))}, draw(TIMES))
        state.sites.put(draw(SITES), draw(st.sampled_from(["{}", "[]"])), draw(TIMES))
        forgiven = draw(st.frozensets(st.sampled_from(["timeout", "empty"])))
        state.hosts.put(draw(SITES), Host(draw(st.none() | TIMES), forgiven, draw(st.none() | st.booleans())))
        state.tracks.put(draw(tracks()))
        state.tracks.put_validators(draw(URLS), Validators(draw(SMALL), draw(SMALL)))
    export = exported(state)
    state.close()
    return export


@given(states(), states(), states())
@settings(max_examples=25)
def test_merging_does_not_depend_on_order_or_on_who_merged_before(one, other, third):
    assert merged(one, other) == merged(other, one)
    assert merged(merged(one, other), third) == merged(one, merged(other, third))
    assert merged(one, one) == merged(one)
    assert merged(merged(one, other), other) == merged(one, other)


@given(states())
@settings(max_examples=10)
def test_what_is_imported_is_what_was_exported(one):
    assert merged(one) == one


def test_a_history_stays_bounded():
    many = State.in_memory()
    for number in range(200):
        many.urls.observe(URL, Observation(NOW + number * DAY, "ok", full=True))
    other = State.in_memory()
    for number in range(200, 260):
        other.urls.observe(URL, Observation(NOW + number * DAY, "ok", full=True))
    state = State.in_memory()
    for export in (exported(many), exported(other)):
        Merger(state.database, "1").merge(export, "test")
    assert state.urls.history(URL) == other.urls.history(URL)


def test_all_that_was_learned_is_transferred_or_left_out_on_purpose():
    state = State.in_memory()
    tables = {name for (name,) in state.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == KINDS.keys() | {"meta", "file", "robots"}


def test_pages_are_read_anew_that_another_version_has_read():
    state = State.in_memory()
    state.urls.put(Answer(URL, NOW, 200, "ok", etag='"1"'))
    fresh = State.in_memory()
    Merger(fresh.database, "2").merge(exported(state), "test")
    assert fresh.urls.get(URL) == Answer(URL, NOW, 200, "ok")


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "[]",
        "{}",
        '{"kind": "amp", "url": 1}',
        '{"kind": "amp", "url": "x", "status": "valid", "at": 5}',
        '{"kind": "amp", "url": 1, "status": "valid", "at": true}',
        '{"kind": "amp", "url": 1, "status": null, "at": 5}',
        '{"kind": "amp", "url": 1, "status": "valid", "at": 99999999999999}',
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_merged(line):
    state = State.in_memory()
    good = json.dumps({"kind": "amp", "url": 2, "status": "valid", "at": 5})
    with pytest.raises(StateError, match=r"ci.jsonl:2: it is no line of `recrawl state export`.*nothing was merged"):
        Merger(state.database, "1").merge([good, line], "ci.jsonl")
    assert exported(state)[1:] == []


def test_what_only_a_later_version_knows_is_counted():
    merger = Merger(State.in_memory().database, "1")
    merger.merge(['{"kind": "weather", "sun": 1}'], "test")
    assert (merger.merged, merger.unknown) == (0, 1)


def test_pruning_forgets_files_that_are_gone_and_addresses_of_long_ago(tmp_path):
    with State(State.in_memory().database, tmp_path) as state:
        (tmp_path / "here.md").write_text("")
        for name in ("here.md", "gone.md"):
            state.records.put(tmp_path / name, Checked("d", NOW))
        for url, at in ((URL, NOW), ("https://example.org/old", NOW - 500 * DAY)):
            state.urls.put(Answer(url, at, 200, "ok"))
            state.urls.observe(url, Observation(at, "ok", full=True))
            state.tracks.put(Track(url, asked=at, read=at))
        assert prune(state.database, tmp_path, NOW - 400 * DAY) == Pruned(1, 1)
        assert state.records.get(tmp_path / "here.md")
        assert state.records.get(tmp_path / "gone.md") is None
        assert state.urls.get(URL)
        assert len(state.urls.history(URL)) == 1
        assert [track.url for track in state.tracks.all()] == [URL]
        assert not state.urls.history("https://example.org/old")
