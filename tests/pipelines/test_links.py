import json
from datetime import UTC, datetime

import pytest

from crawler.evidence import Field
from crawler.page import Page
from crawler.site import Site
from pipelines import links

NOW = datetime(2024, 5, 6, tzinfo=UTC)
URL = "https://www.example.org/news/pier?from=home"
PIER = "https://www.example.org/news/pier"


def choose(field, html, url=URL):
    return links.choose(field, [*links.find(Page(html.encode(), url))], Site(), NOW)


def canonical(html, url=URL):
    choice = choose(Field.CANONICAL, html, url)
    return choice and choice.value


def amp(html, url=URL):
    choice = choose(Field.AMP, html, url)
    return choice and choice.value


def link(rel, href):
    return f'<link rel="{rel}" href="{href}">'


def og(url):
    return f'<meta property="og:url" content="{url}">'


def graph(**fields):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "New pier opens"} | fields
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    "html",
    [
        link("canonical", "/news/pier"),
        og(PIER),
        graph(url=PIER),
        graph(mainEntityOfPage=PIER),
        graph(mainEntityOfPage={"@type": "WebPage", "@id": PIER}),
        link("canonical", PIER) + og("https://www.example.org/news/other"),
        og(PIER) + graph(url="https://www.example.org/news/other"),
    ],
)
def test_where_a_page_says_its_address(html):
    assert canonical(html) == PIER


@pytest.mark.parametrize(
    "html",
    [
        "<p>Nothing</p>",
        link("canonical", "javascript:void(0)"),
        link("canonical", "https://me:pw@example.org/news/pier"),
        link("alternate", PIER),
        graph(url="mailto:desk@example.org"),
    ],
)
def test_what_is_no_address_of_a_page(html):
    assert canonical(html) is None


def test_an_address_of_the_graph_is_not_needed_where_the_page_has_one():
    found = links.find(Page((link("canonical", PIER) + graph(url="https://www.example.org/x")).encode(), URL))
    assert [item.source for item in found] == ["link canonical"]


@pytest.mark.parametrize("home", ["https://www.example.org", "https://www.example.org/"])
def test_a_front_page_is_no_address_of_an_article(home):
    assert canonical(link("canonical", home)) is None
    assert canonical(link("canonical", home), "https://www.example.org/?p=12") is None
    assert canonical(link("canonical", home) + og(PIER)) == PIER


@pytest.mark.parametrize("own", ["https://www.example.org", "https://www.example.org/"])
def test_a_front_page_is_its_own_address(own):
    assert canonical(link("canonical", "https://www.example.org/"), own) == "https://www.example.org/"


def test_an_article_may_be_a_query_of_the_front_page():
    assert canonical(link("canonical", "https://www.example.org/?p=12")) == "https://www.example.org/?p=12"


def test_all_that_announce_the_same_speak_for_it():
    choice = choose(Field.CANONICAL, link("canonical", PIER) + og(PIER) + og("https://www.example.org/x"))
    assert [item.source for item in choice.support] == ["link canonical", "og:url"]


def test_an_amp_page_is_announced_by_a_link():
    assert amp(link("amphtml", "/amp/news/pier")) == "https://www.example.org/amp/news/pier"
    assert amp(link("alternate amphtml", "/amp/news/pier")) == "https://www.example.org/amp/news/pier"
    assert amp(link("canonical", PIER)) is None


def test_a_page_is_not_its_own_amp_page():
    assert amp(link("amphtml", URL)) is None
    assert amp(link("amphtml", "http://www.example.org/news/pier?from=home")) == (
        "http://www.example.org/news/pier?from=home"
    )
