import pytest

from crawler.bomb import ATTRIBUTES, DEPTH, MOST, defuse
from crawler.page import Page

PAGE = b"<html><head><title>A title</title></head><body><h1>A headline</h1>%s<p>The end</p></body></html>"


def test_ordinary_pages_stay_as_they_are():
    body = PAGE % (b'<div class="a"><p>Text <b>bold</b></p></div>' * 2000)
    assert defuse(body) == body


@pytest.mark.parametrize("value", [b"", b'="x"', b'="<b>"'])
def test_a_flood_of_attributes_is_cut(value):
    flood = b"<div " + b" ".join(b"a%d%s" % (number, value) for number in range(40_000)) + b">"
    page = Page(PAGE % flood, "https://example.org/")
    assert all(len(element.attributes) <= ATTRIBUTES for element in page.markup.elements)
    assert page.title == "A title"
    assert "The end" in page.text or b">" in value


def test_a_long_script_is_not_cut():
    body = PAGE % (b"<script>" + b"if (i <a && b) { c = d } \n" * 900 + b"</script>")
    assert "The end" in Page(body, "").text
    assert defuse(body).count(b"</script") == 1


@pytest.mark.parametrize(
    "opening",
    [b"<div>", b"<span class=x>", b"<b>", b"<ul><li>", b"<table><tr><td>", b"<svg><g>", b"<i class=x></time>"],
)
def test_nesting_ends_where_no_page_is_so_deep(opening):
    page = Page(PAGE % (opening * 100_000), "https://example.org/")
    deepest = max(_depth(node) for node in page.markup.nodes[-50:])
    assert deepest <= 4 * DEPTH  # a parser puts a body into each table
    assert page.title == "A title"


def _depth(node):
    depth = 0
    while (node := node.parent) is not None:
        depth += 1
    return depth


def test_formatting_that_would_be_opened_anew_in_each_paragraph_is_cut():
    body = b"".join(b"<p><font size=%d>" % number for number in range(50_000))
    assert len(Page(PAGE % body, "").markup.nodes) < 1_000_000


def test_nor_does_the_end_of_what_never_began_hide_it():
    body = b"".join(b"<font size=%d></b><p>" % number for number in range(20_000))
    assert len(Page(PAGE % body, "").markup.nodes) < 600_000


@pytest.mark.parametrize("tag", [b"<p>word ", b"<!-->", b"</>", b"<?x>", b"<br>"])
def test_a_page_of_more_tags_than_any_has_is_cut(tag):
    assert defuse(PAGE % (tag * 200_000)).count(b"<") <= MOST


@pytest.mark.parametrize("body", [b"", b"<", b">", b"<" * 50_000, b">" * 50_000, b"<a" * 50_000, b"x" * 100_000])
def test_what_is_no_markup_is_no_bomb(body):
    assert Page(body, "").text is not None
