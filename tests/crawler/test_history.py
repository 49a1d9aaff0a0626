"""A history can be merged with another of the same link, in any order and any number of times."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from crawler.history import KEPT, History
from crawler.observation import Observation
from crawler.verdict import State

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
EAST = timezone(timedelta(hours=14))

observations = st.builds(
    Observation,
    at=st.integers(0, 40 * 24).map(lambda hours: START + timedelta(hours=hours)),
    state=st.sampled_from([*State, "forgiven", "teapot"]),
    full=st.booleans(),
    detail=st.sampled_from(["", "404"]),
)
histories = st.lists(observations, max_size=90).map(History.of)


@given(histories, histories, histories)
def test_merging_is_associative(one, two, three):
    assert (one | two) | three == one | (two | three)


@given(histories, histories)
def test_merging_is_commutative(one, two):
    assert one | two == two | one


@given(histories, histories)
def test_merging_is_idempotent(one, two):
    assert one | one == one
    assert one | two | two == one | two


@given(st.lists(observations, max_size=90), st.randoms())
def test_a_history_is_the_same_however_it_was_learned(seen, random):
    """At once, one by one, or on two machines."""
    whole = History.of(seen)
    random.shuffle(seen)
    one_by_one = History()
    for observation in seen:
        one_by_one |= History.of([observation])
    assert one_by_one == whole
    assert History.of(seen[::2]) | History.of(seen[1::2]) == whole


@given(st.lists(observations, min_size=1, max_size=90))
def test_the_newest_observation_is_kept(seen):
    assert max(one.at for one in seen) == max(one.at for one in History.of(seen))


def at(hours, state="not-found"):
    return Observation(START + timedelta(hours=hours), state, full=True)


def test_of_each_day_the_last_of_each_weight_is_kept():
    seen = [at(1, "ok"), at(2), at(3, "soft-404"), at(4, "timeout"), at(5, "moved-permanently"), at(25)]
    assert list(History.of(seen)) == [at(3, "soft-404"), at(4, "timeout"), at(5, "moved-permanently"), at(25)]


def test_days_are_those_of_utc():
    late = datetime(2026, 1, 2, 10, tzinfo=EAST)  # 20 o'clock on the first in UTC
    assert (
        len(History.of([at(1), Observation(late, "gone", full=True), Observation(late, "not-found", full=True)])) == 2
    )


def test_hourly_looks_leave_what_was_seen_weeks_ago():
    hourly = History.of(at(hour) for hour in range(28 * 24))
    assert len(hourly) == 28
    assert hourly.observations[0].at < START + DAY


def test_the_newest_are_kept():
    seen = [at(24 * day) for day in range(KEPT + 40)]
    assert list(History.of(seen)) == seen[40:]
