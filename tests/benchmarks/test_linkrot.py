"""The simulated clock, in a small world: what the whole of the rules makes of months of checks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parent.parent.parent / "benchmarks" / "linkrot"


@pytest.mark.parametrize("world", ["plain", "weekly"])
def test_no_living_link_is_called_dead_and_the_dead_are_found(world):
    words = [sys.executable, str(BENCHMARK), "--hosts", "40", "--seeds", "1", "--only", "--world", world]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    false, after_a_week, _, found, missed = re.search(
        r"^recrawl +(\d+) +(\d+) +(\S+) +(\d+) +(\d+)", done.stdout, re.MULTILINE
    ).groups()
    assert (false, after_a_week, missed) == ("0", "0", "0")
    assert int(found) > 5
