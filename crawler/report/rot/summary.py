"""A summary of a link check: how many links live, fail, are dead or cannot be told, by state, by site and by file."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from crawler.census import Event
from crawler.finding import Finding
from crawler.standing import Life
from crawler.url import is_web, site

WORST_FIRST: Final = (Life.DEAD, Life.FAILING, Life.UNSURE, Life.ALIVE)
"""The order in which people want to hear of them."""

Tallies = Mapping[str, Counter[Life]]
"""How many links of a name (a site, a file) live, fail and so on."""


@dataclass
class Summary:
    """Counts over findings.

    ``sites`` and ``files`` hold those with links that do not live; a link in two files counts in both. ``moved`` are
    links for which there is a better address. ``events`` are what befell many links at once, ``hint`` what may explain
    it all. ``began`` and ``ended`` are the times of the run.
    """

    began: datetime
    ended: datetime | None = None
    lives: Counter[Life] = field(default_factory=Counter)
    states: dict[Life, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sites: dict[str, Counter[Life]] = field(default_factory=lambda: defaultdict(Counter))
    files: dict[str, Counter[Life]] = field(default_factory=lambda: defaultdict(Counter))
    moved: int = 0
    events: tuple[Event, ...] = ()
    interrupted: bool = False
    hint: str = ""

    def add(self, finding: Finding) -> None:
        """Count one finding."""
        self.lives[finding.life] += 1
        self.states[finding.life][finding.verdict.state] += 1
        self.moved += bool(finding.better)
        if finding.life is not Life.ALIVE:
            if is_web(finding.link.url):
                self.sites[site(finding.link.url)][finding.life] += 1
            for path in {spot.path for spot in finding.link.spots}:
                self.files[str(path)][finding.life] += 1

    @property
    def links(self) -> int:
        """How many links were looked at."""
        return self.lives.total()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known beside the numbers: what befell many links at once, and what may explain it all."""
        return (*map(str, self.events), *filter(None, (self.hint,)))

    def __str__(self) -> str:
        lives = (f"{self.lives[life]:,} {life}" for life in reversed(WORST_FIRST) if self.lives[life])
        moved = (f"{self.moved:,} moved for good",) if self.moved else ()
        return ("interrupted: " if self.interrupted else "") + ", ".join((_count(self.links, "link"), *lives, *moved))


def worst(tallies: Tallies, most: int | None = None) -> list[tuple[str, Counter[Life]]]:
    """Return the names with the most dead links first, then the most failing and so on; at most ``most`` of them."""
    return sorted(tallies.items(), key=lambda item: (*(-item[1][life] for life in WORST_FIRST), item[0]))[:most]


def told(tally: Mapping[Life, int]) -> str:
    """Return how many live, fail and so on in words, the worst first: "2 dead, 1 failing"."""
    return ", ".join(f"{tally[life]:,} {life}" for life in WORST_FIRST if tally.get(life))


def by_state(summary: Summary) -> Iterator[tuple[Life, str, int]]:
    """Yield how many links have each state, the worst first, and the commonest of these."""
    for life in WORST_FIRST:
        counts = summary.states.get(life, Counter())
        yield from ((life, state, count) for state, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
