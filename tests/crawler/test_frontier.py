"""Links by the address that each of them asks for."""

from pathlib import Path

import pytest

from crawler.frontier import Frontier, address_of
from crawler.link import Spot
from crawler.links import Mention
from crawler.target import Role

CACHED = "https://a-example.cdn.ampproject.org/c/s/a.example/story"


def mention(url, role=Role.LINK, path="a.md", line=1, place=""):
    return Mention(url, role, Spot(Path(path), line, place))


@pytest.fixture
def frontier():
    """Return a sealed frontier of some mentions."""

    def filled(*mentions):
        made = Frontier()
        made.fill(mentions)
        made.seal()
        return made

    return filled


def asks(frontier):
    return [ask for site, _ in frontier.sites() for ask in frontier.asks(site)]


@pytest.mark.parametrize(
    ("url", "role", "address"),
    [
        ("https://a.example/x#part", Role.LINK, "https://a.example/x"),
        ("https://a.example/é b", Role.LINK, "https://a.example/%C3%A9%20b"),
        ("https://a.example/%7Ex/%2f", Role.LINK, "https://a.example/%7Ex/%2f"),
        (CACHED, Role.AMP_CACHE, "https://a.example/story"),
        (CACHED, Role.LINK, CACHED),
        ("https://forged.cdn.ampproject.org/c/s/a.example/story", Role.AMP_CACHE, ""),
        ("http://user:secret@a.example/", Role.LINK, ""),
        ("nonsense", Role.LINK, ""),
        ("http://", Role.LINK, ""),
    ],
)
def test_the_address_of_a_link(url, role, address):
    assert address_of(url, role) == address


def test_one_url_in_two_files_is_one_link_with_two_spots(frontier):
    (ask,) = asks(
        frontier(mention("https://a.example/", path="a.md", line=3), mention("https://a.example/", path="b.md"))
    )
    (link,) = ask.links
    assert [str(spot) for spot in link.spots] == ["a.md:3", "b.md:1"]


def test_links_that_ask_for_one_address_are_asked_once_and_stay_as_they_were_written(frontier):
    made = frontier(mention("https://a.example/x#one"), mention("https://a.example/x"), mention(CACHED, Role.AMP_CACHE))
    found = {ask.address: {link.url for link in ask.links} for ask in asks(made)}
    assert found == {
        "https://a.example/x": {"https://a.example/x#one", "https://a.example/x"},
        "https://a.example/story": {CACHED},
    }
    assert len(made) == 3


def test_a_url_that_is_several_things_is_the_most_telling_of_them(frontier):
    made = frontier(*(mention("https://a.example/", role) for role in (Role.LINK, Role.ARTICLE, Role.IMAGE)))
    assert asks(made)[0].links[0].role is Role.ARTICLE


def test_sites_with_the_most_to_ask_come_first(frontier):
    made = frontier(mention("https://a.example/"), *(mention(f"https://www.b.co.uk/{number}") for number in range(120)))
    assert list(made.sites()) == [("b.co.uk", 120), ("a.example", 1)]
    assert made.size("b.co.uk") == 120
    assert len({ask.address for ask in made.asks("b.co.uk")}) == 120


def test_what_cannot_be_asked_has_no_site(frontier):
    made = frontier(mention("nonsense"), mention("http://"))
    assert {ask.links[0].url for ask in made.asks("")} == {"nonsense", "http://"}


def test_what_is_held_is_returned_in_order(frontier):
    made = frontier(mention("https://a.example/1"), mention("https://a.example/2"))
    for ask in asks(made):
        made.hold(ask, ask.address[-1])
    assert [(ask.address[-1], look) for ask, look in made.held()] in (
        [("1", "1"), ("2", "2")],
        [("2", "2"), ("1", "1")],
    )


def test_file_names_and_urls_that_are_no_utf_8_are_no_trouble(frontier):
    odd = "caf\udce9.md"
    (ask,) = asks(frontier(mention("https://a.example/", path=odd)))
    assert str(ask.links[0].spots[0].path) == odd
