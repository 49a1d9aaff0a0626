"""Two names of one article, and of two."""

import pytest

from crawler import namesake

PIER = "New pier opens to the public"
LONG = "Nine hundred people walked to the end of the new pier and back on the first day, the harbour office has counted"


@pytest.mark.parametrize(
    "other",
    [
        PIER,
        "New Pier opens to the Public",
        "New pier opens to the pubic",
        "New pier opens to the public | Calder Post",
        "Calder Post » New pier opens to the public",
        "Harbour: New pier opens to the public",
        "New pier opens to the public – Calder Post – News",
        "Live New pier opens to the public",
        "New pier opens to the public « Calder Post",
    ],
)
def test_one_headline(other):
    assert namesake.same(PIER, other)
    assert namesake.same(other, PIER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PIER, "Old mill closes for good"),
        (PIER, "Search results for: New pier opens to the public"),
        (PIER, "Page not found: New pier opens to the public"),
        (PIER, "Log in | New pier opens to the public"),
        (LONG, f"Page not found: {LONG}"),
        (PIER, "As thousands came to see it on Sunday: why the New pier opens to the public a year too late for many"),
        ("Report of the year 2019", "Report of the year 2020"),
        ("The pier", "The pier, the mill and the lock: three walks along the river"),
        (PIER, "Comments on: New pier opens to the public"),
        (PIER, "Kommentare zu: New pier opens to the public"),
        ("New pier opens ...", "New pier opens a year too late for many"),
        (f"{LONG[:40]} ...", f"{LONG} | Page not found"),
        (f"{LONG[:40]} ...", LONG[20:]),
        (PIER, ""),
        ("", ""),
        ("!", "?"),
    ],
)
def test_two_headlines(one, other):
    assert not namesake.same(one, other)
    assert not namesake.same(other, one)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        # Twenty letters of which three are others are 85 % alike, of which four are 80 %.
        ("abcdefghijklmnopqrst", "abcdefghijklmnopqxyz", True),
        ("abcdefghijklmnopqrst", "abcdefghijklmnopwxyz", False),
        # Fifteen letters are no chance in a longer name, fourteen may be.
        ("A new pier opens up", "A new pier opens up | The Calder Post", True),
        ("New pier opens up", "New pier opens up | The Calder Post", False),
        # A quarter of the letters may stand around them without a separator.
        ("A new pier opens up", "Today a new pier opens up", True),
        ("A new pier opens up", "Monday a new pier opens up", False),
        ("A new pier opens up", "Calder Post | A new pier opens up after a hundred years of talk", False),
    ],
)
def test_how_alike_one_headline_is(one, other, is_same):
    assert namesake.same(one, other) is is_same


def test_typographic_quotes_and_dashes_are_no_difference():
    assert namesake.same("“It’s open” – at last", '"It\'s open" - at last')


@pytest.mark.parametrize(
    ("one", "other", "is_kin"),
    [
        (PIER, "A public day at the pier", True),
        (PIER, "A public day at the harbour", False),
        ("Manage page permissions from the studio", "This page could not be found", False),
        ("A pier", "The day at the pier", True),
        ("蔡健雅", "蔡健雅_百科", True),
        ("Go on", "Let us go on", True),
        ("abc def ghi j", "afc ief gii j", True),
        (PIER, "This page could not be found", False),
        (PIER, "Diese Seite wurde nicht gefunden", False),
        (PIER, "", False),
        ("", "", False),
    ],
)
def test_names_speak_of_the_same_by_two_long_words_or_most_of_their_letters(one, other, is_kin):
    assert namesake.is_kin(one, other) is is_kin


@pytest.mark.parametrize(
    ("name", "path", "is_its"),
    [
        (PIER, "/2020/10/new-pier-opens-to-the-public", True),
        (PIER, "/2020/10/new-pier-opens-to-the-public.html", True),
        ("New pier opens to public", "/a-new-pier-opens-public-day", True),
        ("Pier is closed to the public", "/new-pier-opens-to-the-public", False),
        ("New pier opens again", "/new-pier-opens-again", True),
        (PIER, "/new-pier-opens", False),
        (PIER, "/p/12345", False),
        (PIER, "/", False),
    ],
)
def test_a_name_may_be_what_an_address_was_made_of(name, path, is_its):
    assert namesake.from_path(name, path) is is_its


@pytest.mark.parametrize("cut", [f"{LONG[:40]}...", f"{LONG[:45]} …", f"{LONG[:40]} [...]"])
def test_a_headline_that_was_cut_is_known_by_its_beginning(cut):
    assert namesake.same(cut, LONG)
    assert namesake.same(f"{LONG} | Calder Post", cut)
    assert not namesake.same(LONG[:40], LONG), "it was not cut"
