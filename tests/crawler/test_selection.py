import os
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.errors import UsageError
from crawler.record import Record
from crawler.selection import Condition, Selection

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY = timedelta(days=1)

FIELDS = {
    "title": "Pier opens: a walk",
    "excerpt": "",
    "originalUrl": "https://www.al.com/news/a",
    "published": False,
    "quality": 70,
    "weight": 1.5,
    "publishedDateTime": datetime(2020, 10, 20, 17, 40, tzinfo=UTC),
    "day": date(2020, 10, 20),
    "quoted": "2020-10-20T19:40:00+02:00",
    "topics": ["AI", "Police"],
    "provider": {"name": "AL.com", "domain": None},
    "images": [],
    "related": [{"title": "One", "topics": ["Ships"]}, {"title": "Two"}],
    "zip": "05",
    "ms.date": "2020-01-01",
}


@pytest.mark.parametrize(
    "text",
    [
        "topics=AI",
        "topics = AI",
        "topics!=Ships",
        "topics~^pol",
        "published=false",
        "published!=true",
        "quality=70",
        "quality>=70",
        "quality>69.5",
        "quality<100",
        "weight<=1.5",
        "title~PIER",
        "title=Pier opens: a walk",
        "title<Q",
        "provider.name=AL.com",
        "provider.domain=",
        "provider.domain=null",
        "excerpt=",
        "images=",
        "missing=",
        "title!=",
        "missing!=x",
        "related.title=Two",
        "related[0].title=One",
        "related.topics=Ships",
        "provider~al",
        "publishedDateTime=2020-10-20",
        "publishedDateTime<2020-10-21",
        "publishedDateTime<=2020-10-20",
        "publishedDateTime>2020-10-19",
        "publishedDateTime>2020-10-20T17:00:00Z",
        "publishedDateTime=2020-10-20T19:40:00+02:00",
        "day=2020-10-20",
        "day<2020-10-20T10:00",
        "quoted=2020-10-20T17:40:00Z",
        "quoted>2020-10-01",
        'zip="05"',
        "zip<10",
        "zip>=5",
        '["ms.date"]<2021-01-01',
    ],
)
def test_a_condition_holds(text):
    assert Condition.parse(text).holds(FIELDS)


@pytest.mark.parametrize(
    "text",
    [
        "topics=ai",
        "topics!=AI",
        "topics=",
        "published=true",
        "published=no",
        "quality=seventy",
        "quality>70",
        "quality~7",
        "title=pier",
        "title~^opens",
        "missing=x",
        "missing~.",
        "missing<1",
        "title.x=1",
        "related[2].title=One",
        "publishedDateTime>2020-10-20",
        "publishedDateTime<2020-10-20",
        "publishedDateTime~2020",
        "publishedDateTime=soon",
        'quality="70"',
        "zip=5",
        "zip>40",
        'zip>="4"',
    ],
)
def test_a_condition_does_not_hold(text):
    assert not Condition.parse(text).holds(FIELDS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("topics", "'topics' is no condition: write it as topics=AI, with one of = != < <= > >= ~"),
        ("=AI", "is no condition"),
        ("", "is no condition"),
        ("a..b=1", "not a key path"),
        ("title~(", "no regular expression: missing ), unterminated subpattern"),
    ],
)
def test_what_is_no_condition_is_refused_with_a_remedy(text, said):
    with pytest.raises(UsageError) as caught:
        Condition.parse(text)
    assert said in str(caught.value)


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("")
    return Record(path, FIELDS, "")


def takes(record, checked=NOW - 10 * DAY, **asked):
    return Selection(**asked).takes(record, NOW, checked)


def test_all_are_taken_where_nothing_is_asked_for(record):
    assert takes(record)


def test_all_conditions_have_to_hold(record):
    one, other = Condition.parse("topics=AI"), Condition.parse("published=true")
    assert takes(record, where=(one,))
    assert not takes(record, where=(one, other))


@pytest.mark.parametrize("at", [("images",), ("excerpt",), ("provider", "domain"), ("nothing",), ("related", "images")])
def test_what_is_empty_is_missing(record, at):
    assert takes(record, missing=(at,))


@pytest.mark.parametrize("at", [("title",), ("published",), ("provider",), ("related", "topics")])
def test_what_is_there_is_not_missing(record, at):
    assert not takes(record, missing=(at,))
    assert not takes(record, missing=(("images",), at))


def test_a_site_is_a_registered_domain(record):
    assert takes(record, sites=frozenset({"example.org", "al.com"}))
    assert not takes(record, sites=frozenset({"example.org"}))


def test_what_was_checked_long_ago_or_never_is_stale(record):
    assert takes(record, stale=10 * DAY)
    assert takes(record, stale=10 * DAY, checked=None)
    assert not takes(record, stale=11 * DAY)


def test_a_file_has_changed_since_by_its_time(record):
    os.utime(record.path, (NOW.timestamp(), NOW.timestamp()))
    assert takes(record, changed_since=NOW)
    assert not takes(record, changed_since=NOW + DAY)
