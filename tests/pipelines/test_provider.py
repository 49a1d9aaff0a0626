import json
from datetime import UTC, datetime

import pytest

from crawler.evidence import Field
from crawler.page import Page
from crawler.site import Site
from pipelines import provider

NOW = datetime(2024, 5, 6, tzinfo=UTC)
URL = "https://www.harbour-gazette.org/news/pier"
OG = '<meta property="og:site_name" content="{}">'


def graph(*nodes):
    return (
        f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@graph": nodes})}</script>'
    )


def article(publisher):
    return {"@type": "NewsArticle", "headline": "New pier opens", "publisher": publisher}


WEBSITE = {"@type": "WebSite", "name": "The Harbour Gazette"}


def choose(field, html, url=URL):
    return provider.choose(field, [*provider.find(Page(html.encode(), url))], Site(), NOW)


def name(html, url=URL):
    return choose(Field.SITE, html, url).value


@pytest.mark.parametrize(
    ("html", "source"),
    [
        (OG.format("Harbour Gazette"), "og:site_name"),
        ('<meta name="application-name" content="Harbour Gazette">', "application-name"),
        ('<meta name="DC.publisher" content="Harbour Gazette">', "dc.publisher"),
        ('<meta name="apple-mobile-web-app-title" content="Harbour Gazette">', "apple-mobile-web-app-title"),
        ('<meta name="publisher" content="Harbour Gazette">', "meta publisher"),
        ("<title>New pier opens | Harbour Gazette</title>", "title"),
        (graph(article({"@type": "Organization", "name": "Harbour Gazette"})), "json-ld publisher"),
        (graph(article("Harbour Gazette")), "json-ld publisher"),
        (graph({"@type": "WebSite", "name": "Harbour Gazette"}), "json-ld WebSite"),
    ],
)
def test_where_a_page_names_its_site(html, source):
    choice = choose(Field.SITE, html)
    assert choice.value == "Harbour Gazette"
    assert [item.source for item in choice.support] == [source]


def test_a_site_that_is_not_named_is_called_by_its_host():
    assert name("<p>Nothing</p>") == "harbour-gazette.org"
    assert name("<p>Nothing</p>", "http://93.184.216.34:8080/pier") == "93.184.216.34"
    assert choose(Field.SITE, "<p>Nothing</p>", "") is None


def test_what_is_said_for_this_very_purpose_is_trusted_more():
    other = '<meta name="publisher" content="Coast Media plc"><meta name="application-name" content="Gazette App">'
    assert name(other + graph(article("Coast Media"), WEBSITE)) == "Coast Media"
    assert name(other + graph(WEBSITE)) == "The Harbour Gazette"
    assert name(other) == "Gazette App"
    assert name(other + graph(article("Coast Media")) + OG.format("Harbour Gazette")) == "Harbour Gazette"


def test_a_part_of_the_title_names_the_site_only_where_it_is_that_of_the_host():
    assert name("<title>New pier opens | Coast Media</title>") == "harbour-gazette.org"


def test_a_remark_is_no_part_of_the_name():
    assert name(OG.format("Harbour Gazette (formerly Pier News)")) == "Harbour Gazette"
    assert name(OG.format("(formerly) Harbour Gazette")) == "(formerly) Harbour Gazette"


def test_the_publisher_of_another_article_is_not_the_sites():
    assert name(graph(article(""), article("Coast Media"))) == "harbour-gazette.org"


def test_all_that_say_the_same_speak_for_it():
    choice = choose(Field.SITE, OG.format("Harbour Gazette") + graph(article("Harbour Gazette"), WEBSITE))
    assert {item.source for item in choice.support} == {"og:site_name", "json-ld publisher"}


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<html lang="de-AT">', "de-AT"),
        ('<meta property="og:locale" content="pt_BR">', "pt_BR"),
        ('<html lang="de"><meta property="og:locale" content="en_US">', "de"),
        ('<html lang="{{ lang }}"><meta property="og:locale" content="fr_FR">', "fr_FR"),
        ('<meta http-equiv="content-language" content="nl">', "nl"),
    ],
)
def test_the_language_of_the_element_goes_before_that_of_templates(html, language):
    assert choose(Field.LANGUAGE, html).value == language


def test_a_language_that_is_not_stated_is_none():
    assert choose(Field.LANGUAGE, '<html lang="{{ lang }}"><p>Nothing</p>') is None
