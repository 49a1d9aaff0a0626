"""How soon the dead are called dead, and whether the living ever are: months of checks by a simulated clock.

    python benchmarks/linkrot.py [--hosts 500] [--seeds 3] [--world NAME...]

A world has hosts with links. Links and hosts die for good; hosts have outages of an hour to days (of every kind, those
that look like death too), walls that come and go, and bad luck with single requests; our own network, resolver and
clock fail as well. Each run looks at what is due and remembers what `crawler.census` lets it. The rules under test are
those of the program, not copies; other rules stand beside them for comparison, on the same observations: how an answer
is read is not what is compared here, only what is made of it over time.

Ends with status 1 where the rules of the program call a living link dead that was hidden for less than 7 days.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from world import ANSWERED, DAY, HOUR, START, Fate, Link, World, luck

from crawler import recheck
from crawler.census import Census, Limits
from crawler.history import History
from crawler.observation import Observation, Weight
from crawler.rule import APART, Rule, rules
from crawler.standing import NEVER_SEEN, Life, Standing, stand

WEEK: Final = 7 * DAY
LIMITS: Final = Limits()

WORLDS: Final = {
    world.name: world
    for world in (
        World("plain"),
        World("stormy", outages=8, longest=6.9, walls=1.5, unlucky=0.05, network_outages=8, clock_jumps=4),
        World("weekly", every=WEEK, days=180),
        World("monthly", every=30 * DAY, days=360),
        World("hourly", every=HOUR, hosts=100),
        World("stormy-weekly", every=WEEK, days=180, outages=8, longest=6.9, walls=1.5, unlucky=0.05),
        World("stormy-monthly", every=30 * DAY, days=360, outages=8, longest=6.9, walls=1.5, unlucky=0.05),
    )
}


@dataclass(frozen=True)
class Policy:
    """What is tried: the rules, the circuit breaker, and the time between looks."""

    name: str
    by: tuple[Rule, ...] = rules()
    limits: Limits | None = LIMITS
    due: Callable[[Standing], datetime | None] = recheck.due


class Fixed(Rule):
    """A rule that takes a link that came back before for any other."""

    def after(self, returns: int) -> "Fixed":
        """Return the same rule."""
        del returns
        return self


def every(**days: float) -> Callable[[Standing], datetime | None]:
    """Return when a link is due that is looked at after a fixed time for each life; never for a life left out."""

    def due(standing: Standing) -> datetime | None:
        never = datetime.max.replace(tzinfo=START.tzinfo)
        if standing.last is None:
            return None
        return standing.last + days[standing.life] * DAY if standing.life in days else never

    return due


def every_third_day(standing: Standing) -> datetime | None:
    """Return when a link is due where one that fails is looked at only when the next strike can count."""
    if standing.life is Life.FAILING and standing.last is not None:
        return standing.last + APART
    return recheck.due(standing)


OURS: Final = Policy("recrawl")
POLICIES: Final = (
    OURS,
    Policy("no circuit breaker", limits=None),
    Policy("failing: every 3 days", due=every_third_day),
    Policy("IABot's rule", (Fixed("3 strikes", Weight.WEAK, 3, APART),), None, every(alive=7, failing=3, unsure=3)),
    Policy("one strike", (Fixed("1 strike", Weight.WEAK, 1),), None, every(alive=7, failing=1, unsure=3, dead=7)),
)


@dataclass
class Score:
    """What came of a policy: deaths that were none, by state and whether the link was hidden for less than 7 days; days
    to the verdict of those that were, by kind, and those that had no verdict two months and five runs
    after they were first seen dead; ``after`` are the days from then to the verdict."""

    links: int = 0
    looks: int = 0
    deaths: int = 0
    false: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    days: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    after: list[float] = field(default_factory=list)
    missed: Counter[str] = field(default_factory=Counter)


@dataclass
class Memory:
    """What a policy made of one link."""

    link: Link
    history: History = field(default_factory=History)
    standing: Standing = NEVER_SEEN
    seen: datetime | None = None
    found: datetime | None = None


class Trial:
    """One policy in one world."""

    def __init__(self, fate: Fate, policy: Policy, score: Score) -> None:
        self.fate = fate
        self.policy = policy
        self.score = score
        self.memories = [Memory(link) for link in fate.links]
        self.since: Mapping[str, datetime] = {}

    def run(self) -> None:
        """Check until the end of days."""
        rng = random.Random(self.fate.seed + 1)
        end = START + self.fate.world.days * DAY
        at = START + 3 * HOUR
        while at < end:
            self.check(at, self.fate.jumps.get((at - START).days, timedelta()))
            at += self.fate.world.every + timedelta(minutes=rng.uniform(-20, 20))
        self.settle(end)

    def check(self, begin: datetime, jump: timedelta) -> None:
        """Look at what is due, and remember what the census of the run lets us; ``jump`` is how wrong our clock is."""
        now = begin + jump
        census = Census()
        looked = []
        for memory in self.memories:
            if memory.standing.last and memory.standing.last > now:  # our clock was wrong then
                memory.standing = stand(memory.history, now, self.policy.by)
            if (when := self.policy.due(memory.standing)) is not None and when > now:
                continue
            at = begin + 20 * luck(memory.link.url, begin) * timedelta(minutes=1)
            seen = Observation(at + jump, self.fate.see(memory.link, at), full=True)
            census.note(memory.link.url, memory.standing.life, seen, at if seen.state in ANSWERED else None)
            looked.append((memory, seen))
            if memory.link.fate and memory.link.fate[0] <= at:
                memory.seen = memory.seen or begin
        self.score.looks += len(looked)
        findings = census.findings(self.since, now, self.policy.limits) if self.policy.limits else None
        for memory, seen in looked:
            if findings is None or findings.keeps(memory.link.url, seen):
                self.remember(memory, seen, begin)
        self.since = findings.failing_since if findings else self.since

    def remember(self, memory: Memory, seen: Observation, begin: datetime) -> None:
        """Add an observation to a link's history, and say what it means now."""
        before = memory.standing.life
        memory.history |= History.of([seen])
        memory.standing = stand(memory.history, seen.at, self.policy.by)
        if memory.standing.life is not Life.DEAD or before is Life.DEAD:
            return
        link = memory.link
        if link.fate and link.fate[0] <= begin + HOUR:
            memory.found = memory.found or begin
        else:
            is_short = self.fate.hidden_for(link, begin) < WEEK
            (self.score.false if is_short else self.score.hidden)[seen.state] += 1

    def settle(self, end: datetime) -> None:
        """Count the dead that were found, and those that were not though there was time."""
        time = max(60 * DAY, 5 * self.fate.world.every)
        self.score.links += len(self.memories)
        for memory in self.memories:
            if (fate := memory.link.fate) is None:
                continue
            kind = f"{'host' if fate is memory.link.host.death else 'link'} {fate[1]}"
            self.score.deaths += 1
            if memory.found:
                self.score.days[kind].append((memory.found - fate[0]) / DAY)
                self.score.after.append((memory.found - (memory.seen or memory.found)) / DAY)
            elif memory.seen and end - memory.seen > time:
                self.score.missed[kind] += 1


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
