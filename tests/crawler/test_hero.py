import pytest

from crawler import hero
from crawler.page import Page

LONG = "Nine hundred people walked to its end and back on the first day, as the harbour office has counted them."
TITLE = "<title>New pier opens</title>"


def page(body, url="https://example.org/pier"):
    return Page(f"{TITLE}<body>{body}".encode(), url)


def of(body):
    found = hero.of(page(body))
    return found and found.picture.url.removeprefix("https://example.org/")


def in_text(body):
    return [shown.picture.url.removeprefix("https://example.org/") for shown in hero.in_text(page(body))]


@pytest.mark.parametrize(
    "lead",
    [
        '<figure><img src="a.jpg" alt="The pier"></figure>',
        '<figure><div><picture><source srcset="b.webp"><img src="a.jpg" alt="The pier"></picture></div></figure>',
        f'<figure>{"<div>" * 6}<img src="a.jpg">',
        '<div class="article-image"><img src="a.jpg"></div>',
        '<div class="PageHeroBlock"><img src="a.jpg"></div>',
        '<div class="titelbild"><img src="a.jpg"></div>',
        '<video src="a.mp4" poster="a.jpg"></video>',
        '<amp-img src="a.jpg" class="featured"></amp-img>',
        '<a href="a-large.jpg"><figure><img src="a.jpg"></figure></a>',
        '<a href="#gallery"><figure><img src="a.jpg"></figure></a>',
    ],
)
def test_it_stands_under_the_headline_where_templates_put_it(lead):
    assert of(f"<h1>New pier opens</h1>{lead}<p>{LONG}</p>") == "a.jpg"


@pytest.mark.parametrize(
    "other",
    [
        '<img src="a.jpg" alt="The pier">',
        '<p class="lead"><img src="a.jpg"></p>',
        '<ul class="gallery"><li><figure><img src="a.jpg"></figure></li></ul>',
        '<div class="leaderboard"><img src="a.jpg"></div>',
        '<figure><img src="a.jpg" width="60" height="60"></figure>',
        '<figure><img src="site-logo.png"></figure>',
        '<figure><img src="data:image/gif;base64,R0"></figure>',
        '<figure class="author-picture"><img src="a.jpg"></figure>',
        '<div class="sidebar"><figure><img src="a.jpg"></figure></div>',
        '<div class="related"><figure><img src="a.jpg"></figure></div>',
        '<a href="/another-story"><figure><img src="a.jpg"></figure></a>',
    ],
)
def test_other_pictures_do_not_lead(other):
    assert of(f"<h1>New pier opens</h1>{other}<p>{LONG}</p>") is None


def test_the_dek_may_stand_before_it_but_the_text_may_not():
    figure = '<figure><img src="a.jpg"></figure>'
    paragraphs = [f"<p>{LONG} {number}</p>" for number in range(3)]
    assert of(f"<h1>New pier opens</h1>{''.join(paragraphs[:2])}{figure}") == "a.jpg"
    assert of(f"<h1>New pier opens</h1>{''.join(paragraphs)}{figure}") is None


@pytest.mark.parametrize("tag", ["script", "noscript", "a", "button"])
def test_what_is_no_text_may_stand_before_it(tag):
    before = f"<{tag}>{LONG}</{tag}>" * 4
    assert of(f'<h1>New pier opens</h1>{before}<figure><img src="a.jpg"></figure>') == "a.jpg"


def test_one_in_a_figure_with_words_for_the_blind_comes_first():
    body = '<div class="hero"><img src="a.jpg"></div><figure><img src="b.jpg" alt="The pier"></figure>'
    found = hero.of(page(f"<h1>New pier opens</h1>{body}"))
    assert (found.picture.url, found.alt, found.is_framed) == ("https://example.org/b.jpg", "The pier", True)


def test_a_figure_without_words_for_the_blind_gives_way_to_one_with_them():
    figures = '<figure><img src="a.jpg"></figure><figure><img src="b.jpg" alt="The pier"></figure>'
    assert of(f"<h1>New pier opens</h1>{figures}") == "b.jpg"


def test_what_is_far_from_the_headline_does_not_lead():
    figure, far = '<figure><img src="a.jpg"></figure>', "<i>.</i>" * 100
    assert of(f"<article><h1>New pier opens</h1>{far}{figure}</article>") is None
    assert of(f"<article>{figure}{far}<h1>New pier opens</h1></article>") is None


def test_the_nearest_above_the_headline_leads_where_none_stands_below():
    above = '<figure><img src="a.jpg"></figure><figure><img src="b.jpg"></figure>'
    assert of(f"<article>{above}<h1>New pier opens</h1><p>{LONG}</p></article>") == "b.jpg"
    assert of(f"{above}<article><h1>New pier opens</h1><p>{LONG}</p></article>") is None


def test_a_page_without_headline_has_none():
    assert of('<figure><img src="a.jpg" alt="The pier"></figure>') is None


def test_pictures_of_the_text_give_their_size_or_the_type_of_a_photograph():
    body = """<p><img src="a.jpg"></p><img src="b" width="600" height="400"><img src="/count?page=pier">
<img src="stars.gif"><noscript><img src="https://stats.example/p?id=1"></noscript><img src="c.jpg" width="60">
<aside class="widget"><img src="d.jpg"></aside><a href="/other"><img src="e.jpg"></a>"""
    assert in_text(f'<img src="header.jpg"><h1>New pier opens</h1>{body}') == ["a.jpg", "b"]


def test_of_the_pictures_of_the_text_only_the_first_are_looked_at():
    body = "".join(f'<img src="{number}.jpg">' for number in range(40))
    assert len(in_text(f"<h1>New pier opens</h1>{body}")) == hero.MOST
