"""The time to read what others wrote grows with its size, and no faster: n against 4n, in CPU time, the least of three.

Four times the size takes four times as long, with room for noise; what grows with the square takes sixteen times.
`benchmarks/growth.py` measures every kind of page that could be made to grow faster; here are those that once did.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler import placeholder

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import growth

MOST = 9.0
SMALL = 40_000


@pytest.mark.parametrize(
    "kind",
    [
        *("json remarks", "json remarked", "script remarks", "byline names", "byline by", "title dots", "text dots"),
        *("markup bylines", "markup metas", "markup times", "markup links", "markup pictures"),
    ],
)
def test_pages(kind):
    once, larger = (dict(growth.kinds(size))[kind] for size in (SMALL, 4 * SMALL))
    assert growth.cost(larger) / growth.cost(once) < MOST


@pytest.mark.parametrize("piece", ["1", "_", "é", "1s", "-l", "no", "logo1"])
def test_names_of_pictures(piece):
    read = placeholder.is_path.__wrapped__
    once, larger = (f"/{piece * (size // len(piece))}.jpg" for size in (5_000, 20_000))
    assert least(read, larger) / least(read, once) < MOST


@pytest.mark.parametrize("attribute", ["srcset", "data-srcset"])
def test_lists_of_renditions(attribute):
    page = '<meta property="og:title" content="A"><h1>A</h1><img src="a.jpg" {}="{}">'
    once, larger = (page.format(attribute, "a.jpg 100w, " * (size // 12)) for size in (SMALL, 4 * SMALL))
    assert growth.cost(larger) / growth.cost(once) < MOST


def least(read: Callable[[str], object], given: str) -> float:
    return min(_seconds(read, given) for _ in range(3))


def _seconds(read: Callable[[str], object], given: str) -> float:
    start = time.process_time()
    read(given)
    return time.process_time() - start
