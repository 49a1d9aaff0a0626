import pytest

from crawler import story
from crawler.page import Page
from pipelines.authors import signed


def page(body):
    return Page(f"<title>The pier</title><h1>The pier</h1>{body}".encode(), "https://example.org/pier")


def beside(body):
    return [(one.source, [*one.people]) for one in signed.beside_headline(story.of(page(body)))]


@pytest.mark.parametrize(
    "body",
    [
        '<a rel="author" href="/a">Ann Lee</a>',
        '<span itemprop="author">By Ann Lee</span>',
        '<p class="byline">Von Ann Lee</p>',
        '<a href="/authors/ann-lee">Ann Lee</a>',
        '<a href="/bio.asp?author_id=8">Ann Lee</a>',
        '<div class="side-card"><span class="author">Ann Lee</span></div>',
    ],
)
def test_a_signature_beside_the_headline(body):
    assert beside(body) == [("byline", ["Ann Lee"])]


@pytest.mark.parametrize(
    "body",
    [
        '<a class="author-image" href="/a">Ann Lee</a>',
        '<div class="related"><span class="author">Ann Lee</span></div>',
        '<a href="/people/tools">Copy & paste from one place to another in the system</a>',
        f'<p class="author">{"Ann Lee wrote it. " * 30}</p>',
    ],
)
def test_what_is_no_signature(body):
    assert beside(body) == []


def test_signatures_that_stand_together_are_one_byline():
    body = '<p class="byline">By <a rel="author" href="/a">Ann Lee</a> and <a rel="author" href="/b">Bob Ray</a></p>'
    assert beside(body) == [("byline", ["Ann Lee", "Bob Ray"]), ("byline around", ["Ann Lee", "Bob Ray"])]


def test_a_signature_far_from_the_headline_has_less_trust():
    far = page(f'{"<p>Text</p>" * 60}<span class="author">Ann Lee</span>')
    assert beside(far.body.decode()) == []
    (one,) = signed.elsewhere(far)
    assert (one.people, one.trust) == (["Ann Lee"], signed.FAR - 0.01)
