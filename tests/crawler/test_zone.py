from datetime import UTC, date, datetime, timedelta, timezone

from crawler.site import Site
from crawler.zone import Clocks

HERE = "https://www.example.com/"
GERMAN = "https://www.example.de/"
UTC_TIME = datetime(2024, 5, 6, 2, 25, 54, tzinfo=UTC)


def clocks(*moments, url=HERE, site=None):
    return Clocks.of(moments, site or Site(), url)


def test_a_clock_that_shows_an_instant_gives_it_its_zone():
    local = datetime.fromisoformat("2024-05-05T22:25")
    seen = clocks(UTC_TIME, local)
    assert seen.corrected(UTC_TIME) == UTC_TIME
    assert seen.corrected(UTC_TIME).date() == date(2024, 5, 5)
    assert seen.corrected(local) == UTC_TIME.replace(second=0)


def test_a_local_clock_stamped_as_greenwich_is_taken_in_the_zone_that_another_source_states():
    stamped = datetime(2024, 5, 6, 10, 0, 5, tzinfo=UTC)
    true = datetime(2024, 5, 6, 10, 0, tzinfo=timezone(timedelta(hours=2)))
    assert clocks(stamped, true).corrected(stamped) == true


def test_of_two_instants_of_greenwich_the_countrys_clock_is_the_false_one():
    true, local = datetime(2024, 5, 6, 8, 15, 9, tzinfo=UTC), datetime(2024, 5, 6, 10, 15, 9, tzinfo=UTC)
    seen = clocks(true, local, url=GERMAN)
    assert seen.corrected(local) == true
    assert seen.corrected(true) == true


def test_a_naive_clock_takes_the_offset_of_its_sibling_then_of_the_site_then_of_the_country():
    naive, sibling = (
        datetime.fromisoformat("2024-05-06T10:00"),
        datetime(2024, 5, 8, 9, 3, tzinfo=timezone(timedelta(hours=-3))),
    )
    assert clocks(naive, sibling).corrected(naive).utcoffset() == timedelta(hours=-3)
    site = Site().with_article("A title", clock=datetime(2024, 5, 1, 8, 0, tzinfo=timezone(timedelta(hours=9))))
    assert clocks(naive, site=site).corrected(naive).utcoffset() == timedelta(hours=9)
    assert clocks(naive, url=GERMAN).corrected(naive).utcoffset() == timedelta(hours=2)
    assert clocks(naive).corrected(naive).tzinfo is None


def test_midnight_is_a_day():
    assert clocks().corrected(datetime.fromisoformat("2024-05-06T00:00")) == date(2024, 5, 6)
    assert clocks(url=GERMAN).corrected(datetime(2024, 5, 5, 22, 0, tzinfo=UTC)) == date(2024, 5, 6)
    assert clocks().corrected(date(2024, 5, 6)) == date(2024, 5, 6)
