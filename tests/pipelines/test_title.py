import json
from datetime import UTC, datetime

import pytest

from crawler.evidence import Field
from crawler.page import Page
from crawler.site import Site
from pipelines import title

NOW = datetime(2024, 5, 6, tzinfo=UTC)
URL = "https://www.harbour-gazette.org/news/pier"
PIER = "New pier opens to the public"
LONG = "Port Calder: New pier opens to the public"


def og(text):
    return f'<meta property="og:title" content="{text}">'


def graph(headline):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": headline}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def choose(html, site=Site(), url=URL):  # noqa: B008 - frozen
    return title.choose(Field.TITLE, [*title.find(Page(html.encode(), url))], site, NOW)


def text(html, **named):
    choice = choose(html, **named)
    return choice and choice.value


def test_nothing_is_named():
    assert choose("<p>Nothing</p>") is None


@pytest.mark.parametrize(
    "html",
    [
        f"<title>{PIER} | Harbour Gazette</title><h1>{PIER}</h1>",
        f"<title>Gazette</title><meta property='og:site_name' content='Gazette'>{og(PIER)}<h1>Gazette</h1>",
        f"<title>{PIER} - Harbour Gazette</title>",
        f"<title>Friends of the Harbour Gazette - {PIER}</title>",
        f"<title>x</title>{graph(PIER)}",
    ],
)
def test_the_name_without_the_name_of_the_site(html):
    assert text(html) == PIER


def test_what_the_titles_of_a_site_end_with_is_no_part_of_one():
    site = Site(tails={" ~ All of it": 3})
    assert text(f"<title>{PIER} ~ All of it</title>", site=site) == PIER


def test_a_headline_may_be_all_but_what_templates_add():
    html = f"<title>{PIER} | The Society for the Harbours and Rivers of the Northern Coast</title><h1>{PIER}</h1>"
    assert text(html + og(f"{PIER} | The Society for the Harbours and Rivers of the Northern Coast")) == PIER


def test_a_headline_may_be_too_little():
    name = "What the harbour office counted on the day of the pier"
    assert text(f"<title>{name}</title>{og(name)}<h1>The pier</h1>") == name


def test_a_headline_that_another_source_says_is_not_too_little():
    long = "What is the pier, and what did the harbour office count there?"
    assert text(f"<title>{long}</title>{og('The new pier')}{og(long)}<h1>The new pier</h1>") == "The new pier"


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (f"Harbours: {PIER}", PIER),
        (f"{PIER} 12.04.2024 Port", PIER),
        (f"{PIER}: simply grand", f"{PIER}: simply grand"),
    ],
)
def test_what_else_a_heading_holds(heading, found):
    assert text(f"<title>{PIER}</title>{og(PIER)}<h1>{heading}</h1>") == found


def test_a_name_that_was_cut_is_no_measure_of_a_headline():
    cut = '<meta name="twitter:title" content="New pier opens to the...">'
    assert text(f"<title>{PIER} of all | Gazette</title>{cut}<h1>{PIER} of all</h1>") == f"{PIER} of all"


KICKED = f"<h1><span class='kicker'>Port Calder</span> {PIER}</h1>"


def test_a_kicker_is_no_part_of_the_headline():
    assert text(f"<title>{PIER}</title>{KICKED}") == PIER
    assert text(f"<title>Port Calder - {PIER}</title>{og(f'Port Calder - {PIER}')}{KICKED}") == PIER


def test_a_kicker_that_the_page_joins_with_a_colon_is_a_part_of_it():
    assert text(f"<title>{LONG}</title>{og(LONG)}{KICKED}") == LONG
    assert text(f"<title>{PIER}</title>{og(LONG)}{KICKED}") == PIER


def test_marks_before_a_name_are_none_of_it():
    assert text(f"<title>...: {PIER}</title>{og(PIER)}<h1>{PIER}</h1>") == PIER


def test_a_page_that_names_only_its_site():
    assert text("<title>Harbour Gazette</title><h1>Welcome!</h1>") == "Welcome!"
    assert text("<title>Harbour Gazette</title><h1>One</h1><h1>Two</h1>") == "Harbour Gazette"


@pytest.mark.parametrize("first", ["", "<h1> </h1>"])
def test_a_page_without_a_main_heading(first):
    html = f"{first}<h2>The boats of the harbour rescue</h2><h2>Crew</h2>"
    assert text(f"<title>Boats - Rescue</title>{html}") == "The boats of the harbour rescue"
    assert text(f"<title>Boats - Rescue</title>{og('Boats')}{html}") == "Boats"
