import math

import pytest

from crawler.habit import DAY, YEAR, Belief, Habit, after, pace, share
from crawler.prior import Prior

NEW = Habit()
HOUR = 1.0


def belief(habit=NEW):
    return Prior().belief("a", habit)


@pytest.mark.parametrize(("age", "part"), [(-1, 0), (0, 0), (4, 0.45), (24, 0.82), (168, 0.95), (YEAR, 1), (2e6, 1)])
def test_edits_come_soon_after_publication(age, part):
    assert share(age) == pytest.approx(part)


@pytest.mark.parametrize("age", [0.1, 3, 10, 100, 5000])
def test_the_pace_is_what_the_share_grows_by(age):
    assert pace(age) == pytest.approx((share(age + 1e-4) - share(age - 1e-4)) / 2e-4, rel=1e-3)


def test_nothing_is_edited_before_it_appears_nor_after_a_year():
    assert pace(-1) == pace(YEAR) == pace(1e6) == 0


def test_young_articles_change_more_than_old_ones():
    still = [belief().still(share(age + DAY) - share(age), DAY) for age in (1, 10, 100, 1000)]
    assert still == sorted(still)
    assert 0.5 < still[0] < still[-1] < 1


def test_what_was_watched_without_a_change_is_likely_to_stay():
    habit = after(NEW, belief(), 300, 290, changed=False)
    assert habit.edits == habit.flow == 0
    assert belief(habit).still(0.01, DAY) > belief().still(0.01, DAY)


def test_a_change_of_a_young_article_was_an_edit():
    habit = after(NEW, belief(), 12, 10, changed=True)
    assert habit.edits > 0.95
    assert habit.flow < 0.05
    assert habit.watched == 10


def test_a_change_of_an_old_article_tells_of_a_living_page():
    habit = after(NEW, belief(), 3 * YEAR, 30 * DAY, changed=True)
    assert habit.flow == pytest.approx(1, rel=0.05)
    assert belief(habit).still(0, 30 * DAY) < 0.6
    assert belief().still(0, 30 * DAY) > 0.9


def test_a_long_time_hides_more_changes_than_one():
    busy = Belief(20, 2, 0.03, 360)
    assert after(NEW, busy, DAY, DAY, changed=True).edits > 5
    assert after(NEW, busy, 4.01, 0.01, changed=True).edits == pytest.approx(1, abs=0.02)


def test_a_look_in_no_time_teaches_nothing():
    assert after(NEW, belief(), 5, 0, changed=False) == NEW


def test_a_gamma_that_is_sure_is_a_poisson_process():
    sure = Belief(1e9, 1e9 / 0.7, 1e-9, 1e9)
    assert sure.still(0.5, 0) == pytest.approx(math.exp(-0.35))
