"""What of a likeness is enough to take a page for a record's article."""

from dataclasses import replace

import pytest

from crawler.likeness import Likeness, Match

NAMED = Likeness(title=Match.AGREES, has_body=True)
HALF = {"day": Match.AGREES, "picture": Match.AGREES, "excerpt": Match.DIFFERS, "dated": Match.DIFFERS}


@pytest.mark.parametrize(
    ("agreeing", "is_complete"),
    [
        ({"excerpt": Match.AGREES}, True),
        ({"excerpt": Match.ELSEWHERE}, False),
        ({"excerpt": Match.ELSEWHERE, "picture": Match.AGREES}, True),
        ({"picture": Match.AGREES}, False),
        ({"picture": Match.AGREES, "address": Match.AGREES}, True),
        ({"picture": Match.AGREES, "dated": Match.AGREES}, True),
        ({"excerpt": Match.AGREES, "address": Match.DIFFERS}, False),
        ({"excerpt": Match.AGREES, "picture": Match.DIFFERS}, False),
        ({"excerpt": Match.AGREES, "title": Match.ELSEWHERE}, False),
    ],
)
def test_a_page_is_surely_the_article_by_its_own_words_or_by_two_things_more(agreeing, is_complete):
    assert replace(NAMED, **agreeing).is_complete is is_complete


@pytest.mark.parametrize(
    ("found", "is_same"),
    [
        # Under the right headline one thing more, and no more that differs than agrees.
        ({"has_body": False, "excerpt": Match.AGREES}, True),
        ({"has_body": False, "day": Match.AGREES}, True),
        ({"has_body": False, "picture": Match.AGREES}, True),
        ({"has_body": False, "dated": Match.AGREES}, True),
        ({"has_body": False, "picture": Match.ELSEWHERE}, True),
        ({"day": Match.AGREES, "picture": Match.DIFFERS}, True),
        ({"day": Match.AGREES, "picture": Match.DIFFERS, "excerpt": Match.DIFFERS}, False),
        # Today's day is on every page.
        ({"has_body": False, "day": Match.AGREES, "is_now": True}, False),
        ({"day": Match.AGREES, "is_now": True}, True),
        ({"has_body": False, "picture": Match.AGREES, "is_now": True}, True),
        # Where nothing can be compared: a body, under no other heading.
        ({}, True),
        ({"has_body": False}, False),
        ({"is_headed": False}, False),
        ({"picture": Match.DIFFERS}, False),
        ({"excerpt": Match.AGREES, "is_headed": False}, True),
        # From another address two things.
        ({"address": Match.DIFFERS}, False),
        ({"address": Match.DIFFERS, "day": Match.AGREES}, False),
        ({"address": Match.DIFFERS, "day": Match.AGREES, "picture": Match.AGREES}, True),
        ({"address": Match.DIFFERS, "day": Match.AGREES, "picture": Match.AGREES, "excerpt": Match.DIFFERS}, True),
        ({**HALF, "address": Match.DIFFERS}, False),
        (HALF, True),
        ({"address": Match.DIFFERS, "day": Match.DIFFERS, "picture": Match.DIFFERS, "excerpt": Match.AGREES}, False),
    ],
)
def test_a_page_under_the_right_headline(found, is_same):
    assert replace(NAMED, **found).is_same_article is is_same


@pytest.mark.parametrize(
    ("found", "is_same"),
    [
        ({}, False),
        ({"excerpt": Match.AGREES}, False),
        ({"excerpt": Match.AGREES, "day": Match.AGREES}, True),
        ({"excerpt": Match.AGREES, "picture": Match.AGREES}, True),
        ({"excerpt": Match.AGREES, "picture": Match.ELSEWHERE}, False),
        ({"excerpt": Match.AGREES, "day": Match.AGREES, "has_body": False}, False),
        ({"excerpt": Match.AGREES, "day": Match.AGREES, "address": Match.DIFFERS}, False),
        ({"excerpt": Match.AGREES, "day": Match.AGREES, "picture": Match.DIFFERS}, False),
        ({"excerpt": Match.ELSEWHERE, "day": Match.AGREES}, False),
        ({"day": Match.AGREES, "picture": Match.AGREES}, False),
        ({"day": Match.AGREES, "picture": Match.AGREES, "address": Match.AGREES}, True),
        ({"day": Match.AGREES, "picture": Match.AGREES, "address": Match.AGREES, "is_now": True}, False),
        ({"day": Match.AGREES, "picture": Match.ELSEWHERE, "address": Match.AGREES}, False),
        ({"day": Match.AGREES, "picture": Match.AGREES, "address": Match.SILENT}, False),
    ],
)
def test_a_page_under_another_headline(found, is_same):
    assert replace(NAMED, title=Match.DIFFERS, **found).is_same_article is is_same


@pytest.mark.parametrize(
    ("found", "is_same"),
    [
        ({}, False),
        ({"day": Match.AGREES}, False),
        ({"day": Match.AGREES, "picture": Match.ELSEWHERE}, True),
        ({"day": Match.AGREES, "picture": Match.AGREES, "has_body": False}, False),
        ({"day": Match.AGREES, "picture": Match.AGREES, "address": Match.DIFFERS}, False),
        ({"day": Match.AGREES, "picture": Match.AGREES, "excerpt": Match.DIFFERS}, True),
        ({"day": Match.AGREES, "picture": Match.AGREES, "excerpt": Match.DIFFERS, "dated": Match.DIFFERS}, False),
    ],
)
def test_a_page_that_has_the_headline_among_others(found, is_same):
    assert replace(NAMED, title=Match.ELSEWHERE, **found).is_same_article is is_same


def test_a_correction_takes_more_than_the_headline():
    assert not NAMED.is_proven
    assert replace(NAMED, picture=Match.ELSEWHERE).is_proven
    assert not replace(NAMED, picture=Match.AGREES, day=Match.DIFFERS, excerpt=Match.DIFFERS).is_proven


def test_a_value_does_not_vouch_for_itself():
    found = replace(NAMED, has_body=False, day=Match.AGREES)
    assert found.is_same_article
    assert not found.without("day").is_same_article
    assert found.without("picture") == found
    assert found.without("") is not found
    assert found.without("") == found


def test_it_can_be_told():
    found = replace(NAMED, day=Match.DIFFERS, picture=Match.SILENT, address=Match.AGREES, excerpt=Match.ELSEWHERE)
    assert str(found) == (
        "title agrees, excerpt stands on the page, but not as its own, day differs, picture not stated, "
        "address agrees, body"
    )
    assert str(Likeness()).endswith("no body")
