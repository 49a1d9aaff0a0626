"""`recrawl forgive`: a person is believed, and the host is taken at their word."""

from datetime import UTC, datetime

import pytest

from crawler.rule import rules
from crawler.standing import stand

URL = "https://a.example/story"
WEEK = [("not-found", ago) for ago in range(9, 0, -1)]


@pytest.fixture
def forgive(recrawl, tmp_path):
    return lambda *arguments: recrawl("forgive", "--in", tmp_path, *arguments)


@pytest.fixture
def life(state):
    def life(url):
        with state() as known:
            forgiven = known.hosts.get("a.example").forgiven
            return stand(known.urls.history(url), datetime.now(UTC), rules(), forgiven).life

    return life


def test_a_link_that_was_called_dead_is_alive_and_its_host_forgiven(remember, forgive, life, state):
    remember(URL, *WEEK)
    assert life(URL) == "dead"
    said = forgive(URL)
    assert (said.status, said.err) == (0, "")
    assert said.out == (
        f"{URL}: was dead (not there 3 times in a row, 3 days apart, over 7 days or more), is alive\n"
        "a.example: not-found is no strike any more\n"
    )
    assert life(URL) == "alive"
    with state() as known:
        assert known.hosts.get("a.example").forgiven == {"not-found"}


def test_another_link_of_the_host_is_not_held_to_it_either(remember, forgive, life):
    remember(URL, *WEEK)
    other = remember("https://a.example/other", *WEEK)
    forgive(URL)
    assert life(other) == "unsure"


def test_a_host_is_forgiven_with_all_its_links(remember, forgive, life):
    remember(URL, *WEEK)
    other = remember("https://a.example/other", ("timeout", 3), ("timeout", 2))
    remember("https://a.example/well", ("ok", 2))
    foreign = remember("https://b.a.example/", ("gone", 2))
    said = forgive("A.example")
    assert said.out.count("is alive") == 2
    assert said.out.endswith("a.example: not-found is no strike any more\na.example: timeout is no strike any more\n")
    assert (life(URL), life(other), life(foreign)) == ("alive", "alive", "failing")


def test_where_there_is_no_strike_there_is_nothing_to_forgive(remember, forgive):
    remember(URL, ("ok", 1))
    said = forgive(URL)
    assert (said.status, said.out) == (0, f"{URL}: nothing to forgive\n")


def test_a_host_can_be_held_to_everything_again(remember, forgive, state):
    remember(URL, *WEEK)
    forgive(URL)
    assert forgive("--undo", "a.example").out == "a.example: not-found is a strike again\n"
    with state() as known:
        assert known.hosts.get("a.example").forgiven == frozenset()
    assert forgive("--undo", "a.example").out == "a.example: it was forgiven nothing\n"


@pytest.mark.parametrize("name", ["c.example", "https://a.example/unknown"])
def test_nothing_is_forgiven_where_one_of_the_names_is_not_known(remember, forgive, life, name):
    remember(URL, *WEEK)
    said = forgive(URL, name)
    assert said.status == 2
    assert f"{name}: nothing is remembered of" in said.err
    assert life(URL) == "dead"


def test_where_nothing_was_remembered_no_state_is_made(forgive, tmp_path):
    assert forgive(URL).status == 2
    assert list(tmp_path.iterdir()) == []
