import gc
import weakref

import pytest

from crawler import story
from crawler.page import Page

URL = "https://www.example.org/news/a.html"
HTML = """
<html lang="en" amp><head><base href="/deep/">
<title> A  headline &amp; more </title>
<meta property="og:title" content="A headline &amp;quot;quoted&amp;quot;">
<meta name="Description" content=" Said\n of it ">
<meta property="OG:IMAGE" content="a.jpg"><meta name="og:image" content="b.jpg">
<meta itemprop="datePublished" content="2024-05-06"><meta name="empty" content="">
<link rel="canonical" href="/news/a.html"><link rel="shortlink amphtml" href="amp/a.html">
<link rel="icon" href="javascript:alert(1)">
<script type="application/ld+json">{"@type": "WebPage", "name": "A"}</script>
<script>{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "A headline"}</script>
</head><body><svg><title>An icon</title></svg><h1>A <i>head</i>line</h1><div>one<p>two</p>th<b>ree</b></div>
<script>var hidden = 1;</script><style>p {}</style></body></html>"""


@pytest.fixture
def page():
    return Page(HTML.encode(), URL)


def test_title(page):
    assert page.title == "A headline & more"
    assert page.titles == ("A headline & more", 'A headline "quoted"')


def test_metas_are_found_by_their_letters(page):
    assert [*page.metas("description", "ogimage")] == ["Said of it", "a.jpg", "b.jpg"]
    assert [*page.metas("itempropdatepublished", "empty", "nothing")] == ["2024-05-06"]


def test_links_are_absolute_and_of_the_web(page):
    assert page.canonical_url == "https://www.example.org/news/a.html"
    assert page.amp_url == "https://www.example.org/deep/amp/a.html"
    assert [*page.links("icon")] == []
    assert page.absolute("x y.jpg") == "https://www.example.org/deep/x%20y.jpg"


def test_text_is_what_readers_see(page):
    assert page.text == "A headline one two three"
    assert [heading.text for heading in page.found("h1")] == ["A headline"]


def test_elements_know_their_place(page):
    found = [element for element in page.markup.elements if element.tag in ("h1", "div", "p")]
    assert [element.tag for element in found] == ["h1", "div", "p"]
    assert [page.markup.positions[element.node.mem_id] for element in found] == [element.at for element in found]


def test_json_ld_is_read_even_where_a_template_forgot_its_type(page):
    assert [node["headline"] for node in page.articles] == ["A headline"]
    assert page.is_amp


def test_the_article_of_the_page_comes_before_those_it_links_to():
    others = ",".join(f'{{"@type": "NewsArticle", "headline": "Other {number}"}}' for number in range(3))
    own = '{"@type": "NewsArticle", "headline": "Mine", "url": "https://www.example.org/news/a.html"}'
    page = Page(f'<script type="application/ld+json">[{others}, {own}]</script>'.encode(), URL)
    assert page.articles[0]["headline"] == "Mine"


@pytest.mark.parametrize("body", [b"", b"\0", b"<", b"plain", b"<!doctype html>", b"\xff\xfe<\0h\0"])
def test_whatever_comes_is_a_page(body):
    page = Page(body, "")
    assert (page.title, page.articles, page.canonical_url) == ("", (), None)


def test_a_page_is_freed_with_all_that_was_read_of_it():
    """Without a search for cycles: the command does without one, and a page takes megabytes."""
    gc.disable()
    try:
        page = Page(HTML.encode(), URL)
        assert story.of(page).runs[0].text
        assert page.articles
        left = [weakref.ref(page), weakref.ref(story.of(page)), weakref.ref(page.markup)]
        del page
        assert [ref() for ref in left] == [None, None, None]
    finally:
        gc.enable()


def test_of_a_text_without_an_end_no_more_is_read_than_a_book_has():
    pieces = "".join(f"<p>{'wörd ' * 20_000}</p>" for _ in range(30))
    for body in ("wörd " * 600_000, pieces, f"<p>At first.</p>{pieces}"):
        assert 2**20 - 40 <= len(Page(body.encode(), URL, "text/html; charset=utf-8").text) <= 2**20 + 1
    assert Page(f"<p>At first.</p>{pieces}".encode(), URL).text.startswith("At first.")
