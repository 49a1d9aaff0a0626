"""Runs that are killed at some moments: what `benchmarks/kill_run.py` shows of many."""

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parent.parent.parent / "benchmarks" / "kill_run.py"


def test_a_run_that_is_killed_loses_nothing_and_the_next_one_goes_on():
    words = [sys.executable, str(BENCHMARK), "--moments", "3", "--records", "40", "--seed", "7"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("well") == 3
