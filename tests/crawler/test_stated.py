from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crawler.evidence import Evidence, Field
from crawler.picture import Picture
from crawler.record import Record
from crawler.stated import Stated, digest, instant, published
from crawler.visit import Visit

URL = "https://example.org/a"


def said(field, value, confidence=0.9):
    return Evidence(field, value, "meta", URL, confidence)


PAGE = (said(Field.TITLE, "Pier opens"), said(Field.EXCERPT, "It is open."), said(Field.IMAGE, Picture(f"{URL}.jpg")))


@pytest.mark.parametrize(
    "change",
    [said(Field.TITLE, "Pier closes"), said(Field.EXCERPT, "It is shut."), said(Field.IMAGE, Picture(f"{URL}/2.jpg"))],
)
def test_a_page_has_changed_where_a_field_has(change):
    assert digest([change if item.field is change.field else item for item in PAGE]) != digest(PAGE)


@pytest.mark.parametrize(
    "more",
    [
        said(Field.TITLE, "Pier opens | The Post", 0.5),
        said(Field.UPDATED, datetime(2026, 1, 2, tzinfo=UTC)),
        said(Field.AUTHOR, ("Ines Okafor",)),
    ],
)
def test_a_page_has_not_changed_for_what_a_record_takes_nothing_from(more):
    assert digest([more, *PAGE]) == digest(PAGE)


def test_a_picture_is_the_same_however_it_is_signed():
    signed = [said(Field.IMAGE, Picture(f"{URL}.jpg?width=1200&sign=1", 1200, 675))]
    assert digest([*PAGE[:2], *signed]) == digest(PAGE)


def test_a_field_that_is_gone_is_a_change():
    assert digest(PAGE[:2]) != digest(PAGE)
    assert digest([]) == digest([])


def test_blanks_are_no_change():
    assert digest([said(Field.TITLE, "Pier\n opens "), *PAGE[1:]]) == digest(PAGE)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (date(2020, 10, 20), datetime(2020, 10, 20, tzinfo=UTC)),
        (datetime.fromisoformat("2020-10-20T08:00"), datetime(2020, 10, 20, 8, tzinfo=UTC)),
        (datetime(2020, 10, 20, 8, tzinfo=timezone(timedelta(hours=2))), datetime(2020, 10, 20, 6, tzinfo=UTC)),
    ],
)
def test_a_moment_is_an_instant(moment, expected):
    assert instant(moment) == expected


def test_a_record_may_not_say_when_its_article_came_out():
    assert published(Record(Path("a.md"), {"originalUrl": URL}, "")) is None
    told = Record(Path("a.md"), {"originalUrl": URL, "publishedDateTime": "2020-10-20T17:40:00Z"}, "")
    assert published(told) == datetime(2020, 10, 20, 17, 40, tzinfo=UTC)


def test_a_visit_without_a_page_states_nothing():
    assert Stated.of(Visit(Record(Path("a.md"), {"originalUrl": URL}, ""))) == Stated(URL)
