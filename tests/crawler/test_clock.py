from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.moment import read
from crawler.tongue import tongue


def at(hour, minute=30, zone=None, day=6, month=5):
    return datetime(2024, month, day, hour, minute, tzinfo=zone)


def east(hours):
    return timezone(timedelta(hours=hours))


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("6 May 2024 12:30 GMT+7", at(12, zone=east(7))),
        ("6 May 2024 12:30 -0430", at(12, zone=east(-4.5))),
        ("6 May 2024 12:30:05 -05:00", at(12, zone=east(-5)).replace(second=5)),
        ("6 May 2024 12:30 CEST", at(12, zone=east(2))),
        ("6 May 2024 12:30 UTC", at(12, zone=UTC)),
        ("12:30, 6 May 2024", at(12)),
        ("6 May 2024, 24:00 Uhr", at(0, 0, day=7)),
    ],
)
def test_a_clock_beside_a_date_with_its_zone(said, moment):
    found = read(said, tongue("en")).moment
    assert (found, found.utcoffset()) == (moment, moment.utcoffset())


@pytest.mark.parametrize(
    ("said", "moment"),
    [("May 6, 2024 12:30 p.m. ET", at(12, zone=east(-4))), ("Jan 6, 2024 12:30 PM PT", at(12, zone=east(-8), month=1))],
)
def test_a_zone_of_the_united_states_follows_the_season(said, moment):
    assert read(said, tongue("en-US")).moment == moment


def test_the_end_of_a_range_is_no_zone():
    assert read("6 May 2024 10:00-11:30", tongue("en")).moment == at(10, 0)
    assert read("6 May 2024, 10:00 -11:30", tongue("en")).moment == at(10, 0)


def test_another_date_is_no_clock():
    assert read("06.05.2024 - 07.05.2024", tongue("de")).moment == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "6 May 2024 1:30 pm"),
        ("ko", "2024년 5월 6일 오후 1:30"),
        ("ja", "2024年5月6日午後1時30分"),
        ("zh", "2024年5月6日 下午1:30"),
        ("ar", "6 مايو 2024 1:30 م"),
        ("el", "6 Μαΐου 2024, 1:30 μ.μ."),
        ("hi", "6 मई 2024, 1:30 दोपहर"),
        ("es", "6 de mayo de 2024, 1:30 de la tarde"),
    ],
)
def test_the_half_of_the_day_is_named_before_or_after_the_clock(locale, said):
    assert read(said, tongue(locale)).moment == at(13)


def test_midnight_and_noon_of_twelve_hours():
    assert read("2024년 5월 6일 오전 12:30", tongue("ko")).moment == at(0)
    assert read("6 May 2024 12:30 am", tongue("en")).moment == at(0)
    assert read("6 May 2024 12:30 pm", tongue("en")).moment == at(12)
