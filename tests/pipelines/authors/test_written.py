import pytest

from crawler import story
from crawler.page import Page
from pipelines.authors import written

TEXT = "<p>The pier opened to the public on Tuesday after four years of work and two storms.</p>"


def page(body):
    return Page(f"<title>The pier</title><body>{body}".encode(), "https://example.org/pier")


def people(found):
    return [name for one in found for name in one.people]


@pytest.mark.parametrize(
    "line", ["By Ann Lee", "Text: Ann Lee", "Ein Beitrag von Ann Lee", "Harbour, May 5. Autorin: Ann Lee"]
)
def test_names_after_a_word_for_authors(line):
    told = story.of(page(f"<h1>The pier</h1><p>{line}</p>{TEXT}"))
    assert people(written.beside_headline(told)) == ["Ann Lee"]


def test_what_follows_such_a_word_in_a_sentence_is_no_name():
    told = story.of(page(f"<h1>The pier</h1><p>By noon the harbour was full</p>{TEXT}"))
    assert people(written.beside_headline(told)) == []


@pytest.mark.parametrize(
    "body",
    [
        "<h1>The pier</h1><p>5 May 2024 | Ann Lee</p>",
        "<h1>The pier</h1><p>05.05.2024 13:30 von Ann Lee</p>",
        "<small>05.05.2024 | 13:10 Uhr | Ann Lee</small><h1>The pier</h1>",
    ],
)
def test_the_name_in_a_line_with_a_date(body):
    assert people(written.by_date(story.of(page(body)))) == ["Ann Lee"]


def test_two_names_in_a_line_with_a_date_tell_nothing():
    told = story.of(page("<h1>The pier</h1><p>Ann Lee, Port Calder, 5 May 2024</p>"))
    assert people(written.by_date(told)) == []
