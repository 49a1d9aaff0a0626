from datetime import UTC, date, datetime

import pytest

from crawler.evidence import Field
from crawler.page import Page
from crawler.tongue import tongue
from pipelines.dates import declared

URL = "https://example.org/pier"
ARTICLE = '"@type":"NewsArticle","headline":"New pier"'


def found(html, url=URL):
    """Return what the head of a page states: the field and the moment by its source."""
    page = Page(f"<title>New pier</title>{html}".encode(), url)
    return {item.source: (item.field, item.value) for item in declared.find(page, tongue("en"))}


def trust(html, source):
    page = Page(f"<title>New pier</title>{html}".encode(), URL)
    return max(item.confidence for item in declared.find(page, tongue("en")) if item.source == source)


def graph(json):
    return f'<script type="application/ld+json">{json}</script>'


DAY = date(2024, 5, 6)


@pytest.mark.parametrize(
    "json",
    [
        '{"@type":"NewsArticle","datePublished":"2024-05-06"}',
        '[{"@type":"Person"},{"@type":["Article","Thing"],"datePublished":"2024-05-06"}]',
        '{"@graph":[{"@type":"WebSite"},{"@type":"BlogPosting","datePublished":"2024-05-06"}]}',
        '{"@type":"WebPage","mainEntity":{"@type":"Article","datePublished":"2024-05-06"}}',
        '{"@type":"NewsArticle","datePublished":"2024-05-06",}',
        '{/* made by hand */"@type":"NewsArticle", // our type\n"datePublished":"2024-05-06"}',
        '{"@type":"NewsArticle","datePublished":{"@type":"Date","@value":"2024-05-06"}}',
    ],
)
def test_json_ld_in_whatever_shape(json):
    assert found(graph(json))["json-ld article datePublished"] == (Field.PUBLISHED, DAY)


def test_published_and_modified_are_told_apart():
    stated = found(graph(f'{{{ARTICLE},"datePublished":"2024-05-06","dateModified":"2024-05-07"}}'))
    assert stated["json-ld article datePublished"] == (Field.PUBLISHED, DAY)
    assert stated["json-ld article dateModified"] == (Field.UPDATED, date(2024, 5, 7))


def test_the_pages_own_article_is_trusted_more_than_others_and_these_more_than_other_things():
    own = graph(f'{{{ARTICLE},"datePublished":"2024-05-06"}}')
    other = graph('{"@type":"NewsArticle","headline":"Old bridge","datePublished":"2020-01-01"}')
    thing = graph('{"@type":"Product","datePublished":"2020-01-01"}')
    page = Page(f"<title>New pier</title>{own}{other}{thing}".encode(), URL)
    trusted = [item.confidence for item in declared.find(page, tongue("en"))]
    assert trusted == sorted(trusted, reverse=True)
    assert len(set(trusted)) == 3


@pytest.mark.parametrize(
    ("meta", "field"),
    [
        ('property="article:published_time"', Field.PUBLISHED),
        ('property="article:published"', Field.PUBLISHED),
        ('property="article:published:time"', Field.PUBLISHED),
        ('name="og:article:published_time"', Field.PUBLISHED),
        ('name="parsely-pub-date"', Field.PUBLISHED),
        ('name="cXenseParse:recs:publishtime"', Field.PUBLISHED),
        ('name="sailthru.date"', Field.PUBLISHED),
        ('name="DC.date.issued"', Field.PUBLISHED),
        ('itemprop="datePublished"', Field.PUBLISHED),
        ('property="article:modified_time"', Field.UPDATED),
        ('property="og:updated_time"', Field.UPDATED),
        ('name="last-modified"', Field.UPDATED),
        ('name="dcterms.modified"', Field.UPDATED),
    ],
)
def test_meta_elements_by_whatever_name(meta, field):
    assert [*found(f'<meta {meta} content="2024-05-06">').values()] == [(field, DAY)]


@pytest.mark.parametrize(
    "name",
    ["article:expiration_time", "event:start_time", "article:publisher", "server-time", "birthdate", "readingtime"],
)
def test_meta_elements_that_name_another_date(name):
    assert found(f'<meta property="{name}" content="2024-05-06">') == {}


def test_what_is_said_more_than_once_is_said_of_several_things():
    one = '<meta itemprop="datePublished" content="2024-05-06">'
    other = '<meta itemprop="datePublished" content="2020-01-01">'
    assert trust(one + one, "meta itempropdatepublished") > trust(one + other, "meta itempropdatepublished")


def test_a_day_in_the_url():
    assert found("", "https://example.org/2024/05/06/pier")["url"] == (Field.PUBLISHED, DAY)
    assert found("") == {}


def test_an_instant_keeps_its_zone_and_what_is_no_date_is_left_out():
    meta = '<meta property="article:published_time" content="{}">'
    assert [*found(meta.format("2024-05-06T12:30:00Z")).values()] == [
        (Field.PUBLISHED, datetime(2024, 5, 6, 12, 30, tzinfo=UTC))
    ]
    assert found(meta.format("{{ date }}")) == {}


@pytest.mark.parametrize(
    ("said", "whole"),
    [("2024-05-06T12:30:00+02:00", True), ("2024-05-06T12:30:00Z", False), ("2024-05-06T00:00:00+02:00", False)],
)
def test_a_page_is_read_no_further_where_its_article_states_the_instant_in_its_readers_zone(said, whole):
    page = Page(f'<title>New pier</title>{graph(f"""{{{ARTICLE},"datePublished":"{said}"}}""")}'.encode(), URL)
    assert any(map(declared.is_whole, declared.find(page, tongue("en")))) is whole


def test_the_article_of_another_page_does_not_end_the_reading():
    own = graph(f'{{{ARTICLE},"url":"{URL}"}}')
    other = graph('{"@type":"NewsArticle","headline":"Old bridge","datePublished":"2020-01-01T12:30:00+02:00"}')
    page = Page(f"<title>New pier</title>{own}{other}".encode(), URL)
    assert not any(map(declared.is_whole, declared.find(page, tongue("en"))))
