from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.evidence import Evidence, Field
from crawler.fetch import Fetch
from crawler.likeness import Likeness, Match, likeness
from crawler.record import Record
from crawler.target import Role, Target

URL = "https://example.org/2024/05/06/pier"
NOW = datetime(2024, 6, 1, tzinfo=UTC)
NAMED = Likeness(title=Match.AGREES, has_body=True)


@pytest.mark.parametrize(
    ("agreeing", "is_complete"),
    [
        ({"excerpt": Match.AGREES}, True),
        ({"excerpt": Match.ELSEWHERE}, False),
        ({"excerpt": Match.ELSEWHERE, "picture": Match.AGREES}, True),
        ({"picture": Match.AGREES}, False),
        ({"picture": Match.AGREES, "address": Match.AGREES}, True),
        ({"picture": Match.AGREES, "dated": Match.AGREES}, True),
        ({"excerpt": Match.AGREES, "address": Match.DIFFERS}, False),
        ({"excerpt": Match.AGREES, "picture": Match.DIFFERS}, False),
        ({"excerpt": Match.AGREES, "title": Match.ELSEWHERE}, False),
    ],
)
def test_a_page_is_surely_the_article_by_its_own_words_or_by_two_things_more(agreeing, is_complete):
    assert replace(NAMED, **agreeing).is_complete is is_complete


def compared(*days, published=datetime(2023, 1, 2, tzinfo=UTC), source="time", trust=0.9):
    """Compare a record of another day than its address has with a page that states some days."""
    record = Record(Path("a.md"), {"title": "Pier", "originalUrl": URL, "publishedDateTime": published}, "")
    fetch = Fetch(Target(URL, Role.ARTICLE), URL, NOW, 200, (), {"content-type": "text/html"}, b"<p>Pier</p>")
    evidence = [Evidence(Field.PUBLISHED, day, source, URL, trust) for day in days]
    assert fetch.page is not None
    return likeness(record, fetch, fetch.page, [Evidence(Field.TITLE, "Pier", "h1", URL, 0.9), *evidence])


def test_the_day_in_the_records_own_address_vouches_for_a_page_that_states_it():
    day = datetime(2024, 5, 6, 8, tzinfo=UTC)
    found = compared(day)
    assert (found.day, found.dated) == (Match.DIFFERS, Match.AGREES)
    assert found.is_same_article
    assert found.without("day").is_proven


@pytest.mark.parametrize("how", [{"source": "url"}, {"trust": 0.3}])
def test_but_not_where_the_page_states_it_only_by_its_own_address_or_somewhere(how):
    found = compared(datetime(2024, 5, 6, tzinfo=UTC), **how)
    assert found.dated is Match.UNKNOWN
    assert not found.is_same_article


def test_another_day_than_that_of_the_address_is_no_difference():
    assert compared(datetime(2024, 5, 9, tzinfo=UTC)).dated is Match.UNKNOWN
