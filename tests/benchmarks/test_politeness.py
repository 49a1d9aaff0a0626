"""Sites with rules of every kind in one scheduled run: none of them is broken, by the log of their server."""

import json
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parent.parent.parent / "benchmarks/politeness.py"


def test_no_rule_of_any_site_is_broken():
    words = [sys.executable, str(BENCHMARK), "--sites", "10", "--pages", "3", "--command", "run"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["broken"], found["sites"]) == (0, 10)
    assert found["requests"] > 20
