import pytest

from crawler.dateline import Dateline, datelines
from crawler.moment import find
from crawler.tongue import tongue

SURE, DOUBTFUL = 0.8, 0.45


def line(text, names="p  ", is_near=True, is_boxed=False):
    """Return what stands around the first date of a text."""
    readings = [*find(text, tongue("en"))]
    return next(found for _, found in datelines(text, readings, names, is_near=is_near, is_boxed=is_boxed))


@pytest.mark.parametrize(
    "text",
    [
        "6 May 2024",
        "By Ann Example, 6 May 2024",
        "6 May 2024, 12:30",
        "Vienna, 6 May 2024 – The harbour office has counted nine hundred people who walked over the new pier.",
        "6 May 2024 The harbour office has counted nine hundred people who walked to the end of the new pier.",
        "Ann Example of the Harbour Messenger | 6 May 2024",
    ],
)
def test_a_date_that_says_little_more_than_itself_is_the_articles(text):
    assert line(text).trust >= SURE


@pytest.mark.parametrize(
    "text",
    [
        "Nine hundred people walked over the new pier on 6 May 2024",
        "On 6 May 2024 nine hundred people walked over the new pier, the harbour office said this morning.",
        "from 4 - 6 May 2024",
        "On 4 and 6 May 2024",
        "6.5.2024 – 9.5.2024",
        "6 May 2024, 10:00-11:30",
        "Registered: 6 May 2024",
        "until 6 May 2024",
    ],
)
def test_a_sentence_a_programme_and_a_profile_are_not(text):
    assert line(text).trust < DOUBTFUL


@pytest.mark.parametrize(
    "names",
    [
        "p  < blockquote tweet ",
        "p  < div pic-box ",
        "span legend ",
        "span date < div masthead ",
    ],
)
def test_a_quotation_a_caption_and_the_head_of_the_paper_are_not(names):
    assert line("6 May 2024", names).trust < DOUBTFUL


def test_a_date_in_a_heading_may_be_that_of_an_event():
    assert line("6 May 2024", "h2  ").trust < line("6 May 2024").trust


def test_far_from_the_headline_a_date_has_to_be_called_one():
    assert line("6 May 2024", is_near=False).trust < 0.5 < line("Published: 6 May 2024", is_near=False).trust
    assert line("6 May 2024", "span post-date ", is_near=False).trust > 0.5


def test_a_box_counts_for_little_right_beside_the_headline_where_the_date_is_called_one():
    boxed = line("6 May 2024", "span date < div related ", is_boxed=True)
    assert boxed.trust >= SURE
    assert line("6 May 2024", is_boxed=True).trust < DOUBTFUL
    assert line("6 May 2024", "span date < div related ", is_near=False, is_boxed=True).trust < DOUBTFUL


def test_a_label_long_before_or_within_a_paragraph_says_less():
    text = "Published by the harbour office and its friends of the Society for Piers and Jetties on 6 May 2024"
    assert line(text).trust < SURE


@pytest.mark.parametrize(
    ("text", "is_update"),
    [
        ("Updated: 6 May 2024", True),
        ("Diese Seite wurde zuletzt am 6 May 2024 um 13:22 Uhr geändert.", True),
        ("6 May 2024 Updated 5 minutes ago", False),
        ("6 May 2024, 12:30 · last updated by nobody", False),
        ("Published 6 May 2024", False),
    ],
)
def test_an_update_is_said_before_its_date_or_by_the_verb_that_ends_its_sentence(text, is_update):
    assert line(text).is_update is is_update


def test_a_verb_at_the_end_labels_a_publication_too():
    assert line("Dieser Beitrag wurde von uns allen am Montag, dem 6 May 2024 um 13 Uhr veröffentlicht").trust >= SURE


def test_each_date_of_a_run_has_the_words_from_the_one_before_to_the_next():
    text = "Published 6 May 2024, updated 7 May 2024 at noon"
    readings = [*find(text, tongue("en"))]
    around = [(found.before, found.after) for _, found in datelines(text, readings, "", is_near=True, is_boxed=False)]
    assert around == [("Published ", ", updated "), (", updated ", " at noon")]


def test_a_dateline_knows_where_it_stands():
    assert line("By Ann, 6 May 2024") == Dateline("By Ann, ", "", 8, "p  ")
