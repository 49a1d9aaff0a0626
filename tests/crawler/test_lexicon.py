import pytest

from crawler.lexicon import starting

MENU = starting(["nav", "menu", "ads(?![a-z])", "most-read"])


@pytest.mark.parametrize("names", ["nav", "top-nav", "main_navbar", "box ads-1", "list most-read", "menu"])
def test_words_are_found_where_a_part_of_a_name_begins(names):
    assert MENU.search(names)


@pytest.mark.parametrize("names", ["", "canav", "heads", "adsense", "almost-read", "most read"])
def test_words_are_not_found_inside_of_others(names):
    assert not MENU.search(names)


def test_what_was_found_is_the_word():
    assert MENU.findall("top-nav menu-bar ads") == ["nav", "menu", "ads"]
