from datetime import UTC, datetime, timedelta

import pytest

from crawler.change import Outcome
from crawler.sighting import Sighting
from crawler.state import State
from crawler.stated import Stated
from crawler.target import Role, Target
from crawler.track import TRIAL, Validators
from crawler.verdict import State as Observed
from crawler.verdict import Verdict

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY = timedelta(days=1)
URL = "https://example.org/a"


@pytest.fixture
def article(record_in, tmp_path):
    return record_in(tmp_path, URL)


@pytest.fixture
def state(article):
    with State(State.in_memory().database, article.parent) as state:
        yield state


@pytest.fixture
def visit(state, article):
    def visit(day, digest=None, status=200, state_=Observed.OK, etag='"1"', **more):
        """Have the article visited on a day."""
        at = NOW + day * DAY
        seen = Sighting(URL, Role.ARTICLE, at, status, state_, URL, etag=etag)
        verdict = Verdict(Target(URL, Role.ARTICLE), state_, (), URL)
        stated = Stated(URL, NOW - 10 * DAY, digest)
        state.remember(Outcome(article, verdicts=(verdict,), sightings=(seen,), stated=stated, **more))
        return state.tracks.get(URL)

    return visit


def test_a_visit_makes_a_track(visit):
    track = visit(0, 1)
    assert (track.published, track.read, track.stated) == (NOW - 10 * DAY, NOW, 1)
    changed = visit(1, 2).habit
    assert changed.edits + changed.flow > 0.9
    assert visit(2, 2).habit.watched == 48


def test_validators_that_stand_still_with_the_page_are_honest(visit, state):
    for day in range(4):
        visit(day, 1)
    assert state.tracks.validators(URL) == Validators(3, 0)
    assert visit(4, status=304).habit.watched == 96


def test_validators_that_change_with_the_page_are_honest(visit, state):
    visit(0, 1, etag='"1"')
    visit(1, 2, etag='"2"')
    visit(2, 2, etag='"3"')
    assert state.tracks.validators(URL) == Validators(1, 0)


def test_an_unproven_304_teaches_nothing_but_counts_as_a_look(visit):
    visit(0, 1)
    track = visit(1, status=304)
    assert track.habit.watched == 0
    assert track.read == NOW + DAY


def test_a_host_whose_pages_change_behind_their_validators_is_asked_for_whole_pages(visit, state):
    for day in range(4):
        visit(day, day)
    assert state.tracks.validators(URL) == Validators(0, 3)
    assert state.to_read(URL).headers == {}


def test_one_look_in_ten_asks_for_the_whole_page(visit, state):
    visit(0, 1)
    for day in range(TRIAL):
        assert state.to_read(URL).headers == {"If-None-Match": '"1"'}
        visit(day + 1, status=304)
    assert state.to_read(URL).headers == {}
    visit(20, 1)
    assert state.to_read(URL)


def test_a_failure_rests_until_link_rot_wants_another_look(visit):
    visit(0, 1)
    track = visit(1, status=404, state_=Observed.NOT_FOUND)
    assert (track.read, track.asked) == (NOW, NOW + DAY)
    assert track.rest == NOW + DAY + timedelta(hours=20)


def test_what_was_cut_short_is_asked_for_anew(visit, state, article):
    visit(0, 1)
    before = state.tracks.get(URL)
    assert state.records.get(article)
    assert visit(1, 2, is_unfinished=True) == before
    assert state.records.get(article) is None


def test_what_articles_of_an_outlet_did_tells_of_the_next(visit, state):
    for day in range(6):
        visit(day, day)
    assert state.tracks.prior().outlets == {}, "it is learned once a run"
    state.tracks.known = None
    assert state.tracks.prior().outlets["example.org"] > state.tracks.prior().elsewhere


def test_the_feed_that_a_page_announces_is_remembered(article, state):
    seen = Sighting(URL, Role.ARTICLE, NOW, 200, Observed.OK, URL)
    verdict = Verdict(Target(URL, Role.ARTICLE), Observed.OK, (), URL)
    stated = Stated(URL, None, 1, "https://example.org/feed")
    state.remember(Outcome(article, verdicts=(verdict,), sightings=(seen,), stated=stated))
    assert [feed.url for feed in state.feeds.of("example.org")] == ["https://example.org/feed"]
