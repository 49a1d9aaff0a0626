from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.evidence import Field
from crawler.page import Page
from crawler.tongue import tongue
from pipelines.dates import shown

FAR = "<i>word</i>" * 80
DAY = date(2024, 5, 6)


def evidence(body, locale="en"):
    page = Page(f"<title>The new pier</title><body>{body}".encode(), "https://example.org/pier")
    return [*shown.find(page, tongue(locale))]


def found(body, locale="en"):
    """Return the dates that a page shows as its own: the field and the moment by the source."""
    return {item.source: (item.field, item.value) for item in evidence(body, locale) if item.confidence >= 0.6}


def headed(html):
    return f"<h1>The new pier</h1>{html}<p>The text of it.</p>"


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ('<time datetime="2024-05-06">some days ago</time>', "time"),
        ("<time>6 May 2024</time>", "time"),
        ('<span itemprop="datePublished" content="2024-05-06">some days ago</span>', "microdata"),
        ('<span property="dc:date">6 May 2024</span>', "microdata"),
        ('<p class="byline">By Ann, 6 May 2024</p>', "text"),
    ],
)
def test_a_day_beside_the_headline_in_an_element_a_property_or_text(html, source):
    assert found(headed(html))[source] == (Field.PUBLISHED, DAY)


@pytest.mark.parametrize(
    "html",
    [
        '<time class="updated" datetime="2024-05-06">some days ago</time>',
        '<time itemprop="dateModified">6 May 2024</time>',
        "<time>Updated 6 May 2024</time>",
        "<p>Aktualisiert: 6 May 2024</p>",
    ],
)
def test_an_update_is_told_apart(html):
    assert {field for field, _ in found(headed(html)).values()} == {Field.UPDATED}


def test_one_element_with_both_names_is_the_day_of_publication():
    assert found(headed('<time class="entry-date published updated">6 May 2024</time>'))["time"][0] is Field.PUBLISHED


@pytest.mark.parametrize(
    "html",
    [
        '<blockquote class="tweet"><p>So it begins. <a>6 May 2024</a></p></blockquote>',
        '<div class="pic-box"><p>The pier, 6 May 2024</p></div>',
        "<figure><figcaption>6 May 2024</figcaption></figure>",
        "<p>The harbour office has said that on 6 May 2024 nine hundred people walked over it.</p>",
        f'{FAR}<div class="related"><time>6 May 2024</time></div>',
        f'{FAR}<div class="comment"><p>6 May 2024</p></div>',
        f"{FAR}<time>6 May 2024</time>",
    ],
)
def test_other_dates_of_a_page_are_not_the_articles(html):
    assert found(headed(html)) == {}


def test_beside_the_headline_a_byline_may_be_in_a_box_of_any_name():
    assert found(headed('<div class="card related"><time>6 May 2024</time></div>'))["time"] == (Field.PUBLISHED, DAY)
    assert found(headed('<div class="teaser-meta"><span class="date">6 May 2024</span></div>'))["text"][1] == DAY


def test_a_date_under_another_main_heading_is_of_another_story():
    after = "<h1>{}</h1><time datetime='2024-05-06'>6 May</time>"
    assert found(headed(after.format("Ferries stay in port"))) == {}
    # Some templates head a story twice.
    assert found(headed(after.format("The new pier")))["time"] == (Field.PUBLISHED, DAY)


def test_the_date_may_stand_before_the_headline():
    assert found(f'<p class="date">6 May 2024</p>{headed("")}')["text"] == (Field.PUBLISHED, DAY)


def test_the_language_of_the_page_names_the_months():
    assert found(headed("<p>Ann Example, 6. toukokuuta 2024</p>"), "fi")["text"] == (Field.PUBLISHED, DAY)
    assert found(headed("<p>Ann Example, 6. toukokuuta 2024</p>"), "sv") == {}


def test_the_instant_of_a_shown_day_is_looked_for_in_the_attributes_around_it():
    html = '<div class="stamp" data-published="2024-05-06T17:00:00-04:00"><span>May 6, 2024</span></div>'
    instant = datetime(2024, 5, 6, 17, tzinfo=timezone(timedelta(hours=-4)))
    assert found(headed(html))["text data-published"] == (Field.PUBLISHED, instant)
    other = '<div data-now="2024-06-01T17:00:00Z"><span>May 6, 2024</span></div>'
    assert [*found(headed(other))] == ["text"]


def test_properties_are_read_only_where_no_instant_was_found():
    html = '<time datetime="2024-05-06T12:00:00Z">now</time><b itemprop="datePublished">5 May 2024</b>'
    assert "microdata" not in found(headed(html))
    assert found(headed(html))["time"] == (Field.PUBLISHED, datetime(2024, 5, 6, 12, tzinfo=UTC))
