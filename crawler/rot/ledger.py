"""The ledger: what every look means by its link's history; told at once, or when the run as a whole is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from crawler.breaker import NETWORK_HOSTS, Breaker
from crawler.census import Census, Findings
from crawler.errors import ReportError
from crawler.finding import Finding
from crawler.frontier import Ask, Frontier
from crawler.funnel import Funnels
from crawler.history import History
from crawler.link import Link
from crawler.observation import Observation, Weight
from crawler.report.rot import Report
from crawler.report.rot.summary import Summary
from crawler.rot.look import Look
from crawler.rule import Rule
from crawler.standing import NEVER_SEEN, Standing, stand
from crawler.state import Known
from crawler.state import State as Memory
from crawler.target import Target
from crawler.url import host, without_tracking
from crawler.verdict import State, Verdict

AT_ONCE: Final = 256
"""Findings that are kept in one transaction, and told then. `Ledger.flush` keeps what is left over."""

_SPARED: Final = frozenset((State.SITE_NOT_ANSWERING, State.NETWORK_DOWN))
"""What was not asked for what was seen of others; what that was is known at the end."""

_MOVED: Final = frozenset((State.MOVED_PERMANENTLY, State.MOVED_TEMPORARILY))
_UNREACHED: Final = frozenset(
    (State.TIMEOUT, State.UNREACHABLE, State.CONNECTION_REFUSED, State.CONNECTION_RESET, State.DNS_FAILURE)
)
"""What our own network may be to blame for."""


@dataclass
class Ledger:
    """Keeps, counts and tells findings.

    ``rules`` are those by which links are dead, ``since`` is how long ago a link may have been seen alive that is not
    asked again, ``resumed`` is when a run began that was broken off, and that this one goes on with.
    """

    memory: Memory
    frontier: Frontier
    report: Report
    summary: Summary
    rules: Sequence[Rule]
    breaker: Breaker
    since: timedelta | None = None
    resumed: datetime | None = None
    census: Census = field(default_factory=Census)
    funnels: Funnels = field(default_factory=Funnels)
    untold: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        # A run meets few hosts and many links.
        self.forgiven = lru_cache(maxsize=4096)(lambda name: self.memory.hosts.get(name).forgiven)

    def standing(self, url: str, history: History, now: datetime) -> Standing:
        """Return what a link's history means by now."""
        return stand(history, now, self.rules, self.forgiven(host(url))) if history else NEVER_SEEN

    def known(self, ask: Ask) -> list[Known]:
        """Return what is known of each link of an address."""
        return [self.memory.urls.known(link.url) for link in ask.links]

    def is_enough(self, ask: Ask, known: list[Known], now: datetime) -> bool:
        """Tell whether an address need not be asked, and tell what is known of its links if so."""
        if not all(self._is_recent(one.history, now) for one in known):
            return False
        for link, one in zip(ask.links, known, strict=True):
            standing = self.standing(link.url, one.history, now)
            self._tell(Finding(link, self._repeated(link, one), standing, history=one.history))
        return True

    def _is_recent(self, history: History, now: datetime) -> bool:
        last = history.observations[-1] if history.observations else None
        if last is None:
            return False
        if self.resumed and last.at >= self.resumed:
            return True
        return self.since is not None and last.weight is Weight.LIFE and now - last.at <= self.since

    def _repeated(self, link: Link, known: Known) -> Verdict:
        last = known.history.observations[-1]
        target = Target(link.url, link.role)
        end = known.answer.final_url if known.answer else ""
        if self.resumed and last.at >= self.resumed and last.state in set(State):
            return Verdict(target, State(last.state), tuple(filter(None, (last.detail,))), end)
        return Verdict(target, State.SKIPPED, (f"{last.state} on {last.at:%Y-%m-%d}, not asked again",), end)

    def enter(self, ask: Ask, look: Look, known: list[Known], now: datetime) -> None:
        """Note a look, and tell what it means of each link, unless that cannot be told before the end."""
        is_sent_elsewhere = look.is_astray and look.verdict.state in _MOVED
        if is_sent_elsewhere:
            self.funnels.note(ask.address, look.sighting.final_url)
        for link, one in zip(ask.links, known, strict=True):
            before = self.standing(link.url, one.history, now)
            if not is_sent_elsewhere:
                self.census.note(ask.address, before.life, look.sighting.observation, look.said)
            if is_sent_elsewhere or self._waits(before, look.sighting.observation):
                self.frontier.hold(ask, look.at(link).to_json())
            else:
                self._keep(link, look.at(link), one, now)

    def _waits(self, before: Standing, seen: Observation) -> bool:
        """Tell whether others may show that a look says nothing of its link."""
        if seen.state in _SPARED:
            return True
        if not seen.weight.is_strike or seen.weight is Weight.IMPOSSIBLE:
            return False
        return before.last is not None or (seen.state in _UNREACHED and not self.breaker.answered)

    def _keep(self, link: Link, look: Look, known: Known, now: datetime) -> None:
        """Remember a look, if it was one, and tell what its link's history says now."""
        history, better = known.history, ""
        if look.sighting.observation.weight is not Weight.NOTHING:
            self.memory.begin()
            history = self.memory.see(look.sighting, known, to_read=False)
            better = self._better(look)
        standing = self.standing(link.url, history, now)
        self._tell(Finding(link, look.verdict, standing, better, history, is_proven=look.is_proven))

    def _better(self, look: Look) -> str:
        """Return where a link has moved for good, as far as that is settled."""
        if look.verdict.state is not State.MOVED_PERMANENTLY:
            return ""
        end = look.sighting.final_url
        move = self.memory.urls.move(look.sighting.url)
        return without_tracking(end) if move and move.is_settled(end, look.sighting.at) else ""

    def _tell(self, finding: Finding) -> None:
        self.untold.append(finding)
        if len(self.untold) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Have what was found kept for good, then tell it. Raises ReportError where nobody listens."""
        self.memory.commit()
        told, self.untold = self.untold, []
        for finding in told:
            self.summary.add(finding)
            try:
                self.report.finding(finding)
            except OSError as error:
                raise ReportError(f"the report cannot be written: {error.strerror}") from error

    def close(self, now: datetime) -> None:
        """Tell what had to wait, as the run as a whole shows it."""
        for ask, link, look in self._held():
            if look.is_astray:
                before = self.standing(link.url, self.memory.urls.history(link.url), now)
                self.census.note(ask.address, before.life, look.sighting.observation, look.said)
        found = self.census.findings(self.memory.hosts.failing(), now)
        self.summary.events = found.events
        is_offline = not self.breaker.answered and len(self.breaker.failed) >= NETWORK_HOSTS
        if is_offline:
            self.summary.hint = f"None of {len(self.breaker.failed)} hosts has answered: is this machine connected?"
        for ask, link, look in self._held():
            seen = self._reviewed(ask, look, found, is_offline=is_offline)
            self._keep(link, seen, self.memory.urls.known(link.url), now)
        self.memory.hosts.put_failing(found.failing_since)
        self.flush()

    def _held(self) -> Iterator[tuple[Ask, Link, Look]]:
        """Yield what had to wait, and what it is where others were sent to the same place."""
        for ask, text in self.frontier.held():
            look = Look.from_json(text)
            if look.is_astray and self.funnels.has(ask.address, look.sighting.final_url):
                look = look.as_state(State.REDIRECT_HOME, "others of its host are sent there, too")
            yield ask, next(link for link in ask.links if link.url == look.sighting.url), look

    def _reviewed(self, ask: Ask, look: Look, found: Findings, *, is_offline: bool) -> Look:
        """Return a look as it is seen in the light of all others."""
        state = look.verdict.state
        if is_offline and state in _UNREACHED:
            return look.as_state(State.NETWORK_DOWN, "nothing has answered in this run")
        tally = self.census.tallies.get(host(ask.address))
        if state in _SPARED and tally and tally.down and not is_offline:
            look = look.as_state(State(tally.down), "as others of its host")
        if found.keeps(ask.address, look.sighting.observation):
            return look
        return look.as_state(State.SITE_NOT_ANSWERING, f"{state}; not held against it, since its host fails as a whole")
