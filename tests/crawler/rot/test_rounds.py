"""Rounds: which links are taken of which files, and when they are looked at again, with a real state and real files."""

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from crawler.allowance import Allowance
from crawler.breaker import Breaker
from crawler.config import Config
from crawler.frontier import Frontier
from crawler.observation import Observation
from crawler.report.rot import report
from crawler.report.rot.summary import Summary
from crawler.rot.rounds import UNTOLD, Rounds
from crawler.rule import rules
from crawler.state import Filed, State

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY = timedelta(days=1)
CONFIG = Config()


@pytest.fixture
def state(tmp_path):
    with State(State.in_memory().database, tmp_path) as state:
        yield state


@pytest.fixture
def files(tmp_path, state, record_in):
    """Have three files of two links each, that are in the index."""
    paths = [
        record_in(tmp_path, f"https://example.org/{n}", f"{n}.md", images=[f"https://example.org/{n}.jpg"])
        for n in range(3)
    ]
    for path in paths:
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return state.files.filed(paths, lambda path: Filed(path, f"https://example.org/{path.stem}"))


@pytest.fixture
def rounds(state):
    with closing(Frontier()) as frontier:
        out = report("jsonl", StringIO(), quiet=True)
        yield Rounds(state, frontier, out, Summary(NOW), rules(), Breaker(), allowance=Allowance(10))


def asked(rounds):
    return [ask.address for ask in rounds.frontier.asks("example.org")]


def seen(state, url, at=NOW, said="ok"):
    state.urls.observe(url, Observation(at, said, full=True))


def due(state, files):
    again = state.files.filed([filed.path for filed in files], lambda path: Filed(path, ""))
    return {filed.path.name: filed.rot for filed in again}


def test_links_are_taken_file_by_file_those_first_that_were_not_looked_at_for_longest(rounds, files):
    later, sooner, never = (filed._replace(rot=rot) for filed, rot in zip(files, (NOW, NOW - DAY, None), strict=True))
    assert rounds.fill([later, sooner, never], CONFIG, 3, NOW) == [never, sooner]
    assert sorted(asked(rounds)) == [f"https://example.org/{name}" for name in ("1", "1.jpg", "2", "2.jpg")]


def test_links_that_were_seen_alive_a_day_ago_are_not_due(rounds, files, state):
    seen(state, "https://example.org/0", NOW - DAY)
    seen(state, "https://example.org/0.jpg", NOW - 8 * DAY)
    rounds.fill(files[:1], CONFIG, 9, NOW)
    assert asked(rounds) == ["https://example.org/0.jpg"]


def test_a_file_is_due_again_when_the_first_of_its_links_is(rounds, files, state):
    rounds.fill(files, CONFIG, 9, NOW)
    seen(state, "https://example.org/0")
    seen(state, "https://example.org/0.jpg", NOW, "not-found")
    seen(state, "https://example.org/1")
    rounds.settle(files, CONFIG, NOW)
    assert due(state, files) == {
        "0.md": NOW + timedelta(hours=20),
        "1.md": NOW + 7 * DAY,
        "2.md": NOW + UNTOLD,
    }


def test_a_file_whose_links_could_not_all_be_asked_stays_due(rounds, files, state):
    rounds.allowance.spent = 10
    seen(state, "https://example.org/0")
    rounds.settle(files, CONFIG, NOW)
    assert set(due(state, files).values()) == {NOW}


def test_a_file_that_is_gone_is_passed_over(rounds, files):
    files[0].path.unlink()
    assert len(rounds.fill(files, CONFIG, 9, NOW)) == 3
    assert len(asked(rounds)) == 4


def test_no_address_is_enough_until_the_allowance_is_spent(rounds, files):
    rounds.fill(files, CONFIG, 9, NOW)
    ask = next(rounds.frontier.asks("example.org"))
    assert not rounds.is_enough(ask, rounds.known(ask), NOW)
    rounds.allowance.spent = 10
    assert rounds.is_enough(ask, rounds.known(ask), NOW)
