import pytest

from crawler.page import Page
from crawler.signature import ANYWHERE, BY_ADDRESS, BY_CLASS, BY_PROPERTY, BY_RELATION, trust


@pytest.mark.parametrize(
    ("tag", "attributes", "found"),
    [
        ("span", {"itemprop": "author"}, BY_PROPERTY),
        ("a", {"rel": "author nofollow"}, BY_RELATION),
        ("a", {"href": "https://example.org/author/ann-lee"}, BY_ADDRESS),
        ("a", {"href": "/autoren/ann"}, BY_ADDRESS),
        ("span", {"class": "url fn n"}, BY_ADDRESS),
        ("p", {"class": "c-byline"}, BY_CLASS),
        ("div", {"id": "articleAuthor"}, BY_CLASS),
        ("div", {"class": "author-avatar"}, 0),
        ("div", {"class": "authority autoritaet"}, BY_CLASS),
        ("a", {"href": "/authors"}, 0),
        ("p", {"class": "text"}, 0),
        ("p", {}, 0),
    ],
)
def test_trust(tag, attributes, found):
    assert trust(tag, attributes) == found


def test_the_selector_finds_what_is_trusted():
    page = Page(b'<p class="x-Byline">A</p><a href="/author/b">B</a><i rel="author">C</i><p class="other">D</p>', "")
    assert [node.text() for node in page.tree.css(ANYWHERE)] == ["A", "B", "C"]
