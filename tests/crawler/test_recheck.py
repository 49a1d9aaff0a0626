"""When a link is looked at again."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.history import History
from crawler.observation import Observation
from crawler.recheck import due
from crawler.rule import rules
from crawler.standing import NEVER_SEEN, UNSEEN, stand

START = datetime(2026, 1, 1, tzinfo=UTC)


def wait(seen, forgiven=()):
    """Return after how many days a link is due that was seen so: "ok 0, ok 7"."""
    looks = [(state, float(day)) for state, day in (look.split() for look in seen.split(", "))]
    history = History.of(Observation(START + timedelta(days=day), state, full=True) for state, day in looks)
    last = START + timedelta(days=looks[-1][1])
    return (due(stand(history, last, rules(), forgiven)) - last) / timedelta(days=1)


def daily(state, days):
    return ", ".join(f"{state} {day}" for day in range(days))


def test_a_link_that_was_never_looked_at_is_due_at_once():
    assert due(NEVER_SEEN) is None


@pytest.mark.parametrize(
    ("seen", "days"),
    [
        ("ok 0", 7),
        ("ok 0, ok 7", 7),
        ("ok 0, ok 7, ok 14", 30),
        ("ok 0, ok 14, ok 44", 30),
        ("ok 0, ok 14, ok 44, ok 74", 90),
        ("ok 0, ok 14, ok 74, gone 164, ok 165", 7),  # what has failed is new again
    ],
)
def test_living_links_are_looked_at_ever_less_often(seen, days):
    assert wait(seen) == days


@pytest.mark.parametrize("state", ["not-found", "timeout"])
def test_a_link_that_was_struck_is_looked_at_every_day_whatever_the_hour(state):
    assert wait(f"ok 0, {state} 7") == pytest.approx(20 / 24)


@pytest.mark.parametrize(("again", "days"), [("", 7), (", not-found 16", 30), (", not-found 44", 180)])
def test_the_dead_are_looked_at_ever_less_often_for_some_return(again, days):
    assert wait(daily("not-found", 8) + again) == days


@pytest.mark.parametrize("seen", ["blocked 0", "ok 0, rate-limited 7", "ok 0, teapot 7", "teapot 0"])
def test_what_told_nothing_is_asked_again_soon(seen):
    assert wait(seen) == 3


def test_a_strike_that_was_forgiven_told_nothing():
    assert wait("not-found 0", {"not-found"}) == 3
    assert wait("ok 0, not-found 7", {"not-found"}) == 3
    assert wait("timeout 0, timeout 1", {"timeout"}) == 3


def test_a_wall_is_not_talked_down_by_knocking():
    assert wait(daily("blocked", 5)) == 30


@pytest.mark.parametrize("seen", ["ok 0, ok 14, ok 74", daily("not-found", 8) + ", not-found 60"])
def test_no_link_is_left_alone_for_so_long_that_its_past_is_forgotten(seen):
    assert timedelta(days=wait(seen)) < UNSEEN
