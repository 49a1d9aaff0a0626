import json

import pytest

from crawler.page import Page
from pipelines.authors import find, stated

URL = "https://www.harbour-gazette.org/pier"


def page(head):
    return Page(f"<title>The pier</title>{head}<h1>The pier</h1>".encode(), URL)


def graph(**fields):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The pier", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(name, text):
    return f'<meta name="{name}" content="{text}">'


@pytest.mark.parametrize(
    ("head", "people"),
    [
        (graph(author={"@type": "Person", "name": "Ann Lee"}), ["Ann Lee"]),
        (graph(author=[{"name": "Ann Lee"}, {"name": "Bob Ray"}]), ["Ann Lee", "Bob Ray"]),
        (graph(author="Ann Lee and Bob Ray"), ["Ann Lee", "Bob Ray"]),
        (graph(author={"name": "The Harbour Press"}), ["The Harbour Press"]),
        (graph(author={"name": "Mobasir hassan"}), ["Mobasir hassan"]),
        (graph(author={"name": "Admin"}), []),
        (graph(author="https://example.org/ann"), []),
        (meta("author", "Ann Lee, Bob Ray"), ["Ann Lee", "Bob Ray"]),
        (meta("author", "HARBOUR online"), ["HARBOUR online"]),
        (meta("article:author", "https://social.example/ann"), []),
        (meta("twitter:label1", "Written by") + meta("twitter:data1", "Ann Lee"), ["Ann Lee"]),
        (meta("twitter:label1", "Est. reading time") + meta("twitter:data1", "5 minutes"), []),
    ],
)
def test_people(head, people):
    assert [name for one in stated.find(page(head)) for name in one.people] == people


def test_the_name_of_the_site_counts_half():
    (own,) = find(page(meta("author", "Harbour Gazette")))
    assert (own.value, own.confidence) == (("Harbour Gazette",), stated.METAS["author"] / 2)
    (item,) = find(page(meta("author", "Harbour Gazette, Ann Lee")))
    assert (item.value, item.confidence) == (("Ann Lee",), stated.METAS["author"])


def test_a_name_is_cut_before_that_of_the_site():
    site = '<meta property="og:site_name" content="Coastal">'
    (item,) = find(page(meta("author", "Ann Lee Coastal Staff") + site))
    assert item.value == ("Ann Lee",)
