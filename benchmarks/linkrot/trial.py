"""A trial: one policy in one world, run after run, and what came of it."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from policy import Policy
from world import ANSWERED, DAY, HOUR, START, Fate, Link, luck

from crawler.census import Census
from crawler.history import History
from crawler.observation import Observation
from crawler.standing import NEVER_SEEN, Life, Standing, stand

WEEK: Final = 7 * DAY


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
