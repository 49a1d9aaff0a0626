"""A world for `benchmarks/linkrot`: hosts and links, what befalls them over time, and what a look at one sees."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zlib import crc32

from crawler.verdict import State

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

LINK_DEATHS = (State.NOT_FOUND, State.NOT_FOUND, State.NOT_FOUND, State.GONE, State.SOFT_404, State.REDIRECT_HOME)
HOST_DEATHS = (State.DNS_FAILURE, State.PARKED, State.CONNECTION_REFUSED, State.TIMEOUT, State.NOT_FOUND)
OUTAGES = (
    *(State.SERVER_ERROR, State.SERVER_ERROR, State.TIMEOUT, State.CONNECTION_REFUSED, State.CONNECTION_RESET),
    *(State.DNS_FAILURE, State.DNS_TROUBLE, State.PARKED, State.NOT_FOUND, State.SOFT_404, State.REDIRECT_HOME),
)
WALLS = (State.BLOCKED, State.RATE_LIMITED)
OURS = (State.TIMEOUT, State.DNS_TROUBLE, State.DNS_FAILURE, State.UNREACHABLE, State.NOT_FOUND)
BAD_LUCK = (State.SERVER_ERROR, State.TIMEOUT, State.CONNECTION_RESET, State.NOT_FOUND)
ANSWERED = frozenset({*LINK_DEATHS, *WALLS, State.OK, State.PARKED, State.SERVER_ERROR})
"""What a server said, and so told its time with."""


@dataclass(frozen=True)
class World:
    """How hard the world is, and how often somebody checks; rates are per host (``link_deaths`` per link) in 90 days.

    ``longest`` is the longest outage, in days; ``unlucky`` is how often a single request to some hosts fails.
    """

    name: str
    hosts: int = 500
    days: int = 90
    every: timedelta = DAY
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
    """A time in which something is wrong, with a share of links or hosts (told by their luck, so always the same)."""

    begin: datetime
    end: datetime
    state: State
    share: float = 1

    def hits(self, at: datetime, luck: float) -> bool:
        """Tell whether it befalls somebody now."""
        return self.begin <= at < self.end and luck < self.share


Death = tuple[datetime, State]


@dataclass
class Host:
    """A host and what is to happen to it."""

    name: str
    luck: float
    unlucky: float
    troubles: list[Span]
    death: Death | None


@dataclass
class Link:
    """A link and what is to happen to it."""

    url: str
    host: Host
    luck: float
    death: Death | None

    @cached_property
    def fate(self) -> Death | None:
        """When it dies and how: by itself, or with its host."""
        return min((death for death in (self.death, self.host.death) if death), default=None)


@dataclass
class Fate:
    """All that is to happen in one world: the same for every policy that is tried in it."""

    world: World
    seed: int
    links: list[Link] = field(default_factory=list)
    network: list[Span] = field(default_factory=list)
    jumps: dict[int, timedelta] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World, seed: int) -> "Fate":
        """Make one world of a kind."""
        rng = random.Random(seed)
        fate = cls(world, seed)
        for number in range(world.hosts):
            fate.links += _links(rng, world, f"h{number}.example")
        fate.network = list(_spans(rng, world, world.network_outages, OURS, world.longest))
        jumps = (-400, -5, 5, 60, 400)
        fate.jumps = {rng.randrange(world.days): rng.choice(jumps) * DAY for _ in range(world.clock_jumps)}
        return fate

    def see(self, link: Link, at: datetime) -> State:
        """Return what a look at a link observes."""
        if (state := self.lasting(link, at)) is not State.OK:
            return state
        state = BAD_LUCK[int(luck(link.url, at, "kind") * len(BAD_LUCK))]
        # A check asks once more, on a fresh connection, where that may help.
        odds = link.host.unlucky if state is State.NOT_FOUND else link.host.unlucky**2
        return state if luck(link.url, at) < odds else State.OK

    def lasting(self, link: Link, at: datetime) -> State:
        """Return what there is to be seen of a link, bad luck with one request apart."""
        for span in self.network:
            if span.hits(at, link.host.luck):
                return span.state
        if link.fate and at >= link.fate[0]:
            return link.fate[1]
        return next((span.state for span in link.host.troubles if span.hits(at, link.luck)), State.OK)

    def hidden_for(self, link: Link, at: datetime) -> timedelta:
        """Return for how long nobody can have seen a link alive: outages may meet, and follow one upon another."""
        time = timedelta()
        while self.lasting(link, at - time) is not State.OK:
            time += HOUR
        return time


def luck(*of: object) -> float:
    """Return a random number from 0 to 1 that is the same for the same things."""
    return crc32(repr(of).encode()) / 2**32


def _links(rng: random.Random, world: World, name: str) -> Iterator[Link]:
    troubles = list(_spans(rng, world, world.outages, OUTAGES, world.longest))
    troubles += _spans(rng, world, world.walls, WALLS, 30)
    unlucky = rng.choice((0, 0, world.unlucky, world.unlucky * 5))
    host = Host(name, rng.random(), unlucky, troubles, _death(rng, world, world.host_deaths, HOST_DEATHS))
    for page in range(min(200, int(rng.paretovariate(0.9)))):
        yield Link(f"https://{name}/{page}", host, rng.random(), _death(rng, world, world.link_deaths, LINK_DEATHS))


def _death(rng: random.Random, world: World, rate: float, kinds: Sequence[State]) -> Death | None:
    return next(((at, rng.choice(kinds)) for at in _moments(rng, rate, world.days)), None)


def _moments(rng: random.Random, rate: float, days: int) -> Iterator[datetime]:
    """Yield random moments, as many as a Poisson process gives at a rate per 90 days."""
    day = 0.0
    while rate and (day := day + rng.expovariate(rate / 90)) < days:
        yield START + day * DAY


def _spans(rng: random.Random, world: World, rate: float, states: Sequence[State], longest: float) -> Iterator[Span]:
    """Yield random times of trouble, from an hour on, short ones as often as long ones by logarithm."""
    for begin in _moments(rng, rate, world.days):
        hours = math.exp(rng.uniform(0, math.log(longest * 24)))
        yield Span(begin, begin + hours * HOUR, rng.choice(states), rng.choice((1, 1, rng.random())))
