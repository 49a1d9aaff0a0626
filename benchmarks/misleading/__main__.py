"""Check links of servers that mislead, a host for each way, and count what is said wrongly of how many.

    python benchmarks/misleading [--all]

Printed are every way of which something else is said than can be (with ``--all`` all of them), and the counts that
tools can be compared by. The exit status is 1 where a living link is called broken, or a wall anything.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from misleading.trial import Found, check
from misleading.ways import LIVING, MISSING, OPEN

_BROKEN = ("dead", "failing")


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="print every way")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = check(Path(folder))
    for host, one in found.items():
        if arguments.all or not one.is_right:
            mark = "  " if one.is_right else "! "
            name = host.removesuffix(".example")
            print(f"{mark}{one.truth:8} {name:45} {one.state:18} {one.verdict:8} {one.requests:2}  {one.reason}")
    return report([*found.values()])


def report(found: Sequence[Found]) -> int:
    """Print the counts, and return the exit status."""
    rows = [
        ("living links called broken", LIVING, _BROKEN),
        ("living links called unsure", LIVING, ("unsure",)),
        ("walls and troubles called broken", OPEN, _BROKEN),
        ("walls and troubles called alive", OPEN, ("alive",)),
        ("missing called alive", MISSING, ("alive",)),
        ("missing called unsure", MISSING, ("unsure",)),
    ]
    wrong = {}
    for what, truth, verdicts in rows:
        of = [one for one in found if one.truth is truth]
        wrong[what] = sum(one.verdict in verdicts for one in of)
        print(f"{what:35} {wrong[what]:3} of {len(of):3}")
    print(f"{'requests a link':35} {sum(one.requests for one in found) / len(found):.2f}")
    return int(any(wrong[what] for what in (rows[0][0], rows[2][0], rows[3][0])))


if __name__ == "__main__":
    sys.exit(main())
