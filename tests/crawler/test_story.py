import pytest

from crawler import story
from crawler.page import Page

HTML = """<title>The headline of it</title><body>
<nav><a>Home</a></nav>
<article><header class="article-header"><p class="kicker">Politics</p><h1>The headline of it</h1>
<div class="card meta"><span>6 May</span> <b>2024</b></div></header>
<figure><figcaption class="caption">A caption</figcaption></figure>
<p class="lead">The <i>le</i>ad.</p><script>no()</script><aside class="related"><p>Other story</p></aside>
<footer class="entry-footer"><span>By Ann</span></footer></article>
<footer>Imprint</footer></body>"""


@pytest.fixture
def told():
    return story.of(Page(HTML.encode(), "https://example.org/"))


def test_runs_are_counted_from_the_headline(told):
    assert [(run.distance, run.text) for run in told.runs] == [
        (-2, "Home"),
        (-1, "Politics"),
        (0, "The headline of it"),
        (1, "6 May 2024"),
        (2, "A caption"),
        (3, "The lead."),
        (4, "Other story"),
        (5, "By Ann"),
        (6, "Imprint"),
    ]


def test_boxes_are_told_from_the_story(told):
    outside = {run.text for run in told.runs if told.is_beside(run)}
    assert outside == {"Home", "A caption", "Other story", "Imprint"}


def test_a_picture_may_stand_in_a_figure_and_a_card_is_a_box_far_from_the_headline(told):
    caption, card = told.runs[4].nodes[0], told.runs[3].nodes[0]
    assert told.is_boxed(caption)
    assert not told.is_boxed(caption, beyond=story.PICTURE)
    assert told.is_boxed(card)


def test_names_of_what_encloses(told):
    assert told.names(told.runs[3], 2).split(" < ") == ["span  ", "div card meta "]


def test_the_whole_page_is_one_story_without_headline():
    runs = story.whole(Page(HTML.encode(), "https://example.org/")).runs
    assert [run.distance for run in runs] == [*range(len(runs))]
    assert runs[-1].text == "Imprint"


def test_a_run_tells_of_its_digits_before_it_is_read():
    runs = story.of(Page(b"<h1>A headline</h1><p>No <b>date</b></p><p>5 <i>May</i></p>", "https://e.org/")).runs
    assert [run.has_digits for run in runs] == [False, False, True]
