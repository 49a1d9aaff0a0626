"""What complaints teach: each halves how fast a site is asked, calm doubles it again."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.restraint import CALM, SLOWEST, Restraint

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def after(complaints):
    found = Restraint()
    for number in range(complaints):
        found = found.complained(NOW + number * MINUTE, NOW + (number + 1) * MINUTE)
    return found


@pytest.mark.parametrize(
    ("complaints", "usual", "delay"),
    [(0, 2, 0), (1, 2, 4), (2, 2, 8), (1, 0, 1), (3, 0, 4), (50, 2, SLOWEST), (1, 50, SLOWEST), (1, 90, 90)],
)
def test_each_complaint_halves_how_fast_a_site_is_asked(complaints, usual, delay):
    assert after(complaints).delay(usual) == delay


def test_complaints_of_requests_that_were_under_way_are_one():
    found = Restraint().complained(NOW, NOW + MINUTE).complained(NOW, NOW + MINUTE / 2)
    assert found == Restraint(1, 0, NOW + MINUTE)
    assert found.complained(NOW, NOW + 2 * MINUTE) == Restraint(1, 0, NOW + 2 * MINUTE)


def test_calm_doubles_it_again():
    found = after(2)
    for _ in range(CALM - 1):
        found = found.answered()
    assert found.level == 2
    assert found.answered().level == 1
    for _ in range(1 + CALM):
        found = found.answered()
    assert found.delay(2) == 0


def test_a_complaint_ends_the_calm():
    found = after(1)
    for _ in range(CALM - 1):
        found = found.answered()
    assert found.complained(NOW + 5 * MINUTE, NOW + 6 * MINUTE).answered().level == 2


def test_a_rest_ends_at_its_time():
    assert after(1).is_resting(NOW)
    assert not after(1).is_resting(NOW + MINUTE)
    assert not Restraint().is_resting(NOW)
