from datetime import UTC, datetime, timedelta

import pytest

from crawler.habit import YEAR, Habit
from crawler.prior import Prior
from crawler.signal import SILENCE, Ear
from crawler.track import TRIAL, Track, Validators

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
BELIEF = Prior().belief("example.org", Habit())
NEW = Track("https://example.org/a", NOW - 2 * HOUR)
READ = NEW.seen(1, NOW, BELIEF)


def test_the_first_look_tells_nothing_of_changes():
    assert READ.habit == Habit()
    assert (READ.stated, READ.read, READ.asked) == (1, NOW, NOW)


def test_a_page_that_states_something_else_has_changed():
    later = READ.seen(2, NOW + 24 * HOUR, BELIEF)
    assert later.habit.edits > 0.9
    assert later.habit.watched == 24
    assert later.stated == 2


def test_a_page_that_states_the_same_has_been_watched():
    later = READ.seen(1, NOW + 24 * HOUR, BELIEF)
    assert (later.habit.edits, later.habit.flow) == (0, 0)
    assert later.habit.watched == 24


def test_unchanged_counts_as_watched_only_where_that_is_proven():
    proven = READ.unchanged(NOW + 24 * HOUR, BELIEF, is_proven=True)
    believed = READ.unchanged(NOW + 24 * HOUR, BELIEF, is_proven=False)
    assert proven.habit.watched == 24
    assert believed.habit == Habit()
    assert believed.read == proven.read == NOW + 24 * HOUR


def test_one_look_in_ten_does_not_take_the_servers_word():
    track = READ
    for number in range(TRIAL):
        assert not track.is_trial
        track = track.unchanged(NOW + number * HOUR, BELIEF, is_proven=True)
    assert track.is_trial
    assert not track.seen(1, NOW + 20 * HOUR, BELIEF).is_trial


def test_a_failure_leaves_what_was_read(caplog):
    failed = READ.failed(NOW + HOUR, NOW + 21 * HOUR)
    assert (failed.read, failed.asked, failed.rest) == (NOW, NOW + HOUR, NOW + 21 * HOUR)
    assert failed.seen(1, NOW + 24 * HOUR, BELIEF).rest is None


def test_an_article_without_a_date_is_old():
    assert Track("https://example.org/a").age(NOW) == YEAR
    assert NEW.age(NOW) == 2


def test_a_change_that_is_announced_is_heard_once():
    told = READ.announced(NOW + HOUR, NOW + 2 * HOUR).announced(NOW + HOUR, NOW + 3 * HOUR)
    assert told.heard(Ear()).times == 1
    assert told.heard(Ear()).listed == 3
    assert told.seen(2, NOW + 4 * HOUR, BELIEF).heard(Ear()) == SILENCE


def test_an_announcement_of_what_was_read_already_is_none():
    assert READ.announced(NOW - HOUR, NOW + HOUR).times == 0
    assert READ.announced(None, NOW + HOUR).heard(Ear()).listed == 1


@pytest.mark.parametrize(
    ("honest", "lying", "proven", "false"),
    [(0, 0, False, False), (3, 0, True, False), (2, 1, False, False), (60, 3, True, False), (9, 3, False, True)],
)
def test_validators_are_believed_by_what_they_did(honest, lying, proven, false):
    known = Validators()
    for number in range(honest + lying):
        known = known.after(same=number < honest)
    assert (known.are_proven, known.are_false) == (proven, false)
