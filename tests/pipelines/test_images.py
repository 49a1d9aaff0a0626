import json
from datetime import UTC, datetime

import pytest

from crawler.evidence import Field
from crawler.page import Page
from crawler.site import Site
from pipelines import images

NOW = datetime(2024, 5, 6, tzinfo=UTC)
LONG = "Nine hundred people walked to its end and back on the first day, as the harbour office has counted them."
HERO = '<figure><img src="shown.jpg" alt="The pier"></figure>'


def og(url, **more):
    return "".join(f'<meta property="og:image{key}" content="{value}">' for key, value in {"": url, **more}.items())


def twitter(url):
    return f'<meta name="twitter:image" content="{url}">'


def graph(**said):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "New pier opens", **said}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def find(head="", body=""):
    html = f"<title>New pier opens</title>{head}<body><h1>New pier opens</h1>{body}<p>{LONG}</p>"
    return [*images.find(Page(html.encode(), "https://example.org/pier"))]


def chosen(head="", body="", site=Site()):  # noqa: B008 - frozen
    return images.choose(Field.IMAGE, find(head, body), site, NOW)


def url(*arguments, **named):
    choice = chosen(*arguments, **named)
    return choice and choice.value.url.removeprefix("https://example.org/")


@pytest.mark.parametrize(
    "head",
    [
        og("pier.jpg"),
        og("//example.org/pier.jpg"),
        '<meta name="og:image" value="pier.jpg">',
        '<meta property="og:image:secure_url" content="pier.jpg">',
        twitter("pier.jpg"),
        '<meta itemprop="image" content="pier.jpg">',
        '<link rel="image_src" href="pier.jpg">',
        graph(image="pier.jpg"),
        graph(image=["pier.jpg", "second.jpg"]),
        graph(image={"@type": "ImageObject", "url": "pier.jpg"}),
        graph(image={"@id": "#i"}) + graph(**{"@type": "ImageObject", "@id": "#i", "contentUrl": "pier.jpg"}),
        graph(thumbnailUrl="pier.jpg"),
    ],
)
def test_a_picture_is_stated_in_many_ways(head):
    assert url(head) == "pier.jpg"


def test_what_is_told_to_other_sites_comes_first():
    assert url(graph(image="graph.jpg") + twitter("twitter.jpg") + og("pier.jpg")) == "pier.jpg"


def test_the_size_is_that_which_is_declared_for_it():
    picture = chosen(og("pier.jpg", **{":width": "1200", ":height": "630px"})).value
    assert (picture.width, picture.height) == (1200, 630)


def test_the_size_declared_is_that_of_the_first_picture():
    evidence = og("one.jpg", **{":width": "10", ":height": "10"}) + og("pier.jpg")
    assert (chosen(evidence).value.url, chosen(evidence).value.width) == ("https://example.org/pier.jpg", None)


@pytest.mark.parametrize("name", ["blank.jpg", "favicon-96.png", "site-logo.png", "default.jpg", "ogimagedefault.gif"])
def test_a_placeholder_gives_way_to_what_else_is_stated(name):
    assert url(og(name) + graph(image="pier.jpg")) == "pier.jpg"
    assert url(og(name)) is None


def test_what_a_site_has_on_many_articles_gives_way():
    site = Site()
    for title in ("One", "Two", "Three"):
        site = site.with_article(title, picture="share-me")
    assert url(og("share-me-1200x630.jpg") + graph(image="pier.jpg"), site=site) == "pier.jpg"
    assert url(og("share-me-1200x630.jpg"), site=site) is None


def test_the_widest_rendition_of_a_picture_is_taken():
    stated = og("pier-600x315.jpg", **{":width": "600", ":height": "315"})
    assert url(stated + graph(image={"url": "pier.jpg", "width": 2000, "height": 1500})) == "pier.jpg"
    assert url(stated + graph(image={"url": "pier.jpg", "width": 300, "height": 200})) == "pier-600x315.jpg"


def test_a_picture_that_is_shown_alone_leads_before_one_that_is_only_stated():
    choice = chosen(og("card.jpg"), HERO)
    assert (choice.value.url, choice.rule) == ("https://example.org/shown.jpg", "the picture that leads the text")


@pytest.mark.parametrize(
    "body",
    [
        '<figure><img src="shown.jpg"></figure>',
        '<div class="hero"><img src="shown.jpg" alt="The pier"></div>',
    ],
)
def test_it_needs_a_figure_and_words(body):
    assert url(og("card.jpg"), body) == "card.jpg"


def test_where_both_are_shown_the_first_leads():
    assert url(og("card.jpg"), f'{HERO}<p>{LONG}</p><img src="/large/card.jpg">') == "shown.jpg"


def test_a_picture_that_is_stated_somewhere_and_leads_is_taken():
    body = '<div class="hero"><img src="shown-640x480.jpg"></div>'
    assert url(og("card.jpg") + graph(image="shown.jpg"), body) == "shown.jpg"


def test_without_a_stated_picture_the_one_that_leads_is_taken_else_the_first_of_the_text():
    assert url(body=f'<p><img src="first.jpg"></p>{HERO}') == "shown.jpg"
    assert url(body='<p><img src="first.jpg"></p><p><img src="second.jpg"></p>') == "first.jpg"
    assert url(body="<p>No picture.</p>") is None


def test_the_pictures_of_the_text_are_not_read_where_one_is_stated():
    assert [item.source for item in find(og("pier.jpg"), '<p><img src="first.jpg"></p>')] == ["og:image"]
