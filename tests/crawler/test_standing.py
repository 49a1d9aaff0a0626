"""What a link's history means: the rules over time, one by one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.history import KEPT, History
from crawler.observation import WEIGHTS, Observation, Weight, forgiveness
from crawler.rule import rules
from crawler.standing import NEVER_SEEN, Life, lesson, reckon, stand

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)

STRIKES = sorted(state for state, weight in WEIGHTS.items() if weight.is_strike and weight is not Weight.IMPOSSIBLE)
WEAK = [state for state in STRIKES if WEIGHTS[state] is Weight.WEAK]
TELLING = [state for state in STRIKES if WEIGHTS[state] is not Weight.WEAK]
LIFE = sorted(state for state, weight in WEIGHTS.items() if weight is Weight.LIFE)
OPEN = sorted(state for state, weight in WEIGHTS.items() if weight is Weight.OPEN)


def look(state, day, *, full=True):
    return Observation(START + day * DAY, state, full)


def history(seen):
    """Return what is written as "ok 0, not-found 2.5": states and days; a "-" marks a request that was not full."""
    looks = (part.split() for part in seen.split(", ")) if seen else ()
    return History.of(look(state.removesuffix("-"), float(day), full=not state.endswith("-")) for state, day in looks)


def standing(seen, strikes=3, forgiven=(), now=None):
    known = history(seen)
    return stand(known, START + now * DAY if now is not None else known.observations[-1].at, rules(strikes), forgiven)


def life(seen, strikes=3, forgiven=(), now=None):
    return standing(seen, strikes, forgiven, now).life


def test_a_link_that_was_never_looked_at_cannot_be_told():
    assert stand(History(), START) == NEVER_SEEN


@pytest.mark.parametrize("state", LIFE)
def test_a_sign_of_life_is_enough(state):
    assert life(f"{state} 0") is Life.ALIVE


@pytest.mark.parametrize("state", TELLING)
def test_one_look_kills_no_link(state):
    assert life(f"{state} 0") is Life.FAILING


@pytest.mark.parametrize("state", WEAK)
@pytest.mark.parametrize("strikes", [1, 3])
def test_one_look_without_an_answer_of_use_may_be_bad_luck(state, strikes):
    assert life(f"{state} 0", strikes) is Life.UNSURE
    assert life(f"ok 0, {state} 1", strikes) is Life.UNSURE
    assert life(f"{state} 0, {state} 1", strikes) is Life.FAILING


@pytest.mark.parametrize("state", OPEN)
def test_what_tells_nothing_is_not_told(state):
    assert life(f"{state} 0") is Life.UNSURE


@pytest.mark.parametrize(
    ("seen", "then"),
    [
        # not there: three strikes, three days apart, over seven days that were watched
        ("not-found 0, not-found 2, not-found 4, not-found 6, not-found 7", Life.DEAD),
        ("not-found 0, not-found 2, not-found 4, not-found 6, not-found 6.9", Life.FAILING),
        ("soft-404 0, redirect-home 2, not-found 4, not-found 5, not-found 7", Life.DEAD),
        ("not-found 0, not-found 2.4, not-found 4.8", Life.FAILING),
        # gone, for sale or without a name: two
        ("gone 0, timeout 2, timeout 4, timeout 6, gone 7", Life.DEAD),
        ("not-found 0, timeout 2, timeout 4, timeout 6, not-found 7", Life.FAILING),
        ("dns-failure 0, dns-failure 2, parked 4, parked 5, gone 7", Life.DEAD),
        ("gone 0, gone 2, gone 4, gone 6", Life.FAILING),
        # no answer of use: four, over fourteen days
        ("timeout 0, timeout 2, server-error 4, timeout 6, empty 8, timeout 10, timeout 12, timeout 14", Life.DEAD),
        ("timeout 0, timeout 2, server-error 4, timeout 6, empty 8, timeout 10, timeout 12, timeout 13", Life.FAILING),
        # a heavier strike counts as a lighter one
        ("timeout 0, gone 2, server-error 4, not-found 6, empty 8, timeout 10, timeout 12, timeout 14", Life.DEAD),
    ],
)
def test_strikes_in_a_row_apart_and_over_time_make_a_link_dead(seen, then):
    assert life(seen) is then


def test_strikes_that_are_not_apart_count_once():
    """Seven days of looks, all but one on two days."""
    seen = "not-found 0, not-found 1, not-found 2, blocked 3, not-found 4, not-found 6.4, not-found 8.8, not-found 11.2"
    assert life(seen) is Life.DEAD
    assert "2 of 3 times" in standing("not-found 0, not-found 1, not-found 2, not-found 3, not-found 4").rule
    assert "2 of 3 times" in standing("not-found 0, not-found 2.9, not-found 3.1, not-found 5.9").rule


@pytest.mark.parametrize("state", LIFE)
def test_any_sign_of_life_starts_everything_anew(state):
    row = "not-found 0, not-found 2, not-found 4, not-found 6"
    assert life(f"{row}, not-found 7") is Life.DEAD
    assert life(f"{row}, {state} 6.5, not-found 7") is Life.FAILING
    assert life(f"{row}, not-found 7, {state} 8") is Life.ALIVE


@pytest.mark.parametrize("state", OPEN)
def test_what_tells_nothing_neither_adds_nor_resets(state):
    assert life(f"not-found 0, not-found 2, not-found 4, {state} 5, not-found 6, not-found 8") is Life.FAILING
    row = f"not-found 0, not-found 2, not-found 4, {state} 5, not-found 6, not-found 8, not-found 9"
    assert life(row) is Life.DEAD  # 4 days and 3


def test_a_time_in_which_a_look_told_nothing_was_not_watched():
    assert life("gone 0, blocked 5, gone 10") is Life.FAILING
    assert life("gone 0, gone 3, gone 5, gone 7, gone 10") is Life.DEAD


def test_looks_far_apart_watch_little_of_the_time_between():
    """Four outages may have met four looks that are a month apart."""
    assert life("gone 0, gone 30, gone 60, gone 90") is Life.FAILING
    assert life("gone 0, gone 30, gone 60, gone 90, gone 120") is Life.DEAD


def test_what_was_seen_long_ago_is_part_of_no_row():
    row = "gone 0, gone 2, gone 4, gone 6"
    assert life(f"{row}, gone 205") is Life.DEAD
    assert life(f"{row}, gone 207") is Life.FAILING
    assert standing("ok 0, ok 300").since == START + 300 * DAY


def test_only_a_request_that_cannot_be_to_blame_has_the_last_word():
    assert life("gone 0, gone 2, gone 4, gone 6, gone- 8") is Life.FAILING
    assert standing("gone 0, gone 2, gone 4, gone 6, gone- 8").rule.endswith("dead if struck once more")
    assert life("gone- 0, gone- 2, gone- 4, gone- 6, gone 8") is Life.DEAD
    assert life("dns-failure 0, dns-failure 2, dns-failure 4, dns-failure 6, dns-failure- 8") is Life.DEAD


@pytest.mark.parametrize("strikes", [1, 3, 9])
def test_what_can_never_be_asked_is_dead_at_once(strikes):
    assert life("invalid-url- 0", strikes) is Life.DEAD


@pytest.mark.parametrize("state", TELLING)
def test_with_one_strike_what_is_struck_is_dead(state):
    assert life(f"{state} 0", strikes=1) is Life.DEAD
    assert life(f"ok 0, {state} 1, ok 2, {state} 3", strikes=1) is Life.DEAD
    assert life(f"{state} 0, ok 1", strikes=1) is Life.ALIVE


@pytest.mark.parametrize("state", WEAK)
def test_with_one_strike_what_living_links_are_dealt_takes_two(state):
    assert life(f"{state} 0, {state} 2", strikes=1) is Life.FAILING
    assert life(f"{state} 0, {state} 2, {state} 4", strikes=1) is Life.DEAD


@pytest.mark.parametrize("state", OPEN)
def test_with_one_strike_a_wall_is_none(state):
    assert life(f"{state} 0", strikes=1) is Life.UNSURE


@pytest.mark.parametrize(("strikes", "days"), [(2, 7), (3, 7), (4, 9), (5, 12)])
def test_more_strikes_take_more_time(strikes, days):
    row = [f"not-found {day}" for day in range(20)]
    first = next(day for day in range(20) if life(", ".join(row[: day + 1]), strikes) is Life.DEAD)
    assert first == days


@pytest.mark.parametrize(("strikes", "needed"), [(2, [1, 2, 2, 3]), (3, [1, 2, 3, 4]), (4, [1, 3, 4, 5])])
def test_what_leaves_little_doubt_needs_fewer_strikes_but_never_one(strikes, needed):
    assert [rule.needed for rule in rules(strikes)] == needed


@pytest.mark.parametrize(("returns", "days"), [(0, 7), (1, 9), (2, 12), (3, 15), (9, 15)])
def test_a_link_that_came_back_before_needs_one_strike_more_each_time(returns, days):
    before = "".join(f"not-found {day}, blocked {day + 0.2}, ok {day + 0.5}, " for day in range(returns))
    row = [f"not-found {20 + day}" for day in range(20)]
    first = next(day for day in range(20) if life(before + ", ".join(row[: day + 1])) is Life.DEAD)
    assert first == days


def test_looks_that_tell_nothing_make_a_link_one_that_cannot_be_told():
    walls = ", ".join(f"blocked {day}" for day in range(1, 5))
    assert life(f"ok 0, {walls}") is Life.ALIVE
    assert life(f"ok 0, {walls}, rate-limited 5") is Life.UNSURE
    assert life(f"not-found 0, {walls}") is Life.FAILING
    assert life(f"not-found 0, {walls}, rate-limited 5") is Life.UNSURE
    assert standing(f"ok 0, {walls}, rate-limited 5").rule == "cannot be told, 5 times in a row"


def test_a_wall_before_a_dead_link_does_not_raise_it():
    row = ", ".join(f"gone {day}" for day in range(8))
    walls = ", ".join(f"blocked {day}" for day in range(8, 20))
    assert life(f"{row}, {walls}") is Life.DEAD


@pytest.mark.parametrize("state", ["site-not-answering", "network-down", "skipped", "not-in-archive"])
def test_what_was_not_asked_is_no_look(state):
    assert life(f"{state} 0") is Life.UNSURE
    assert life(f"gone 0, gone 2, {state} 3, gone 4, gone 6, {state} 6.5, gone 7") is Life.DEAD
    assert standing(f"ok 0, {state} 1").last == START


def test_strikes_that_were_forgiven_to_the_host_are_none():
    row = ", ".join(f"not-found {day}" for day in range(8))
    assert life(row) is Life.DEAD
    assert life(row, forgiven={"not-found"}) is Life.UNSURE
    assert life(f"ok -1, {row}", forgiven={"timeout"}) is Life.DEAD
    assert life("gone 0, not-found 3, gone 7", strikes=1, forgiven={"not-found"}) is Life.DEAD


def test_a_person_who_says_that_a_link_lives_is_believed_and_teaches_the_host():
    known = history(", ".join(f"not-found {day}" for day in range(8)))
    dead = stand(known, START + 8 * DAY)
    assert lesson(dead) == {"not-found"}
    known |= History.of([forgiveness(START + 8 * DAY)])
    assert stand(known, START + 8 * DAY).life is Life.ALIVE


def test_what_a_host_is_to_be_forgiven_are_the_strikes_that_counted():
    assert lesson(standing("gone 0, timeout 2, timeout 4, timeout 6, gone 7")) == {"gone"}
    assert lesson(standing("timeout 0, blocked 1, not-found 2")) == {"timeout", "not-found"}
    assert lesson(standing("ok 0")) == lesson(standing("blocked 0")) == frozenset()


def test_an_observation_from_the_future_is_not_believed():
    assert life("ok 0, gone 60", now=1) is Life.ALIVE
    assert life("ok 0, gone 0.9", now=0) is Life.FAILING  # clocks of two machines differ by hours


@given(st.sampled_from([-400, -5, 5, 60, 400]), st.integers(0, 5), st.floats(0.2, 7))
def test_a_clock_that_jumps_for_one_run_kills_no_link_that_fails_for_less_than_three_days(jump, at, hours):
    """Four looks see an outage; the clock is wrong at one of them."""
    looks = [look("ok", -7), look("ok", -1)]
    looks += [look("not-found", number * hours / 10 + (jump if number == at else 0)) for number in range(4)]
    assert stand(History.of(looks), START + 3 * DAY).life is not Life.DEAD


def test_a_standing_says_since_when_and_by_what():
    dead = standing("ok 0, timeout 1, not-found 2, not-found 4, not-found 6, not-found 8, not-found 9")
    assert (dead.since, dead.last) == (START + 2 * DAY, START + 9 * DAY)
    assert [seen.state for seen in dead.because] == ["not-found"] * 5
    assert dead.reason == (
        "not there 3 times in a row, 3 days apart, over 7 days or more: "
        "2026-01-03 not-found; 2026-01-05 not-found; 2026-01-07 not-found; 2026-01-09 not-found; 2026-01-10 not-found"
    )
    alive = standing("gone 0, ok 1, moved-permanently 3, blocked 4")
    assert (alive.since, alive.last) == (START + DAY, START + 4 * DAY)
    assert alive.rule == "seen alive, and nothing told since"


def test_a_failing_link_says_when_it_can_be_dead():
    failing = standing("ok 0, not-found 1, not-found 2, not-found 4")
    assert failing.rule == "not there, 2 of 3 times that count, dead on 2026-01-09 at the earliest"
    row = "ok 0, not-found 1, not-found 2, not-found 4, not-found 6"
    assert life(f"{row}, not-found 7.9") is Life.FAILING
    assert life(f"{row}, not-found 8") is Life.DEAD


looks = st.lists(st.floats(0, 6.999), min_size=1, max_size=30)
states = st.lists(st.sampled_from([*STRIKES, *OPEN]), min_size=30, max_size=30)
outages = st.builds(lambda days, seen: list(zip(sorted(days), seen, strict=False)), looks, states)


@given(outages, outages, st.integers(0, 3))
@example([(0, "dns-failure"), (6.999, "dns-failure")], [], 0)
def test_no_outage_of_less_than_seven_days_is_a_death_however_often_it_is_looked_at(first, second, life_between):
    """Every look of two outages is a strike or tells nothing; the link was seen alive before, and between them."""
    seen = [look("ok", -1), *(look(state, day) for day, state in first)]
    seen += [look("ok", 7 + number / 10) for number in range(life_between)]
    seen += [look(state, 8 + day) for day, state in second if life_between]
    known = History()
    for one in seen:
        known |= History.of([one])
        assert stand(known, one.at).life is not Life.DEAD


@given(st.lists(st.tuples(st.floats(0.3, 40), st.sampled_from(STRIKES)), min_size=KEPT, max_size=KEPT))
def test_every_link_that_only_fails_is_dead_in_the_end(gaps):
    day, seen = 0.0, []
    for gap, state in gaps:
        day += gap
        seen.append(look(state, day))
    assert stand(History.of(seen), seen[-1].at).life is Life.DEAD


@given(st.lists(st.tuples(st.floats(0, 100), st.sampled_from([*STRIKES, *OPEN, *LIFE, "skipped", "teapot"]))))
def test_a_standing_depends_on_what_was_seen_and_not_on_the_order_of_learning(seen):
    known = [look(state, day) for day, state in seen]
    forward, backward = History.of(known), History.of(reversed(known))
    assert stand(forward, START + 100 * DAY) == stand(backward, START + 100 * DAY)


def test_a_reckoning_says_how_far_each_rule_is_met():
    known = history("ok 0, timeout 1, not-found 2, not-found 4, not-found 6, not-found 8, not-found 9")
    assert [(str(one), one.condemns) for one in reckon(known, START + 9 * DAY)] == [
        ("no such address can be asked, 0 of 1 times that count", False),
        ("gone, for sale or without a name, 0 of 2 times that count, watched for 0 days of 7 days", False),
        ("not there, 3 of 3 times that count, watched for 7 days of 7 days", True),
        ("no answer of use, 3 of 4 times that count, watched for 8 days of 14 days", False),
    ]
    assert not any(one.condemns for one in reckon(known, START + 9 * DAY, forgiven={"not-found"}))


@given(st.lists(st.tuples(st.floats(0, 60), st.sampled_from([*STRIKES, *OPEN, *LIFE])), max_size=30))
def test_a_link_is_dead_where_one_of_its_rules_is_met_and_nowhere_else(seen):
    known, now = History.of(look(state, day) for day, state in seen), START + 60 * DAY
    is_dead = stand(known, now).life is Life.DEAD
    assert is_dead is any(one.condemns for one in reckon(known, now))
