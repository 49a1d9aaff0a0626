"""Broken pages are read without an exception: a share of what `benchmarks/mutations.py` does ten thousand times."""

import importlib.util
import json
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from crawler.crew import Capture, Reader

FILE = Path(__file__).parent.parent / "benchmarks" / "mutations.py"
SPEC = importlib.util.spec_from_file_location("mutations", FILE)
mutations = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(mutations)

PAGES = mutations.demo()


def answers(mutation, number, seed=0):
    random, reader = Random(seed), Reader(datetime(2026, 1, 1, tzinfo=UTC), explain=True)
    for _ in range(number):
        body, content_type = mutation(random, random.choice(PAGES), PAGES)
        yield reader.read(Capture("https://example.org/2020/05/05/a", body, content_type))


@pytest.mark.parametrize("mutation", mutations.LIGHT, ids=lambda mutation: mutation.__name__)
def test_pages_that_were_broken(mutation):
    for answer in answers(mutation, 40):
        assert answer.error is None
        assert json.loads(answer.line)["url"] == "https://example.org/2020/05/05/a"


@pytest.mark.parametrize("mutation", mutations.HEAVY, ids=lambda mutation: mutation.__name__)
def test_pages_that_were_built_to_break_us(mutation):
    for answer in answers(mutation, 2):
        assert answer.error is None


def test_the_same_seed_gives_the_same_pages():
    assert [*mutations.mutated(PAGES, 60, seed=1)] == [*mutations.mutated(PAGES, 60, seed=1)]
