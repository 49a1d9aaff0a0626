"""A census: what the links of one run say together, which one link alone cannot: whose fault a failure is.

Hosts that go down take all their links along, our own network takes all hosts along. Such failures are one event, not
hundreds, and are not held against the links before a later run has seen the same. Counting does not depend on the
order of arrival, and takes the same memory for a host with ten links and with a million.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final

from crawler.observation import Observation, Weight
from crawler.rule import APART
from crawler.standing import Life
from crawler.url import host
from crawler.verdict import State

EVERYWHERE: Final = ""
"""The host of an event that concerns the whole run."""

CLOCK: Final = timedelta(days=1)
"""How far our clock may be from what servers say before it is not believed: strikes are days apart."""

_NOT_THERE: Final = frozenset({State.DNS_FAILURE, State.CONNECTION_REFUSED, State.UNREACHABLE})


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much for one run: more than ``host_share`` of the links of a host that were alive, more than
    ``run_share`` of the hosts, and ``few`` of them at least, for two of three are no crowd.

    What has failed together for ``patience`` is down, not unlucky.
    """

    host_share: float = 0.3
    run_share: float = 0.2
    few: int = 3
    patience: timedelta = APART


@dataclass(slots=True)
class Tally:
    """What was seen of one host: how many links had been alive, how many of these are not now, how many of all are, the
    states of the others, and how many answers agreed with our clock."""

    were_alive: int = 0
    changed: int = 0
    alive: int = 0
    states: Counter[str] = field(default_factory=Counter)
    clock_right: int = 0
    clock_wrong: int = 0

    @property
    def has_failed(self) -> bool:
        """Whether links of it had been alive, and nothing of it is."""
        return self.were_alive > 0 and not self.alive

    @property
    def state(self) -> str:
        """The commonest state of what is not alive."""
        return max(sorted(self.states), key=lambda state: self.states[state], default="")

    @property
    def down(self) -> str:
        """The state of a host that is not there at all, whichever page of it is asked for; empty for any other.

        It holds for links, too, that were spared because of it. A timeout is not enough: one page may be slow.
        """
        return self.state if not self.alive and len(self.states) == 1 and self.state in _NOT_THERE else ""

    def add(self, other: "Tally") -> None:
        """Count what another process has seen, too."""
        self.were_alive += other.were_alive
        self.changed += other.changed
        self.alive += other.alive
        self.states.update(other.states)
        self.clock_right += other.clock_right
        self.clock_wrong += other.clock_wrong


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that befell many: ``changed`` of the ``of`` links of a host that were alive, or, where the host is
    `EVERYWHERE`, of the hosts of the run. ``since`` is when it was first seen. What ``is_suspect`` may pass, and is not
    held against the links yet."""

    host: str
    changed: int
    of: int
    state: str
    since: datetime
    is_suspect: bool

    def __str__(self) -> str:
        what = f"{self.host}: {{}} of {{}} links" if self.host else "{} of {} hosts"
        known = "not held against them yet" if self.is_suspect else f"first seen on {self.since:%Y-%m-%d}"
        return f"{what.format(self.changed, self.of)} that were alive fail together ({self.state}), {known}"


@dataclass(frozen=True, slots=True)
class Findings:
    """What a census has found: events, hosts whose failures are to be dropped, and since when hosts fail together.

    ``failing_since`` is what the next census is to be told.
    """

    events: tuple[Event, ...]
    suspects: frozenset[str]
    failing_since: Mapping[str, datetime]
    clock_is_wrong: bool = False

    def keeps(self, url: str, observation: Observation) -> bool:
        """Tell whether an observation of the run is to be remembered; a sign of life always, if its time is known."""
        return not self.clock_is_wrong and (observation.weight is Weight.LIFE or host(url) not in self.suspects)


@dataclass(slots=True)
class Census:
    """The tallies of one run, by host."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def note(self, url: str, before: Life, seen: Observation, said: datetime | None = None) -> None:
        """Count one link of the run: what it was before, what was observed, and what time its server said it was."""
        weight = seen.weight
        if weight is Weight.NOTHING:
            return
        tally = self.tallies.setdefault(host(url), Tally())
        tally.were_alive += before is Life.ALIVE
        tally.changed += before is Life.ALIVE and weight is not Weight.LIFE
        tally.alive += weight is Weight.LIFE
        if weight is not Weight.LIFE:
            tally.states[seen.state] += 1
        if said is not None:
            is_wrong = abs(said - seen.at) > CLOCK
            tally.clock_wrong += is_wrong
            tally.clock_right += not is_wrong

    def add(self, other: "Census") -> None:
        """Count what another process of the same run has seen, too."""
        for name, tally in other.tallies.items():
            self.tallies.setdefault(name, Tally()).add(tally)

    def findings(self, since: Mapping[str, datetime], now: datetime, limits: Limits = Limits()) -> Findings:
        """Say what the run has seen as a whole; ``since`` is when hosts were first seen to fail together, by host."""
        if _clock_is_wrong(self.tallies, limits):
            return Findings((), frozenset(), since, clock_is_wrong=True)
        everywhere = self._everywhere(since, now, limits)
        events = (*everywhere, *self._by_host(since, now, limits))
        suspects = self._suspects(events)
        failing = {event.host for event in events} | {name for name in suspects if self.tallies[name].has_failed}
        # A host is up again where it answers, and all but a few of its links do.
        up = {name for name, tally in self.tallies.items() if tally.alive and name not in failing}
        up |= set() if everywhere else {EVERYWHERE}
        return Findings(
            events=events,
            suspects=suspects,
            failing_since=dict.fromkeys(sorted(failing), now) | {n: at for n, at in since.items() if n not in up},
        )

    def _by_host(self, since: Mapping[str, datetime], now: datetime, limits: Limits) -> Iterator[Event]:
        """Yield the hosts of which too many links failed."""
        for name, tally in sorted(self.tallies.items()):
            if _is_too_much(tally.changed, tally.were_alive, limits.host_share, limits):
                first = since.get(name, now)
                yield Event(name, tally.changed, tally.were_alive, tally.state, first, now - first < limits.patience)

    def _everywhere(self, since: Mapping[str, datetime], now: datetime, limits: Limits) -> tuple[Event, ...]:
        """Return the event of a run in which too many hosts failed that are not known to be down."""
        fresh = (tally for name, tally in self.tallies.items() if now - since.get(name, now) < limits.patience)
        asked = [tally for tally in fresh if tally.were_alive]
        failed = [tally for tally in asked if tally.has_failed]
        if not _is_too_much(len(failed), len(asked), limits.run_share, limits):
            return ()
        states = Counter(tally.state for tally in failed)
        state = max(sorted(states), key=lambda name: states[name])
        # A network of ours may be down for days; a web in which a fifth of all hosts fail in every run is the real one.
        first = since.get(EVERYWHERE, now)
        return (Event(EVERYWHERE, len(failed), len(asked), state, first, now - first < limits.patience),)

    def _suspects(self, events: Iterable[Event]) -> frozenset[str]:
        """Return the hosts whose failures say nothing of their links yet."""
        suspects = {event.host for event in events if event.is_suspect}
        if EVERYWHERE in suspects:
            suspects |= {name for name, tally in self.tallies.items() if not tally.alive}
        return frozenset(suspects - {EVERYWHERE})


def _is_too_much(part: int, whole: int, share: float, limits: Limits) -> bool:
    return part >= limits.few and part > share * whole


def _clock_is_wrong(tallies: Mapping[str, Tally], limits: Limits) -> bool:
    """Tell whether most servers disagree with our clock: one of them may be wrong, most are not."""
    votes = [
        tally.clock_wrong > tally.clock_right for tally in tallies.values() if tally.clock_wrong + tally.clock_right
    ]
    return _is_too_much(sum(votes), len(votes), 0.5, limits)


def server_time(headers: Mapping[str, str]) -> datetime | None:
    """Return what time a server says it is (RFC 9110, section 6.6.1; names in lower case), None where it does not.

    What a cache has kept for a while says the time at which it was made, and how long ago that was (RFC 9111, 5.1).
    """
    try:
        age = timedelta(seconds=int(headers.get("age", "0")))
        return _date(headers["date"]) + age
    except (KeyError, ValueError, OverflowError):
        return None


# Servers that are asked at a time answer in the same seconds.
@lru_cache(maxsize=256)
def _date(text: str) -> datetime:
    at = parsedate_to_datetime(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
