"""How soon the dead are called dead, and whether the living ever are: 90 days of checks by a simulated clock.

    python benchmarks/linkrot.py [--hosts 500] [--days 90] [--worlds 3] [--vary]

A world has hosts with links. Links and hosts die for good; hosts have outages of an hour to five days (of every kind,
those that look like death too), walls that come and go, and bad luck with single requests; our own network, resolver
and clock fail as well. Each run looks at what is due and remembers what `crawler.census` lets it. The rules under test
are those of the program, not copies; other rules stand beside them for comparison.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zlib import crc32

from crawler import recheck
from crawler.census import Census, Limits
from crawler.history import History
from crawler.observation import Observation
from crawler.standing import NEVER_SEEN, Life, Rule, Standing, rules, stand
from crawler.verdict import State

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LIMITS = Limits()

LINK_DEATHS = (State.NOT_FOUND, State.NOT_FOUND, State.NOT_FOUND, State.GONE, State.SOFT_404, State.REDIRECT_HOME)
HOST_DEATHS = (State.DNS_FAILURE, State.PARKED, State.CONNECTION_REFUSED, State.TIMEOUT, State.NOT_FOUND)
OUTAGES = (
    *(State.SERVER_ERROR, State.SERVER_ERROR, State.TIMEOUT, State.CONNECTION_REFUSED, State.CONNECTION_RESET),
    *(State.DNS_FAILURE, State.DNS_TROUBLE, State.PARKED, State.NOT_FOUND, State.SOFT_404, State.REDIRECT_HOME),
)
OURS = (State.TIMEOUT, State.DNS_TROUBLE, State.DNS_FAILURE, State.UNREACHABLE, State.NOT_FOUND)
BAD_LUCK = (State.SERVER_ERROR, State.TIMEOUT, State.CONNECTION_RESET, State.NOT_FOUND)


@dataclass(frozen=True)
class World:
    """How hard the world is; times are in days, rates per host (per link for ``link_deaths``) over 90 days."""

    hosts: int = 500
    days: int = 90
    outages: float = 2
    longest: float = 5
    walls: float = 0.3
    host_deaths: float = 0.05
    link_deaths: float = 0.08
    unlucky: float = 0.02
    network_outages: float = 4
    clock_jumps: int = 2


@dataclass(frozen=True)
class Span:
    """A time in which something is wrong, with a share of links or hosts (told by their number, so always the same)."""

    begin: datetime
    end: datetime
    state: State
    share: float = 1

    def hits(self, at: datetime, luck: float) -> bool:
        """Tell whether it befalls somebody now."""
        return self.begin <= at < self.end and luck < self.share


@dataclass
class Host:
    """A host and what is to happen to it."""

    name: str
    luck: float
    unlucky: float
    troubles: list[Span]
    death: tuple[datetime, State] | None


@dataclass
class Link:
    """A link, what is to happen to it, and what was made of it."""

    url: str
    host: Host
    luck: float
    death: tuple[datetime, State] | None
    history: History = field(default_factory=History)
    standing: Standing = NEVER_SEEN
    found: datetime | None = None

    @property
    def fate(self) -> tuple[datetime, State] | None:
        """When it dies and how: by itself, or with its host."""
        return min((death for death in (self.death, self.host.death) if death), default=None)


def moments(rng: random.Random, rate: float, days: int) -> Iterator[datetime]:
    """Yield random moments, as many as a Poisson process gives at a rate per 90 days."""
    day = 0.0
    while rate and (day := day + rng.expovariate(rate / 90)) < days:
        yield START + day * DAY


def spans(rng: random.Random, world: World, rate: float, states: Sequence[State], longest: float) -> Iterator[Span]:
    """Yield random times of trouble, from an hour on, short ones as often as long ones by logarithm."""
    for begin in moments(rng, rate, world.days):
        hours = math.exp(rng.uniform(0, math.log(longest * 24)))
        yield Span(begin, begin + hours * HOUR, rng.choice(states), rng.choice((1, 1, rng.random())))


def make(world: World, rng: random.Random) -> tuple[list[Link], list[Span]]:
    """Return the links of a world, and what is to happen to our own network."""
    links = []
    for number in range(world.hosts):
        troubles = [*spans(rng, world, world.outages, OUTAGES, world.longest)]
        troubles += spans(rng, world, world.walls, (State.BLOCKED, State.RATE_LIMITED), 30)
        death = next(((at, rng.choice(HOST_DEATHS)) for at in moments(rng, world.host_deaths, world.days)), None)
        unlucky = rng.choice((0, 0, world.unlucky, world.unlucky * 5))
        host = Host(f"h{number}.example", rng.random(), unlucky, troubles, death)
        for page in range(min(200, int(rng.paretovariate(0.9)))):
            dies = next(((at, rng.choice(LINK_DEATHS)) for at in moments(rng, world.link_deaths, world.days)), None)
            links.append(Link(f"https://{host.name}/{page}", host, rng.random(), dies))
    return links, list(spans(rng, world, world.network_outages, OURS, world.longest))


def luck(*of: object) -> float:
    """Return a random number that is the same for the same things, so that every policy meets the same fate."""
    return crc32(repr(of).encode()) / 2**32


def answer(link: Link, at: datetime, network: Sequence[Span]) -> State:
    """Return what a look at a link observes, or what stands between its host and us."""
    for span in network:
        if span.hits(at, link.host.luck):
            return span.state
    if link.fate and at >= link.fate[0]:
        return link.fate[1]
    for span in link.host.troubles:
        if span.hits(at, link.luck):
            return span.state
    state = BAD_LUCK[int(luck(link.url, at, "kind") * len(BAD_LUCK))]
    # A check asks once more, on a fresh connection, where that may help.
    odds = link.host.unlucky if state is State.NOT_FOUND else link.host.unlucky**2
    return state if luck(link.url, at) < odds else State.OK


@dataclass(frozen=True)
class Policy:
    """What is tried: the rules, the circuit breaker, the time between runs, the time between looks."""

    name: str
    by: tuple[Rule, ...] = rules()
    limits: Limits | None = LIMITS
    every: timedelta = DAY
    due: Callable[[Standing], datetime | None] = recheck.due


@dataclass
class Score:
    """What came of a policy in a world."""

    links: int = 0
    looks: int = 0
    alive: int = 0
    false: Counter[str] = field(default_factory=Counter)
    true: int = 0
    days: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    missed: Counter[str] = field(default_factory=Counter)


def simulate(world: World, policy: Policy, seed: int) -> Score:
    """Run one policy through one world; the world and all bad luck are the same for every policy."""
    links, network = make(world, random.Random(seed))
    rng = random.Random(seed + 1)
    score = Score(links=len(links))
    since: dict[str, datetime] = {}
    jumps = {rng.randrange(world.days): rng.choice((-400, -5, 5, 60, 400)) for _ in range(world.clock_jumps)}
    at = START + 3 * HOUR
    while at < START + world.days * DAY:
        since = run(links, network, policy, at, jumps.get((at - START).days, 0) * DAY, since, score)
        at += policy.every + timedelta(minutes=rng.uniform(-20, 20))
    settle(links, score, START + world.days * DAY)
    return score


def run(
    links: list[Link],
    network: list[Span],
    policy: Policy,
    begin: datetime,
    jump: timedelta,
    since: dict[str, datetime],
    score: Score,
) -> dict[str, datetime]:
    """Look at what is due, and remember what the census of the run lets us; ``jump`` is how wrong our clock is."""
    now = begin + jump
    looked = []
    census = Census()
    due = [link for link in links if (when := policy.due(link.standing)) is None or when <= now]
    for link in due:
        at = begin + 20 * luck(link.url, begin) * timedelta(minutes=1)
        state = answer(link, at, network)
        seen = Observation(at + jump, state, full=True)
        said = at if state not in OURS or state is State.NOT_FOUND else None
        census.note(link.url, link.standing.life, seen, said)
        looked.append((link, seen))
    findings = census.findings(since, now, policy.limits) if policy.limits else None
    score.looks += len(looked)
    for link, seen in looked:
        if findings is None or findings.keeps(link.url, seen):
            remember(link, seen, policy, score, begin)
    return dict(findings.failing_since) if findings else since


def remember(link: Link, seen: Observation, policy: Policy, score: Score, begin: datetime) -> None:
    """Add an observation to a link's history, and say what it means now."""
    before = link.standing.life
    link.history |= History.of([seen])
    link.standing = stand(link.history, seen.at, policy.by)
    if link.standing.life is not Life.DEAD or before is Life.DEAD:
        return
    is_true = link.fate is not None and link.fate[0] <= begin + HOUR
    if not is_true:
        score.false[seen.state] += 1
    elif link.found is None:
        link.found = begin


def settle(links: list[Link], score: Score, end: datetime) -> None:
    """Count the dead that were found, and those that were not though they have been dead for a month."""
    for link in links:
        if link.fate is None:
            score.alive += 1
            continue
        score.true += 1
        kind = f"{'host' if link.fate is link.host.death else 'link'} {link.fate[1]}"
        if link.found:
            score.days[kind].append((link.found - link.fate[0]) / DAY)
        elif end - link.fate[0] > 60 * DAY:
            score.missed[kind] += 1
