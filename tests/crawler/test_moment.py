from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.moment import day_of, days_of, find, in_address, may_hold, order_of, read
from crawler.tongue import tongue

NOON = datetime.fromisoformat("2024-05-06T12:30")


def east(hours):
    return NOON.replace(tzinfo=timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2024-05-06T12:30:00Z", NOON.replace(tzinfo=UTC)),
        ("2024-05-06T12:30:00.123+02:00", east(2)),
        ("2024-05-06T12:30:00-00:00", NOON.replace(tzinfo=UTC)),
        ("2024-05-06T12:30:00+15:00", NOON),
        ("2024-05-06 12:30 +0530", east(5.5)),
        ("2024-5-6T12:30:00-04:00", east(-4)),
        ("2024-05-06T12:30:00:684Z", NOON.replace(tzinfo=UTC)),
        ("2024-05-06T12:30+01:00[Europe/London]", east(1)),
        ("2024-05-06T12:30", NOON),
        ("2024-05-06 at 12:30 PM", NOON),
        ("2024-05-06", date(2024, 5, 6)),
        ("20240506", date(2024, 5, 6)),
        ("20240506T123000Z", NOON.replace(tzinfo=UTC)),
        ("1714998600", NOON.replace(tzinfo=UTC)),
        ("1714998600000", NOON.replace(tzinfo=UTC)),
        ("Mon, 06 May 2024 12:30:00 GMT", NOON.replace(tzinfo=UTC)),
        ("Mon May 6 12:30:00 CEST 2024", east(2)),
        ("May 6, 2024 | 12:30pm EDT", east(-4)),
        ("Published 12:30 BST, 6 May 2024", east(1)),
        ("6 May 2024 12.30", NOON),
        ("2024/05/06 12:30:00", NOON),
        ("May 6th, 2024", date(2024, 5, 6)),
        ("6 May '24", date(2024, 5, 6)),
    ],
)
def test_read(said, moment):
    assert read(said, tongue("en")).moment == moment


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("de", "Montag, 6. Mai 2024, 12:30 Uhr"),
        ("de", "06.05.2024 - 12.30 Uhr"),
        ("fr", "le 6 mai 2024 à 12h30"),
        ("es", "6 de mayo de 2024 a las 12:30"),
        ("pt-BR", "06/05/2024 às 12h30"),
        ("it", "6 maggio 2024, 12:30"),
        ("ru", "6 мая 2024, 12:30"),
        ("pl", "6 maja 2024, 12:30"),
        ("hu", "2024. május 6. 12:30"),
        ("lt", "2024 m. gegužės 6 d. 12:30"),
        ("ja", "2024年5月6日 12時30分"),
        ("ko", "2024년 5월 6일 12:30"),
        ("zh", "2024年05月06日 12:30"),
        ("th", "6 พฤษภาคม 2567 12:30"),
        ("th", "6 พ.ค. 2567 เวลา 12:30 น."),
        ("vi", "6 tháng 5, 2024 12:30"),
        ("sv", "6 maj 2024 kl 12.30"),
        ("cs", "6. 5. 2024 12:30"),
        ("en-GB", "06/05/2024 12:30"),
        ("en", "05/06/2024 12:30 PM"),
        ("he", "6 במאי 2024 12:30"),
        ("fa", "دوشنبه ۱۷ اردیبهشت ۱۴۰۳ - ۱۲:۳۰"),
        ("fa", "۱۴۰۳/۰۲/۱۷ ساعت ۱۲:۳۰"),
        ("ar", "06\u200f/05\u200f/2024، 12:30"),
        ("ar-LB", "6 أيار 2024 12:30"),
        ("bn", "৬ মে ২০২৪, ১২:৩০"),
        ("th", "6 พ.ค. 2567 12:30 น."),
        ("th", "6 พฤษภาคม พ.ศ. 2567 12:30"),
        ("ja", "令和6年5月6日 12:30"),
        ("zh-TW", "民國113年5月6日 12:30"),
        ("ko", "24.05.06 12:30"),
        ("kk", "2024 ж. 6 мамыр 12:30"),
        ("mn", "2024 оны 5-р сарын 6, 12:30"),
        ("fil", "Mayo 6, 2024 12:30"),
        ("de", "Datum:6. Mai 2024 12:30"),
    ],
)
def test_read_in_the_language_of_the_page(locale, said):
    assert read(said, tongue(locale)).moment == NOON


def test_numbers_that_may_mean_two_days_say_so():
    assert read("06/05/2024", tongue("en-GB")).other == date(2024, 6, 5)
    assert read("05/06/2024", tongue("en")).other == date(2024, 6, 5)
    assert read("25/06/2024", tongue("en")).moment == date(2024, 6, 25)
    assert read("06.05.2024", tongue("en")).other is None
    assert order_of("06/05/2024", date(2024, 5, 6)) == "dmy"
    assert order_of("06/05/2024", date(2024, 6, 5)) == "mdy"
    assert order_of("05/05/2024", date(2024, 5, 5)) == ""


@pytest.mark.parametrize(
    "said",
    [
        "",
        "yesterday",
        "2 hours ago",
        "31.02.2024",
        "13/13/2024",
        "0001-01-01T00:00:00Z",
        "1/1/0001 12:00:00 AM",
        "1875-05-06",
        "tel. 030 12345678",
        "v1.2.3",
        "x" * 999,
    ],
)
def test_what_is_no_date(said):
    assert read(said, tongue("en")) is None


def test_names_of_months_may_have_two_words():
    assert read("6 تشرين الثاني 2024", tongue("ar")).moment == date(2024, 11, 6)


def test_a_year_of_two_digits_comes_first_where_people_write_it_first():
    assert read("24-05-06", tongue("sv")).moment == date(2024, 5, 6)
    assert read("24-05-06", tongue("sv")).other == date(2006, 5, 24)
    assert read("06-05-24", tongue("nl")).moment == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2024/05/06/pier", date(2024, 5, 6)),
        ("https://example.org/a?date=20240506", date(2024, 5, 6)),
        ("https://example.org/news/pier-06-05-2024.html", date(2024, 5, 6)),
        ("https://example.org/2024/5/6/pier", date(2024, 5, 6)),
        ("https://example.org/2024/05/pier", None),
        ("https://example.org/2024/13/06/pier", None),
        ("https://20240506.example.org/pier", None),
    ],
)
def test_in_address(url, day):
    assert in_address(url) == day


def test_find_yields_the_dates_of_a_text_in_order():
    text = "Erschienen am 6. Mai 2024, 12:30 Uhr, aktualisiert am 07.05.2024, Ausgabe 12/2024, Tel. 2024-1"
    found = [*find(text, tongue("de"))]
    assert [reading.moment for reading in found] == [NOON, date(2024, 5, 7)]
    assert text[found[0].start : found[0].end] == "6. Mai 2024"


def test_days_of_an_instant_are_those_of_its_readers_and_of_greenwich():
    late = datetime(2024, 5, 6, 23, 30, tzinfo=timezone(timedelta(hours=-4)))
    assert days_of(late) == {date(2024, 5, 6), date(2024, 5, 7)}
    assert day_of(late) == date(2024, 5, 6)
    assert days_of(date(2024, 5, 6)) == {date(2024, 5, 6)}


@pytest.mark.parametrize("text", ["6. Mai 2024", "6.5.24", "6 May '24", "٢٠٢٤", "2024年"])
def test_may_hold(text):
    assert may_hold(text)
    assert not may_hold("Seite 12 von 30")
