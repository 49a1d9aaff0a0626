"""How fresh records are for the requests they cost: `crawler.schedule` in the worlds of a recrawl simulator.

    python benchmarks/freshness.py SIMULATOR.py [--budgets 0.02 0.05 0.10] [--seeds 0 1 2] [--altered] [--baselines]

The simulator is a Python file that has ``World``, ``Policy``, ``POLICIES`` and ``simulate``: articles of many outlets
that are edited soon after they appear, living pages, pages that go, and sitemaps that tell of some of it. The policy
that is measured is the program's own. Staleness is relative to never asking again: lower is better. ``--altered`` also
measures worlds that are not as the published figures say, ``--baselines`` the simulator's own policies beside ours.
Needs numpy (``pip install '.[bench]'``).
"""

import argparse
import importlib.util
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np

from crawler import schedule, signal
from crawler.habit import DAY, Belief, Habit, after
from crawler.prior import Prior
from crawler.signal import SILENCE, Ear, Heard

NEWS: Final = 48.0
"""Hours for which a news sitemap lists an article."""

BASELINES: Final = ("random", "uniform", "ladder", "age", "nutch", "nutch1d", "storm", "azar", "eb", "eb+sig")


def load(path: Path) -> ModuleType:
    """Import the simulator."""
    spec = importlib.util.spec_from_file_location("simulator", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Recrawl:
    """The program's schedule, without signals; to be mixed into the simulator's own ``Policy``."""

    def __init__(self, world: Any, rng: Any) -> None:
        super().__init__(world, rng)
        self.habits = [Habit()] * world.n
        self.outlets = [str(outlet) for outlet in world.outlet]
        self.prior = Prior()

    def belief(self, i: int) -> Belief:
        """Return what is likely of a record."""
        return self.prior.belief(self.outlets[i], self.habits[i])

    def heard(self, i: int, t: float) -> Heard:
        """Return what was heard of a record since it was read."""
        return SILENCE

    def habit(self, i: int, t: float) -> Habit:
        """Return what was seen of a record, silence included."""
        return self.habits[i]

    def choose(self, t: float, ids: Any, budget: int) -> Any:
        """Return the records to ask now."""
        self.prior = Prior.of((self.outlets[i], self.habit(i, t)) for i in range(self.w.n))
        return self.top(np.array([self.worth(i, t) for i in ids]), ids, budget)

    def worth(self, i: int, t: float) -> float:
        """Return what a request is worth now."""
        belief, age = self.belief(i), float(t - self.w.pub[i])
        doubt = schedule.doubt(belief, age, float(t - self.last[i]), self.heard(i, t))
        return schedule.worth(belief, age, doubt)

    def observe(self, t: float, i: int, changed: bool, dead: bool, prev: float) -> None:
        """Learn from one look."""
        if not dead:
            age = float(t - self.w.pub[i])
            self.habits[i] = after(self.habits[i], self.belief(i), age, float(t - prev), changed=changed)


class Listening(Recrawl):
    """The program's schedule, with sitemaps that are polled against the budget."""

    uses_signals = True

    def __init__(self, world: Any, rng: Any) -> None:
        super().__init__(world, rng)
        self.ears = [Ear()] * world.outlets
        self.polled = np.zeros(world.outlets)
        self.nsig = np.zeros(world.n)

    def listed(self, i: int, start: float, end: float) -> float:
        """Return the hours of a time in which the record's outlet lists it."""
        kind = self.w.sig_kind[self.w.outlet[i]]
        if kind == 1:
            end = min(end, self.w.pub[i] + NEWS)
        return float(max(end - start, 0.0)) if kind else 0.0

    def heard(self, i: int, t: float) -> Heard:
        """Return what was heard of a record since it was read."""
        outlet = self.w.outlet[i]
        return Heard(self.ears[outlet], self.listed(i, self.last[i], self.polled[outlet]), int(self.nsig[i]))

    def habit(self, i: int, t: float) -> Habit:
        """Return what was seen of a record, silence included."""
        return self.heard(i, t).silent(self.habits[i], float(self.last[i] - self.w.pub[i]))

    def polls(self, t: float, ids: Any) -> Any:
        """Return the outlets whose sitemaps are asked now."""
        promised, hours = np.zeros(self.w.outlets), np.zeros(self.w.outlets)
        for i in ids:
            outlet = self.w.outlet[i]
            start = max(self.polled[outlet], self.w.arr[i])
            if listed := self.listed(i, start, t):
                age = float(start + listed - self.w.pub[i])
                promised[outlet] += self.ears[outlet].promise(self.belief(i), age, listed)
                hours[outlet] += listed
        due = np.flatnonzero(promised >= signal.POLL)
        for outlet in due:
            self.ears[outlet] = self.ears[outlet].listened(float(promised[outlet]), float(hours[outlet]))
        self.polled[due] = t
        return due

    def observe(self, t: float, i: int, changed: bool, dead: bool, prev: float) -> None:
        """Learn from one look."""
        outlet = self.w.outlet[i]
        if not dead:
            self.ears[outlet] = self.ears[outlet].after(int(self.nsig[i]), changed=changed)
        self.nsig[i] = 0
        super().observe(t, i, changed, dead, prev)


def policies(simulator: ModuleType) -> Mapping[str, type]:
    """Return our policies, as the simulator plays them."""
    ours = {"recrawl": Recrawl, "recrawl+sig": Listening}
    return {name: type(name, (policy, simulator.Policy), {}) for name, policy in ours.items()}


def altered(simulator: ModuleType) -> Mapping[str, Mapping[str, Any]]:
    """Return what differs in worlds that are not as the published figures say."""
    means, factor = simulator.MIX_M, np.array([1.0, 1.0, 1.0, 0.0])
    return {
        "as published": {},
        "edits 4x slower": {"MIX_M": means * (1 + 3 * factor)},
        "edits 3x faster": {"MIX_M": means * (1 - 2 / 3 * factor)},
        "no living pages": {"EVERGREEN": 0.0},
        "15 % living pages": {"EVERGREEN": 0.15},
        "outlets unlike": {"SIGMA_OUTLET": 1.2},
        "3x as many edits": {"MEAN_EDITS": 3 * simulator.MEAN_EDITS},
        "bad signals": {"SIG_RECALL": 0.3, "SIG_FP": 0.05 / DAY},
    }


@contextmanager
def changed(module: ModuleType, values: Mapping[str, Any]) -> Iterator[None]:
    """Give a module other values while the block runs."""
    before = {name: getattr(module, name) for name in values}
    vars(module).update(values)
    yield
    vars(module).update(before)


def measure(simulator: ModuleType, names: Sequence[str], records: int, seeds: Sequence[int], budget: float) -> None:
    """Print one line for each policy in the worlds of some seeds."""
    worlds = [simulator.World(records, 60, seed, 40) for seed in seeds]
    never = [simulator.simulate(world, "none", budget)["stale_h"] for world in worlds]
    for name in names:
        begun = time.process_time()
        found = [simulator.simulate(world, name, budget, seed) for world, seed in zip(worlds, seeds, strict=True)]
        stale = np.mean([one["stale_h"] / most for one, most in zip(found, never, strict=True)])
        mean = {key: float(np.mean([one[key] for one in found])) for key in ("within24", "dead_found", "spent")}
        print(
            f"{budget:6.0%} {name:12} {stale:10.4f} {mean['within24']:8.3f} {mean['dead_found']:6.2f}"
            f" {mean['spent']:6.2f} {time.process_time() - begun:7.1f}",
            flush=True,
        )


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("simulator", type=Path)
    parser.add_argument("--budgets", type=float, nargs="+", default=[0.02, 0.05, 0.10], help="requests/record/day")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--records", type=int, default=8000)
    parser.add_argument("--altered", action="store_true", help="4,000 records, 5 %% a day, seeds 21 and 22")
    parser.add_argument("--baselines", action="store_true")
    options = parser.parse_args()
    simulator = load(options.simulator)
    simulator.POLICIES.update(policies(simulator))
    names = [*(BASELINES if options.baselines else ()), *policies(simulator)]
    print(f"{'budget':6} {'policy':12} {'staleness':>10} {'in 24 h':>8} {'rot':>6} {'spent':>6} {'CPU s':>7}")
    if not options.altered:
        for budget in options.budgets:
            measure(simulator, names, options.records, options.seeds, budget)
        return 0
    for world, values in altered(simulator).items():
        print(world)
        with changed(simulator, values):
            measure(simulator, names, 4000, (21, 22), 0.05)
    return 0


if __name__ == "__main__":
    sys.exit(main())
