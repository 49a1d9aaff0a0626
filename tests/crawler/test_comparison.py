"""A record held against a page: what agrees, and what only seems to."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler import comparison
from crawler.comparison import compare
from crawler.evidence import Evidence, Field
from crawler.fetch import Fetch, Hop
from crawler.likeness import Match
from crawler.picture import Picture
from crawler.record import Record
from crawler.target import Role, Target

URL = "https://example.org/2024/05/06/pier"
NOW = datetime(2024, 6, 1, tzinfo=UTC)
EXCERPT = "Nine hundred people walked to its end and back on the first day, the office counted."
PICTURE = "https://img.example.org/pier-2024.jpg"


def record(**fields):
    return Record(Path("a.md"), {"title": "Pier", "originalUrl": URL} | fields, "")


def fetched(body="<p>Pier</p>", url="", asked=URL):
    hops = (Hop(301, asked),) if url else ()
    kind = {"content-type": "text/html; charset=utf-8"}
    return Fetch(Target(asked, Role.ARTICLE), url or asked, NOW, 200, hops, kind, body.encode())


def held(known, *evidence, fetch=None):
    fetch = fetch or fetched()
    found = [Evidence(field, value, source, URL, trust) for field, value, source, trust in evidence]
    return compare(known, fetch, fetch.page, found)


def title(*stated, known="Pier"):
    return held(record(title=known), *((Field.TITLE, name, source, trust) for name, source, trust in stated)).title


def test_a_page_goes_by_the_headline():
    assert title(("Pier", "h1", 0.9)) is Match.AGREES
    assert title(("Pier", "title", 0.6)) is Match.AGREES
    assert title(("Pier", "title", 0.6), ("Mill", "h2", 0.5)) is Match.AGREES
    assert title(("Mill", "h1", 0.9), ("Pier", "h2", 0.5)) is Match.ELSEWHERE
    assert title(("Pier", "h2", 0.5)) is Match.AGREES
    assert title(("Pier", "h2", 0.5), ("Pier", "h2", 0.4)) is Match.AGREES
    assert title(("Mill", "h1", 0.9)) is Match.DIFFERS
    assert title() is Match.SILENT


def test_what_stood_there_counts_as_well_as_what_was_made_of_it():
    fetch = fetched()
    whole = Evidence(Field.TITLE, "Pier opens", "title", URL, 0.9, said="Pier opens - Calder Post")
    known = record(title="Pier opens - Calder Post")
    assert compare(known, fetch, fetch.page, [whole]).title is Match.AGREES


@pytest.mark.parametrize("known", [None, "", "!"])
def test_a_record_without_a_headline_is_known_by_its_address(known):
    url = "https://example.org/new-pier-opens-to-the-public"
    stated = (Field.TITLE, "New pier opens to the public", "h1", 0.9)
    assert held(record(title=known, originalUrl=url), stated).title is Match.AGREES
    other = (Field.TITLE, "Calder Post", "h1", 0.9)
    assert held(record(title=known, originalUrl=url), other, stated).title is Match.AGREES
    assert held(record(title=known, originalUrl="https://example.org/p/1"), stated).title is Match.UNKNOWN


ARTICLE = "<h1>{}</h1><h2>{}</h2><p>" + "The wardens have counted them all, from the lock to the mill and back. " * 12
PATH = "https://example.org/new-pier-opens-to-the-public"


@pytest.mark.parametrize(
    ("known", "h1", "h2", "is_headed"),
    [
        ("New pier opens", "A pier opens to the public", "", True),
        ("New pier opens", "Calder Post", "New pier opens", True),
        ("New pier opens", "Calder Post", "More of today", False),
        ("New pier opens", "Page not found", "", False),
        ("New pier opens", "", "More of today", True),
        ("", "New pier opens to the public", "", True),
        ("!", "New pier opens to the public", "", True),
        ("New pier opens", "</h1><h1>Page not found", "", False),
        ("", "Page not found", "New pier opens to the public", True),
        ("", "Page not found", "", False),
    ],
)
def test_a_page_is_headed_by_what_the_record_speaks_of(known, h1, h2, is_headed):
    found = held(record(title=known, originalUrl=PATH), fetch=fetched(ARTICLE.format(h1, h2), asked=PATH))
    assert (found.is_headed, found.has_body) == (is_headed, True)


def test_a_body_is_a_passage_of_some_length():
    assert not held(record(), fetch=fetched(f"<p>{'x' * 699}</p>")).has_body
    assert held(record(), fetch=fetched(f"<p>{'x' * 700}</p>")).has_body


def excerpt(known, *stated, text=""):
    evidence = ((Field.EXCERPT, value, "og:description", 0.9) for value in stated)
    return held(record(excerpt=known), *evidence, fetch=fetched(f"<p>{text or 'Pier'}</p>")).excerpt


def test_a_page_has_the_excerpt():
    assert excerpt(EXCERPT, EXCERPT) is Match.AGREES
    assert excerpt(EXCERPT, EXCERPT + " It was a fine day.") is Match.AGREES
    assert excerpt(EXCERPT[:-20] + " ...", EXCERPT) is Match.AGREES
    assert excerpt(EXCERPT, EXCERPT[:60]) is Match.AGREES
    assert excerpt(EXCERPT, EXCERPT[:30]) is Match.DIFFERS
    assert excerpt("x" * 60, "x" * 40) is Match.AGREES
    assert excerpt("x" * 60, "x" * 39) is Match.DIFFERS
    assert excerpt(EXCERPT, "Another one, of some length, that tells of the mill and of the lock.") is Match.DIFFERS
    assert excerpt(EXCERPT, "Another", text=f"And {EXCERPT} So it was.") is Match.ELSEWHERE
    assert excerpt(EXCERPT, "Another") is Match.DIFFERS
    assert excerpt(EXCERPT) is Match.SILENT


@pytest.mark.parametrize("known", ["Nine hundred people walked ...", "", None, 5, "九百人走到尽头"])
def test_an_excerpt_that_is_short_tells_nothing(known):
    assert excerpt(known, "Nine hundred people walked to its end") is Match.UNKNOWN


def test_fewer_letters_tell_as_much_where_each_says_more():
    assert excerpt("九百人走到了新码头的尽头又走了回来管理处这样统计", "另一个") is Match.DIFFERS
    assert not comparison.shows_excerpt(record(excerpt="x" * 39), fetched(f"<p>{'x' * 39}</p>").page)
    assert comparison.shows_excerpt(record(excerpt="x" * 40), fetched(f"<p>{'x' * 40}</p>").page)
    assert not comparison.shows_excerpt(record(excerpt="頭" * 19), fetched(f"<p>{'頭' * 19}</p>").page)
    assert comparison.shows_excerpt(record(excerpt="頭" * 20), fetched(f"<p>{'頭' * 20}</p>").page)


def test_a_page_shows_the_excerpt():
    assert comparison.shows_excerpt(record(excerpt=EXCERPT), fetched(f"<p>And {EXCERPT}").page)
    assert not comparison.shows_excerpt(record(excerpt=EXCERPT), fetched(f'<meta content="{EXCERPT}">').page)
    assert not comparison.shows_excerpt(record(), fetched("<p>Pier</p>").page)


DAY = datetime(2023, 1, 2, 12, tzinfo=UTC)


def day(known, *stated, source="time", trust=0.9):
    return held(record(publishedDateTime=known), *((Field.PUBLISHED, one, source, trust) for one in stated)).day


def test_a_page_states_the_day():
    assert day(DAY, DAY) is Match.AGREES
    assert day(DAY, date(2023, 1, 1)) is Match.AGREES
    assert day(DAY, date(2023, 1, 3)) is Match.AGREES
    assert day(date(2023, 1, 2), DAY) is Match.AGREES
    assert day(DAY, date(2023, 1, 4)) is Match.DIFFERS
    assert day(DAY, date(2022, 12, 31)) is Match.DIFFERS
    assert day(DAY, date(2023, 5, 4), DAY) is Match.AGREES
    assert day(date(2022, 12, 31), datetime.fromisoformat("2023-01-01T23:00:00-05:00")) is Match.AGREES
    assert day(DAY, DAY, trust=0.5) is Match.ELSEWHERE
    assert day(DAY, DAY, trust=0.6) is Match.AGREES
    assert day(DAY) is Match.SILENT
    assert day(None, DAY) is Match.UNKNOWN
    assert day("soon", DAY) is Match.UNKNOWN


def test_the_day_in_the_pages_address_is_none_that_the_page_states():
    assert day(DAY, DAY, source="url") is Match.SILENT


def dated(*days, source="time", trust=0.9):
    known = record(publishedDateTime=DAY)
    return held(known, (Field.TITLE, "Pier", "h1", 0.9), *((Field.PUBLISHED, one, source, trust) for one in days))


def test_the_day_in_the_records_own_address_vouches_for_a_page_that_states_it():
    found = dated(datetime(2024, 5, 6, 8, tzinfo=UTC))
    assert (found.day, found.dated) == (Match.DIFFERS, Match.AGREES)
    assert found.is_same_article
    assert found.without("day").is_proven
    assert dated(datetime(2024, 5, 6, 8, tzinfo=UTC), trust=0.6).dated is Match.AGREES


@pytest.mark.parametrize("how", [{"source": "url"}, {"trust": 0.3}])
def test_but_not_where_the_page_states_it_only_by_its_own_address_or_somewhere(how):
    found = dated(datetime(2024, 5, 6, tzinfo=UTC), **how)
    assert found.dated is Match.UNKNOWN
    assert not found.is_same_article


def test_another_day_than_that_of_the_address_is_no_difference():
    assert dated(datetime(2024, 5, 9, tzinfo=UTC)).dated is Match.UNKNOWN


@pytest.mark.parametrize(("published", "is_now"), [(NOW, True), (DAY, False), (None, False)])
def test_a_record_of_today_is_of_the_day_on_every_page(published, is_now):
    assert held(record(publishedDateTime=published)).is_now is is_now


def picture(known, *stated, trust=0.9):
    evidence = ((Field.IMAGE, Picture(url), "og:image", trust) for url in stated)
    return held(record(images=[{"url": known}]), *evidence).picture


def test_a_page_has_the_picture():
    assert picture(PICTURE, PICTURE) is Match.AGREES
    assert picture(PICTURE, PICTURE + "?w=1200") is Match.AGREES
    assert picture(PICTURE, "https://img.example.org/mill.jpg", PICTURE) is Match.AGREES
    assert picture(PICTURE, PICTURE, trust=0.5) is Match.ELSEWHERE
    assert picture(PICTURE, PICTURE, trust=0.6) is Match.AGREES
    assert picture(PICTURE, "https://img.example.org/mill.jpg") is Match.DIFFERS
    assert picture(PICTURE) is Match.SILENT
    assert picture("", PICTURE) is Match.UNKNOWN


def test_a_placeholder_tells_nothing():
    assert picture("https://img.example.org/placeholder.png", PICTURE) is Match.UNKNOWN


def address(*stated, url="", asked=URL, **fields):
    evidence = ((Field.CANONICAL, one, "canonical", 0.9) for one in stated)
    return held(record(**fields), *evidence, fetch=fetched(url=url, asked=asked)).address


LATER = "https://example.org/news/12345-pier"


def test_a_page_says_where_it_is():
    assert address(URL) is Match.AGREES
    assert address("https://example.org/2024/05/06/pier/?utm_source=x") is Match.AGREES
    assert address("https://example.org/2020/01/01/mill") is Match.DIFFERS
    assert address() is Match.SILENT
    assert address("https://elsewhere.example/2024/05/06/pier") is Match.SILENT
    assert address(LATER, webUrl=LATER) is Match.AGREES


def test_two_addresses_of_one_article_have_a_name_in_common():
    asked = "https://example.org/2024/new-pier-opens-to-all"
    assert address("https://example.org/news/new-pier-opens-to-all.html", asked=asked) is Match.AGREES
    assert address("https://example.org/a/77001", asked="https://example.org/b/77001-pier") is Match.AGREES
    assert address("https://example.org/news/old-mill-closes-at-last", asked=asked) is Match.DIFFERS


def test_another_site_is_another_address():
    assert address(url="https://elsewhere.example/pier") is Match.DIFFERS
    assert address(url="https://www.example.org/pier") is Match.SILENT


def test_another_language_is_another_article():
    asked = "https://example.org/en/pier"
    assert address(url="https://example.org/de/pier", asked=asked) is Match.DIFFERS
    assert address("https://example.org/de/pier", asked=asked) is Match.DIFFERS
    assert address("https://example.org/en/pier", asked=asked) is Match.AGREES
    assert address("https://example.org/en/pier", "https://example.org/de/pier", asked=asked) is Match.AGREES
    named = "https://example.org/{}77001-pier"
    assert address(named.format("de/"), asked=named.format("en/")) is Match.DIFFERS
    assert address(named.format("en/"), asked=named.format("en/")) is Match.AGREES
    assert address(named.format("de/"), asked=named.format("")) is Match.AGREES


@pytest.mark.parametrize("known", [12, "", True])
def test_what_is_no_address_of_a_picture_is_compared_with_none(known):
    there = (Field.IMAGE, Picture(PICTURE), "og:image", 0.9)
    assert held(record(images=[{"url": known}]), there).picture is Match.UNKNOWN
