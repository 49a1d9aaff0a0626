import math

import pytest

from crawler.habit import DAY, YEAR, Belief, Habit
from crawler.prior import Prior
from crawler.schedule import HORIZON, doubt, worth
from crawler.signal import Ear, Heard

NEW = Prior().belief("a", Habit())


def constant(rate):
    """Return the belief that a page changes at this rate an hour, and has no edits."""
    return Belief(1e-9, 1.0, rate * 1e9, 1e9)


def index(belief, age, since):
    return worth(belief, age, doubt(belief, age, since))


@pytest.mark.parametrize("rate", [1 / 6, 1 / 24, 1 / 100])
@pytest.mark.parametrize("since", [1, 6, 24, 72])
def test_for_a_constant_rate_it_is_the_optimal_index(rate, since):
    y = rate * since
    assert index(constant(rate), 2 * YEAR, since) == pytest.approx((1 - math.exp(-y) * (1 + y)) / rate, rel=0.03)


def test_the_longer_ago_the_more_a_request_is_worth():
    found = [index(NEW, 2 * YEAR, days * DAY) for days in (1, 7, 30, 180)]
    assert found == sorted(found)
    assert 0 < found[0] < found[-1] < HORIZON


def test_what_changes_too_fast_is_not_worth_more():
    fast, slow = (index(constant(1 / hours), 2 * YEAR, 48) for hours in (0.5, 48))
    assert fast < slow / 10


def test_a_young_article_is_asked_before_an_old_one_that_was_read_as_long_ago():
    assert index(NEW, 30, 24) > index(NEW, 30 * DAY, 24)


def test_while_an_article_still_changes_it_pays_to_wait():
    belief = Belief(50, 50, 0.03, 360)
    waits = [index(belief, age, age) for age in (0.5, 2, 8)]
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] / 5


def test_a_record_that_was_just_read_is_worth_nothing():
    assert doubt(NEW, 100, 0) == 0
    assert index(NEW, 100, 0) == pytest.approx(0, abs=1e-6)


def test_what_is_announced_is_doubted_and_so_worth_more():
    heard = Heard(Ear(), listed=6, times=1)
    assert doubt(NEW, 30, 6, heard) > 0.7 > 0.3 > doubt(NEW, 30, 6)
    assert worth(NEW, 30, doubt(NEW, 30, 6, heard)) > index(NEW, 30, 6)
