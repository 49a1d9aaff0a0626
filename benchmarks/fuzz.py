"""Fuzzing: feeds all that reads the bytes of others with ever other ones, until the time is over.

    python benchmarks/fuzz.py [--minutes N] [--target NAME...] [--seed N] [--folder FOLDER]

The targets are those of tests/fuzz. Each gets an equal share of the time. What fails is shrunk and printed, and kept in
the folder (`.hypothesis/fuzz` by default), from which the next run takes it up first. One example may take ten seconds.
Ends with status 1 where anything failed.
"""

import argparse
import logging
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.database import DirectoryBasedExampleDatabase

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "fuzz"))

from targets import TARGETS, Fuzz

PATIENCE: Final = 10
"""Seconds that one example may take."""

BATCH: Final = 2000
"""Examples between two looks at the clock."""


class Hang(Exception):
    """An example takes too long."""


def _hang(_signum: int, _frame: Any) -> None:
    raise Hang(f"more than {PATIENCE} s")


def fuzz(name: str, fuzz: Fuzz, seconds: float, first: int, folder: Path) -> tuple[int, bool]:
    """Feed one target for some time; return how many examples it was, and whether all went well."""
    count, number, end = 0, first, time.monotonic() + seconds

    def check(made: Any) -> None:
        nonlocal count
        count += 1
        signal.alarm(PATIENCE)
        try:
            fuzz.check(made)
        finally:
            signal.alarm(0)

    check.__qualname__ = f"fuzz-{name}"  # by which the database knows it
    kept = DirectoryBasedExampleDatabase(folder)
    limits = settings(max_examples=BATCH, deadline=None, database=kept, suppress_health_check=list(HealthCheck))
    while time.monotonic() < end:
        try:
            seed(number)(limits(given(fuzz.fed)(check)))()
        except Exception:  # noqa: BLE001 - whatever it is, it is what was looked for
            print(f"{name}: seed {number}")
            traceback.print_exc()
            return count, False
        number += 1
    return count, True


def main() -> int:
    """Fuzz, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10, metavar="N")
    parser.add_argument("--target", action="append", choices=list(TARGETS), metavar="NAME")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--folder", type=Path, default=Path(".hypothesis/fuzz"))
    asked = parser.parse_args()
    signal.signal(signal.SIGALRM, _hang)
    logging.disable()  # archives that are not sound are warned of
    names = asked.target or list(TARGETS)
    is_well = True
    for name in names:
        began = time.process_time()
        count, went_well = fuzz(name, TARGETS[name], 60 * asked.minutes / len(names), asked.seed, asked.folder)
        print(
            f"{name:20} {count:>9,} examples {time.process_time() - began:8.0f} s CPU  {'' if went_well else 'FAILED'}"
        )
        is_well = is_well and went_well
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
