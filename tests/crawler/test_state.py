import hashlib
import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from select import select

import pytest

from crawler import frontmatter
from crawler.change import Because, Change, Outcome
from crawler.errors import StateError
from crawler.observation import Observation
from crawler.sighting import Sighting
from crawler.state import FILE, AmpStatus, Answer, Checked, State
from crawler.target import Role, Target
from crawler.verdict import State as Observed
from crawler.verdict import Verdict

DAY = timedelta(days=1)
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
URL = "https://example.org/a"
AMP = "https://example.org/a/amp"
PAGE = Answer(URL, NOW, 200, "ok", etag='"e"', last_modified="Tue, 20 Oct 2020 17:40:00 GMT")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "content" / ".recrawl"


@pytest.fixture
def state():
    return State.in_memory()


def test_a_new_folder_is_not_committed_by_accident(folder):
    with State.open(folder, NOW):
        assert (folder / ".gitignore").read_text() == "*\n"


def test_a_folder_that_was_there_is_left_to_whoever_made_it(folder):
    folder.mkdir(parents=True)
    with State.open(folder, NOW):
        assert not (folder / ".gitignore").exists()


def test_what_was_learned_is_there_in_the_next_run(folder):
    with State.open(folder, NOW) as state, state.transaction():
        state.urls.put(PAGE)
        state.records.put(folder.parent / "a.md", Checked("d", NOW))
        state.sites.put("example.org", '{"a": 1}', NOW)
    with State.open(folder, NOW + DAY) as state:
        assert state.urls.get(URL) == PAGE
        assert state.records.get(folder.parent / "a.md") == Checked("d", NOW)
        assert state.sites.get("example.org") == '{"a": 1}'
        assert state.sites.get("example.com") is None


def test_a_file_in_the_place_of_the_folder_is_an_error(folder):
    folder.parent.mkdir()
    folder.touch()
    with pytest.raises(StateError, match=r"\.recrawl"):
        State.open(folder, NOW)
    folder.unlink()
    folder.parent.rmdir()
    folder.parent.touch()
    with pytest.raises(StateError, match=r"\.recrawl: the folder cannot be made"):
        State.open(folder, NOW)


def test_a_state_that_could_not_be_opened_is_not_held(folder):
    folder.mkdir(parents=True)
    (folder / FILE).mkdir()
    with pytest.raises(StateError):
        State.open(folder, NOW)
    (folder / FILE).rmdir()
    State.open(folder, NOW).close()


def test_a_dry_run_learns_for_itself_only(folder):
    with State.open(folder, NOW) as state:
        state.urls.put(PAGE)
        with State.open(folder, NOW, keep=False) as dry:
            assert dry.to_read(URL)
            dry.urls.put(Answer(URL, NOW + DAY, 404, "not-found"))
            assert dry.urls.get(URL).status == 404
        assert state.urls.get(URL) == PAGE
    assert sorted(file.name for file in folder.iterdir()) == [".gitignore", "lock", FILE]


def test_a_dry_run_makes_no_folder(folder):
    with State.open(folder, NOW, keep=False) as state:
        state.urls.put(PAGE)
    assert not folder.parent.exists()


def test_a_page_is_asked_for_only_if_it_changed(state):
    state.urls.put(PAGE)
    assert state.to_read(URL).headers == {"If-None-Match": '"e"', "If-Modified-Since": "Tue, 20 Oct 2020 17:40:00 GMT"}
    state.urls.put(Answer(URL, NOW, 200, "ok", etag='W/"e"'))
    assert state.to_read(URL).headers == {"If-None-Match": 'W/"e"'}
    assert state.to_read("https://example.org/other").headers == {}


@pytest.mark.parametrize("observed", ["soft-404", "blocked", "timeout", "not-found", "of-a-later-version"])
def test_what_was_not_the_article_is_never_taken_for_unchanged(state, observed):
    state.urls.put(Answer(URL, NOW, 200, observed, etag='"e"'))
    assert state.to_read(URL).headers == {}


def test_another_version_reads_every_page_anew(folder):
    with State.open(folder, NOW) as state:
        state.urls.put(PAGE)
    with State.open(folder, NOW) as state:
        assert state.to_read(URL)
        state.database.run("UPDATE meta SET value = '0.0.1' WHERE name = 'version'")
    with State.open(folder, NOW, keep=False) as state:
        assert state.to_read(URL).headers == {}
    with State.open(folder, NOW) as state:
        assert state.to_read(URL).headers == {}


def seen(at=NOW, url=URL, role=Role.ARTICLE, status=200, state="ok", final_url="", **more):
    return Sighting(url=url, role=role, at=at, status=status, state=state, final_url=final_url or url, **more)


def outcome(*sightings, path=Path("missing.md"), **more):
    verdicts = tuple(Verdict(Target(sighting.url, sighting.role), Observed(sighting.state)) for sighting in sightings)
    return Outcome(path, sightings=sightings, verdicts=verdicts, **more)


def test_what_a_record_s_targets_answered_is_remembered(state):
    state.remember(outcome(seen(etag='"e"'), seen(url=AMP, role=Role.AMP, state="not-found", status=404)))
    assert state.urls.get(URL) == Answer(URL, NOW, 200, "ok", URL, etag='"e"')
    assert tuple(state.urls.history(AMP)) == (Observation(NOW, "not-found", full=True),)


def test_a_page_that_was_only_looked_at_has_still_to_be_read(state):
    state.see(seen(etag='"looked at"'), to_read=False)
    assert state.to_read(URL).headers == {}
    assert state.to_look(state.urls.get(URL)).headers == {"If-None-Match": '"looked at"'}


def test_a_look_never_hides_from_a_record_that_its_page_has_changed(state):
    state.remember(outcome(seen(etag='"read"')))
    state.see(seen(NOW + DAY, etag='"newer"'), to_read=False)
    assert state.to_read(URL).headers == state.to_look(state.urls.get(URL)).headers == {"If-None-Match": '"read"'}
    state.see(seen(NOW + 2 * DAY, status=304), to_read=False)
    assert state.to_read(URL).headers == {"If-None-Match": '"read"'}
    state.see(seen(NOW + 3 * DAY, status=404, state="not-found"), to_read=False)
    assert state.to_read(URL).headers == {}


def test_looks_and_reads_make_up_one_history(state):
    state.remember(outcome(seen(NOW, detail="read")))
    history = state.see(seen(NOW + DAY, state="not-found", status=404, detail="status 404"), to_read=False)
    assert [(one.state, one.detail) for one in history] == [("ok", "read"), ("not-found", "status 404")]
    assert history == state.urls.history(URL)


def test_a_304_repeats_what_was_known(state):
    state.remember(outcome(seen(etag='"e"', last_modified="m")))
    state.remember(outcome(seen(NOW + DAY, status=304)))
    assert state.to_read(URL).headers == {"If-None-Match": '"e"', "If-Modified-Since": "m"}
    state.remember(outcome(seen(NOW + 2 * DAY, status=304, etag='"f"')))
    assert state.to_read(URL).headers == {"If-None-Match": '"f"', "If-Modified-Since": "m"}
    state.remember(outcome(seen(NOW + 3 * DAY)))
    assert state.to_read(URL).headers == {}


def test_a_move_is_seen_twice_on_two_days(state):
    moved = {"state": "moved-permanently", "final_url": "https://example.org/b", "moved_permanently": True}
    state.remember(outcome(seen(NOW, **moved)))
    assert state.urls.move(URL).times == 1
    state.remember(outcome(seen(NOW + DAY, status=503, state="server-error")))
    assert state.urls.move(URL).times == 1
    state.remember(outcome(seen(NOW + 2 * DAY, **moved)))
    assert (state.urls.move(URL).times, state.urls.move(URL).first) == (2, NOW)


def test_a_move_that_is_none_any_more_is_forgotten(state):
    moved = {"state": "moved-permanently", "final_url": "https://example.org/b", "moved_permanently": True}
    for answered in ({}, {**moved, "state": "redirect-home"}):
        state.remember(outcome(seen(NOW, **moved)))
        state.remember(outcome(seen(NOW + DAY, **answered)))
        assert state.urls.move(URL) is None


@pytest.mark.parametrize(
    ("answered", "status"),
    [
        ({}, AmpStatus.VALID),
        ({"final_url": "https://www.example.org/a/?utm_source=amp"}, AmpStatus.REDIRECTS_TO_CANONICAL),
        ({"final_url": "https://example.org/b"}, AmpStatus.REDIRECTS_TO_CANONICAL),
        ({"status": 404, "state": "not-found"}, AmpStatus.GONE),
        ({"status": 410, "state": "gone"}, AmpStatus.GONE),
        ({"status": 0, "state": "timeout"}, None),
        ({"status": 403, "state": "blocked"}, None),
    ],
)
def test_what_an_amp_page_is_good_for_is_remembered(state, answered, status):
    article = seen(final_url="https://example.org/b")
    state.remember(outcome(article, seen(url=AMP, role=Role.AMP, **answered)))
    assert state.amp_status(URL) is status


RECORD = b"""---
title: A
publishedDateTime: 2020-10-20T17:40:00Z
---
"""


def test_what_was_written_is_ours_until_an_editor_changes_it(tmp_path):
    path = tmp_path / "a.md"
    places = [("excerpt",), ("publishedDateTime",)]
    path.write_bytes(
        frontmatter.edit(RECORD, {places[0]: "Said.", places[1]: datetime(2020, 10, 20, 19, 41, 7, tzinfo=UTC)})
    )
    state = State(State.in_memory().database, tmp_path)
    changes = tuple(Change(place, None, "whatever", Because("test")) for place in places)
    state.remember(outcome(seen(), path=path, written=True, changes=changes))
    assert state.records.get(path) == Checked(hashlib.sha256(path.read_bytes()).hexdigest(), NOW)
    written = state.records.written(path)
    fields = frontmatter.parse(path.read_bytes()).fields
    assert not any(written.is_by_hand(place, fields) for place in places)
    by_hand = frontmatter.parse(path.read_bytes().replace(b"19:41:07Z", b"19:42:07Z").replace(b"Said", b"Meant")).fields
    assert all(written.is_by_hand(place, by_hand) for place in places)
    same_moment = frontmatter.parse(path.read_bytes().replace(b"19:41:07Z", b"20:41:07+01:00")).fields
    assert not written.is_by_hand(places[1], same_moment)


@pytest.mark.parametrize("written", [False, True])
def test_a_record_that_is_gone_or_broken_meanwhile_is_not_checked(tmp_path, state, written):
    path = tmp_path / "a.md"
    state.remember(outcome(seen(), path=path, written=written))
    assert state.records.get(path) is None
    path.write_bytes(b"---\na: [\n---\n")
    state.remember(outcome(seen(), path=path, written=True))
    assert state.records.get(path) is None
    assert state.urls.get(URL)


def test_a_record_whose_article_did_not_answer_is_not_checked(tmp_path, state):
    path = tmp_path / "a.md"
    path.write_bytes(RECORD)
    state.remember(outcome(seen(status=0, state="timeout"), path=path))
    state.remember(outcome(seen(), path=path, error="it broke"))
    state.remember(outcome(path=path))
    assert state.records.get(path) is None
    state.remember(outcome(seen(status=304), path=path))
    assert state.records.get(path)


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from crawler.state import Answer, Checked, State
folder, number = Path(sys.argv[1]), int(sys.argv[2])
at = datetime(2026, 1, 2, tzinfo=UTC)
with State.open(folder, at) as state:
    while True:
        with state.transaction():
            state.urls.put(Answer(f"https://example.org/{number}", at, 200, "ok", digest="x" * 300))
            state.records.put(folder / f"{number}.md", Checked(str(number), at))
        print(number, flush=True)
        number += 1
"""


def killed(folder, first, after, chance):
    """Run a writer from a number on, kill it some time after it has said as many, and return the last it said."""
    command = [sys.executable, "-c", WRITER, str(folder), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0) as writer:
        said = b""
        while said.count(b"\n") < after:
            said += os.read(writer.stdout.fileno(), 65536)
        select([], [], [], chance.random() / 20)
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.read()
    return int(said.split(b"\n")[-2]) if b"\n" in said else first - 1


def test_kill_9_loses_nothing_that_was_said_to_be_kept_and_leaves_nothing_half(folder, caplog):
    chance = random.Random(4)
    last = 0
    for _ in range(12):
        last = killed(folder, last + 1, chance.randrange(300), chance)
        with State.open(folder, NOW) as state:
            urls, records = (state.database.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("url", "record"))
            kept = max(urls, last)
            assert urls == records == kept <= last + 1
            assert state.database.row("PRAGMA integrity_check") == ("ok",)
            for number in range(1, kept + 1):
                assert state.urls.get(f"https://example.org/{number}")
                assert state.records.get(folder / f"{number}.md").digest == str(number)
            last = kept
    assert last > 500
    assert not caplog.records


def test_two_runs_do_not_share_a_state(folder):
    command = [sys.executable, "-c", WRITER, str(folder), "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        writer.stdout.readline()
        with pytest.raises(StateError, match=rf"held by pid {writer.pid} on .* since 2026-01-02 00:00:00 UTC"):
            State.open(folder, NOW)
        with State.open(folder, NOW, keep=False) as dry:
            assert dry.urls.get("https://example.org/1")
        writer.kill()
    with State.open(folder, NOW) as state:
        assert state.urls.get("https://example.org/1")
