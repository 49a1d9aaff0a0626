"""What one look weighs."""

from datetime import UTC, datetime

import pytest

from crawler.observation import FORGIVEN, WEIGHTS, Observation, Weight, forgiveness
from crawler.verdict import State

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def seen(state, *, full=True):
    return Observation(NOW, state, full)


def test_every_state_has_a_weight():
    assert WEIGHTS.keys() == set(State)


@pytest.mark.parametrize(
    ("weight", "is_strike"),
    [
        (Weight.NOTHING, False),
        (Weight.OPEN, False),
        (Weight.LIFE, False),
        (Weight.WEAK, True),
        (Weight.STRONG, True),
        (Weight.OUTRIGHT, True),
        (Weight.IMPOSSIBLE, True),
    ],
)
def test_some_weights_are_strikes(weight, is_strike):
    assert weight.is_strike is is_strike


@pytest.mark.parametrize("state", [state for state in State if state.is_article])
def test_the_article_is_a_sign_of_life(state):
    assert seen(state).weight is Weight.LIFE


@pytest.mark.parametrize("state", ["blocked", "rate-limited", "tls-failure", "dns-trouble", "legal", "unsafe-address"])
def test_walls_and_troubles_of_the_network_say_nothing(state):
    assert seen(state).weight is Weight.OPEN


def test_a_state_of_another_version_can_mean_anything():
    assert seen("teapot").weight is Weight.OPEN


def test_a_strike_that_was_forgiven_to_a_host_says_nothing_there():
    assert seen("not-found").weighed({"not-found"}) is Weight.OPEN
    assert seen("not-found").weighed({"timeout"}) is Weight.STRONG
    assert seen("ok").weighed({"ok"}) is Weight.LIFE


@pytest.mark.parametrize("state", ["not-found", "gone", "soft-404", "parked", "server-error", "timeout", "empty"])
def test_only_a_request_as_browsers_send_it_may_be_the_last_word(state):
    assert seen(state).convicts
    assert not seen(state, full=False).convicts


@pytest.mark.parametrize("state", ["dns-failure", "connection-refused", "unreachable", "invalid-url"])
def test_where_no_request_was_sent_it_cannot_be_to_blame(state):
    assert seen(state, full=False).convicts


def test_a_person_can_say_that_a_link_lives():
    assert forgiveness(NOW) == Observation(NOW, FORGIVEN, full=True)
    assert forgiveness(NOW).weight is Weight.LIFE


def test_of_one_moment_a_sign_of_life_comes_last():
    assert max([seen("ok"), seen("unknown"), seen("gone")], key=lambda one: one.order).state == "ok"


def test_it_reads_as_a_day_and_a_state():
    assert str(Observation(NOW, "not-found", full=True, detail="404")) == "2026-03-01 not-found (404)"
    assert str(seen("ok")) == "2026-03-01 ok"
