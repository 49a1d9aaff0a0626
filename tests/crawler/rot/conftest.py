"""A web in which every host has its own way to answer."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent.parent.parent / "benchmarks"))

from misleading.web import Hosts, running


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    with running() as served:
        yield served


@pytest.fixture(scope="module")
def shared_hosts() -> Iterator[Hosts]:
    """A server for all tests of a module."""
    with running() as served:
        yield served


@pytest.fixture(scope="session")
def findings() -> Callable[[str], dict[str, list[str]]]:
    """Read a TSV report: state, verdict, final URL and reason of each URL."""

    def read(text: str) -> dict[str, list[str]]:
        rows = [line.split("\t") for line in text.splitlines()]
        assert not [url for url, times in Counter(row[2] for row in rows).items() if times > 1]
        return {url: [state, verdict, final, reason] for state, verdict, url, final, reason in rows}

    return read
