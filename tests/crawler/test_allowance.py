from datetime import UTC, datetime, timedelta

from crawler.allowance import USUAL, Allowance
from crawler.fetch import Failure

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_no_request_leaves_beyond_the_budget():
    allowance = Allowance(2)
    assert [allowance.spend(NOW) is None for _ in range(4)] == [True, True, False, False]
    assert (allowance.spent, allowance.refused) == (2, 2)
    problem = allowance.problem(NOW)
    assert problem.failure is Failure.SKIPPED
    assert problem.detail == "the budget of 2 requests is spent"


def test_no_request_leaves_after_its_time():
    allowance = Allowance(until=NOW)
    assert allowance.spend(NOW - timedelta(seconds=1)) is None
    assert allowance.spend(NOW).detail == "the time of this run is over"


def test_a_record_is_begun_while_there_is_room_for_it_and_for_those_under_way():
    allowance = Allowance(3 * USUAL)
    assert [allowance.has_room(USUAL, number * USUAL) for number in range(4)] == [True, True, True, False]
    allowance.spend(NOW)
    assert not allowance.has_room(USUAL, 2 * USUAL)
    assert allowance.has_room(0, 2 * USUAL)


def test_a_budget_that_is_smaller_than_what_may_be_needed_lets_one_record_begin():
    assert Allowance(1).has_room(USUAL, 0)
    assert not Allowance(1).has_room(USUAL, USUAL)


def test_who_has_no_bounds_may_ask_for_ever():
    allowance = Allowance()
    assert all(allowance.spend(NOW) is None for _ in range(100))
    assert allowance.has_room(USUAL, 10_000)
