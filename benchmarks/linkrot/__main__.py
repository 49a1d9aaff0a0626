"""How soon the dead are called dead, and whether the living ever are: months of checks by a simulated clock.

    python benchmarks/linkrot [--hosts 500] [--seeds 3] [--world NAME...]

A world has hosts with links. Links and hosts die for good; hosts have outages of an hour to days (of every kind, those
that look like death too), walls that come and go, and bad luck with single requests; our own network, resolver and
clock fail as well. Each run looks at what is due and remembers what `crawler.census` lets it. The rules under test are
those of the program, not copies; other rules stand beside them for comparison, on the same observations: how an answer
is read is not what is compared here, only what is made of it over time.

Ends with status 1 where the rules of the program call a living link dead that was hidden for less than 7 days.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from policy import OURS, POLICIES
from trial import Score, Trial
from world import DAY, HOUR, Fate, World

WORLDS: Final = {
    world.name: world
    for world in (
        World("plain"),
        World("stormy", outages=8, longest=6.9, walls=1.5, unlucky=0.05, network_outages=8, clock_jumps=4),
        World("weekly", every=7 * DAY, days=180),
        World("monthly", every=30 * DAY, days=360),
        World("hourly", every=HOUR, hosts=100),
        World("stormy-weekly", every=7 * DAY, days=180, outages=8, longest=6.9, walls=1.5, unlucky=0.05),
        World("stormy-monthly", every=30 * DAY, days=360, outages=8, longest=6.9, walls=1.5, unlucky=0.05),
    )
}


def shown(world: World, scores: Mapping[str, Score]) -> str:
    """Return a table of what came of each policy, and one of the days to the verdict of ours."""
    first = next(iter(scores.values()))
    rows = [
        f"\n{world.name}: {first.links:,} links, {first.deaths:,} die, a run every {world.every / DAY:.3g} days",
        _row(
            "",
            "false deaths",
            "hidden 7 days",
            "looks a link",
            "found",
            "missed",
            "days: median",
            "90 %",
            "from 1st look",
        ),
    ]
    for name, score in scores.items():
        days = [day for found in score.days.values() for day in found]
        looks = f"{score.looks / score.links:.1f}"
        numbers = (len(days), score.missed.total(), _share(days, 0.5), _share(days, 0.9), _share(score.after, 0.5))
        rows.append(_row(name, score.false.total(), score.hidden.total(), looks, *numbers))
    ours = scores[OURS.name]
    rows.append("\n" + _row("recrawl, by kind", "found", "missed", "days: median", "90 %", "most"))
    for kind in sorted({*ours.days, *ours.missed}):
        days = ours.days[kind]
        rows.append(_row(kind, len(days), ours.missed[kind], *(_share(days, share) for share in (0.5, 0.9, 1))))
    if ours.false or ours.hidden:
        rows.append(f"\nfalse: {dict(ours.false)}, hidden for 7 days or more: {dict(ours.hidden)}")
    return "\n".join(rows)


def _row(name: str, *cells: object) -> str:
    return f"{name:26}" + "".join(f"{cell:>14}" for cell in cells)


def _share(days: list[float], share: float) -> str:
    """Return the days within which a share of the verdicts came."""
    return f"{sorted(days)[min(int(len(days) * share), len(days) - 1)]:.1f}" if days else "-"


def main() -> int:
    """Run every policy through the worlds, and show what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hosts", type=int, help="hosts of a world, instead of its own number")
    parser.add_argument("--seeds", type=int, default=3, help="worlds of each kind")
    parser.add_argument("--world", nargs="+", choices=WORLDS, default=list(WORLDS))
    parser.add_argument("--only", action="store_true", help="the rules of the program only")
    given = parser.parse_args()
    failed = False
    for name in given.world:
        world = replace(WORLDS[name], hosts=given.hosts or WORLDS[name].hosts)
        scores = {policy.name: Score() for policy in POLICIES[: 1 if given.only else None]}
        for seed in range(given.seeds):
            fate = Fate.of(world, seed)
            for policy in POLICIES[: len(scores)]:
                Trial(fate, policy, scores[policy.name]).run()
        print(shown(world, scores), flush=True)
        failed |= bool(scores[OURS.name].false)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
