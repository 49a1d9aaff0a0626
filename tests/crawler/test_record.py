"""What a record knows of itself."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.layout import Key
from crawler.record import Record


def record(fields, at=()):
    return Record(Path("one.md"), fields, "", at=at)


@pytest.mark.parametrize(
    ("place", "key"),
    [
        (("excerpt",), Key.EXCERPT),
        (("images",), Key.IMAGE),
        (("images", 0), Key.IMAGE),
        (("images", 0, "url"), Key.IMAGE),
        (("provider", "domain"), Key.DOMAIN),
        (("webUrl",), Key.WEB_URL),
        (("originalUrl",), Key.URL),
    ],
)
def test_what_is_kept_at_a_place_is_known_by_it(place, key):
    fields = {"originalUrl": "https://example.org/a", "webUrl": "https://example.org/b", "images": []}
    assert record(fields).key_of(place) is key
    assert record(fields, at=("related", 3)).key_of(("related", 3, *place)) is key


def test_an_empty_value_is_none():
    assert record({"excerpt": ""}).get(Key.EXCERPT) is None


@pytest.mark.parametrize("fields", [{}, {"originalUrl": "/pier"}, {"originalUrl": 7}])
def test_what_has_no_address_is_no_record_of_an_article(fields):
    assert record(fields).url is None


def test_related_articles_are_records_that_know_where_they_stand():
    entries = ["https://example.org/a", {"title": "No address"}, {"title": "B", "originalUrl": "https://example.org/b"}]
    (found,) = record({"originalUrl": "https://example.org/", "related": entries}).related
    assert found.at == ("related", 2)
    assert found.get(Key.TITLE) == "B"


@pytest.mark.parametrize("related", [None, [], "https://example.org/a", {"originalUrl": "https://example.org/a"}])
def test_a_record_without_a_list_of_related_articles_has_none(related):
    assert record({"originalUrl": "https://example.org/", "related": related}).related == ()


@pytest.mark.parametrize("written", ["2020-10-20T17:40:00Z", "2020-10-20 17:40:00 +0000", "2020-10-20 19:40 +02:00"])
def test_a_date_is_one_also_where_it_is_text(written):
    fields = {"originalUrl": "https://example.org/a", "publishedDateTime": written}
    assert record(fields).get(Key.PUBLISHED) == datetime(2020, 10, 20, 17, 40, tzinfo=UTC)


def test_a_text_that_is_no_date_stays_one():
    fields = {"originalUrl": "https://example.org/a", "publishedDateTime": "in October 2020"}
    assert record(fields).get(Key.PUBLISHED) == "in October 2020"
