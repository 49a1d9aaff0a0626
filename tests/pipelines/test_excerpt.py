import json
from datetime import UTC, datetime

import pytest

from crawler.evidence import Field
from crawler.page import Page
from crawler.site import Site
from pipelines import excerpt

NOW = datetime(2024, 5, 6, tzinfo=UTC)
TITLE = "New pier opens to the public of Port Calder"
SHORT = "The new pier of Port Calder opened on Tuesday."
WHOLE = "The new pier of Port Calder opened to the public on Tuesday after four years of work and two storms."
OTHER = "Nine hundred people walked to its end and back on the first day, the harbour office counted."
LATER = "The mayor cut a rope instead of a ribbon, since the wind had taken the ribbon out to sea."


def meta(name, text):
    return f'<meta name="{name}" content="{text}">'


def graph(text):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, "description": text}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def find(head="", body=""):
    html = f"<title>{TITLE}</title>{head}<body><h1>{TITLE}</h1>{body}"
    return [*excerpt.find(Page(html.encode(), "https://example.org/pier"))]


def choose(head="", body="", site=Site()):  # noqa: B008 - frozen
    return excerpt.choose(Field.EXCERPT, find(head, body), site, NOW)


def text(*arguments, **named):
    choice = choose(*arguments, **named)
    return choice and choice.value


@pytest.mark.parametrize(
    "head",
    [
        meta("og:description", WHOLE),
        meta("twitter:description", WHOLE),
        meta("description", WHOLE),
        f'<meta itemprop="description" content="{WHOLE}">',
        meta("DC.description", WHOLE),
        meta("dcterms.description", WHOLE),
        meta("sailthru.description", WHOLE),
        graph(WHOLE),
    ],
)
def test_a_description_is_stated_in_many_ways(head):
    assert text(head, f"<p>{OTHER}</p>") == WHOLE


def test_what_is_told_to_other_sites_comes_first():
    assert text(graph(OTHER) + meta("description", LATER) + meta("og:description", WHOLE)) == WHOLE


@pytest.mark.parametrize(
    "name", ["dek", "article__standfirst", "subtitle", "lead", "vorspann", "chapeau", "entradilla"]
)
def test_the_line_under_the_headline_comes_before_what_is_told_to_others(name):
    assert text(meta("og:description", WHOLE), f'<p class="{name}">{OTHER}</p><p>{LATER}</p>') == OTHER


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{OTHER}</p>",
        f'<p class="mislead">{OTHER}</p>',
        f'<p class="lead">{OTHER[:39]}</p>',
        f'<p class="lead">{OTHER[:59]}</p>',
        f'<p class="lead">{OTHER} {OTHER} {OTHER} {OTHER}</p>',
        f'<p>By Ann</p><p>6 May</p><p class="lead">{OTHER}</p>',
        f'<p class="lead">{OTHER} Click here for all pictures.</p>',
        f'<blockquote class="lead">{OTHER}</blockquote>',
        f'<div class="related"><p class="lead">{OTHER}</p></div>',
    ],
)
def test_other_lines_are_no_dek(body):
    assert text(meta("og:description", WHOLE), body) == WHOLE


def test_a_short_line_that_ends_as_a_sentence_is_one():
    assert text(meta("og:description", WHOLE), f'<p class="lead">{OTHER[:58]}.</p>') == f"{OTHER[:58]}."


def test_a_description_that_says_too_little_gives_way_to_another():
    assert text(meta("og:description", "++ Harbour news ++") + meta("description", WHOLE)) == WHOLE
    assert text(meta("og:description", "++ Harbour news ++")) == "++ Harbour news ++"


def test_the_title_again_gives_way_to_all_else():
    assert text(meta("og:description", TITLE) + graph(WHOLE)) == WHOLE
    assert text(meta("og:description", f"{TITLE}!"), f"<p>{OTHER}</p>") == OTHER


def test_what_a_site_says_of_itself_on_many_articles_gives_way():
    site = Site()
    for title in ("One", "Two", "Three"):
        site = site.with_article(title, description=SHORT)
    assert text(meta("og:description", SHORT) + meta("description", WHOLE), site=site) == WHOLE
    assert text(meta("og:description", SHORT), site=site) is None


@pytest.mark.parametrize("dots", ["...", "…", " [...]", " […]"])
def test_a_cut_description_is_continued_from_another_source(dots):
    cut = WHOLE[:64].rstrip() + dots
    assert text(meta("og:description", cut) + graph(WHOLE)) == WHOLE
    assert text(meta("og:description", cut), f"<p>{WHOLE}</p>") == WHOLE


def test_a_cut_description_gives_way_to_a_whole_one_where_none_continues_it():
    assert text(meta("og:description", "It was a day of wind, rope and ...") + meta("description", WHOLE)) == WHOLE


def test_a_cut_description_loses_its_rest_where_enough_is_left():
    assert text(meta("og:description", f"{WHOLE} {OTHER[:40]}...")) == WHOLE
    for rest in (OTHER[:40], OTHER[:12]):
        assert text(meta("og:description", f"{SHORT} {rest}...")) == f"{SHORT} {rest}..."
    assert text(meta("og:description", f"{WHOLE} {OTHER[:-5]} {LATER[:-5]}...")).endswith("...")


def test_the_first_paragraph_that_is_one_stands_in():
    body = f"<p>Port Calder.</p><p>We use cookies to make this page better for all of our readers.</p><p>{OTHER}</p>"
    assert text(body=body) == OTHER
    assert text(body="<p>Port Calder.</p>") is None


def test_paragraphs_are_not_read_where_a_description_is_whole():
    assert {item.source for item in find(meta("og:description", WHOLE), f"<p>{OTHER}</p>")} == {"og:description"}


def test_a_long_text_ends_with_the_last_whole_sentence():
    assert text(meta("og:description", f"{WHOLE} {OTHER} {LATER} {WHOLE}")) == f"{WHOLE} {OTHER} {LATER}"


def test_a_long_sentence_ends_with_a_word():
    kept = text(meta("og:description", "The pier " + "is very long and " * 30 + "ends."))
    assert len(kept) <= excerpt.LONGEST + 1
    assert kept.endswith(("very…", "long…", "and…", "is…"))


def test_it_is_one_clean_line():
    markup = "The &lt;b&gt;pier&lt;/b&gt; of&#x202e; Port&amp;amp;Calder \n opens\u200b, says Rene\u0301."
    assert text(meta("og:description", markup)) == "The pier of Port&Calder opens, says René."
