"""Every state can be said in words."""

from crawler.meaning import LIVES, MEANINGS, meaning
from crawler.observation import FORGIVEN
from crawler.standing import Life
from crawler.verdict import State


def test_every_state_and_every_verdict_has_a_meaning():
    assert {*State, FORGIVEN} <= MEANINGS.keys()
    assert set(Life) == LIVES.keys()


def test_a_meaning_is_one_sentence():
    assert all(text.endswith(".") and text[0].isupper() for text in (*MEANINGS.values(), *LIVES.values()))


def test_a_state_of_another_version_is_named():
    assert meaning("teapot") == "teapot"
