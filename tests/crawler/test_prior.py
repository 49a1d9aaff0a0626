import pytest

from crawler.habit import DAY, YEAR, Habit
from crawler.prior import EDITS, FLOW, Prior

QUIET = Habit(seen=0.5, watched=10 * DAY)
BUSY = Habit(edits=3, seen=0.5, watched=10 * DAY)


def test_before_any_look_all_outlets_are_alike():
    assert Prior.of([]) == Prior(EDITS[0] / EDITS[1], {}, FLOW[0])
    assert Prior.of([("a", Habit()), ("b", Habit())]) == Prior.of([])


def test_the_articles_of_an_outlet_that_edits_are_expected_to_be_edited():
    prior = Prior.of([("busy", BUSY)] * 20 + [("quiet", QUIET)] * 20)
    assert prior.outlets["busy"] > 3
    assert prior.outlets["quiet"] < 1
    assert prior.outlets["quiet"] < prior.elsewhere < prior.outlets["busy"]
    busy, quiet = (prior.belief(name, Habit()).still(0.5, DAY) for name in ("busy", "quiet"))
    assert busy < quiet


def test_an_outlet_of_which_little_was_seen_leans_on_all_others():
    others = [("others", QUIET)] * 1000
    few = Prior.of([*others, ("few", BUSY)])
    many = Prior.of([*others, *[("many", BUSY)] * 100])
    assert few.outlets["few"] < 0.8
    assert many.outlets["many"] > 5


def test_an_outlet_that_was_never_seen_is_like_all_others():
    prior = Prior.of([("a", BUSY)] * 50)
    assert prior.belief("b", Habit()).b == pytest.approx(0.7 / prior.elsewhere)


@pytest.mark.parametrize(("living", "least", "most"), [(0, 0.00001, 0.001), (30, 0.015, 0.04), (150, 0.06, 0.2)])
def test_how_common_living_pages_are_is_learned(living, least, most):
    still = [("a", Habit(watched=60 * DAY))] * (1000 - living)
    prior = Prior.of(still + [("a", Habit(flow=5, watched=60 * DAY))] * living)
    assert least < prior.flow < most


def test_what_a_record_did_itself_counts_more_the_longer_it_was_watched():
    prior = Prior.of([("a", QUIET)] * 100)
    beliefs = [prior.belief("a", Habit(watched=days * DAY)) for days in (0, 10, 100)]
    still = [belief.still(0, YEAR) for belief in beliefs]
    assert still == sorted(still)
