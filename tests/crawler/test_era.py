from datetime import date

import pytest

from crawler import era

DAY = date(2024, 5, 6)


@pytest.mark.parametrize(
    ("year", "month", "day", "said", "language"),
    [
        (2024, 5, 6, "", "en"),
        (2567, 5, 6, "", "th"),
        (6, 5, 6, "令和", "ja"),
        (113, 5, 6, "民國", "zh"),
        (1403, 2, 17, "", "fa"),
    ],
)
def test_years_are_counted_from_what_is_named_or_read(year, month, day, said, language):
    assert era.gregorian(year, month, day, said, language) == DAY


@pytest.mark.parametrize(
    ("year", "month", "day", "language"),
    [
        (1403, 2, 17, "en"),  # the Persian calendar, on a page of other readers
        (1445, 10, 27, "ar"),  # the lunar calendar of Islam, which is observed
        (1403, 13, 1, "fa"),
        (1875, 5, 6, "en"),
        (2024, 2, 30, "en"),
        (0, 5, 6, "en"),
    ],
)
def test_what_no_calendar_of_the_readers_explains_is_no_date(year, month, day, language):
    assert era.gregorian(year, month, day, language=language) is None


def test_months_of_the_persian_calendar_in_order():
    assert [*era.persian_months().values()] == [*range(1, 13)]
