"""The looker: one address is asked, its answer weighed, and what that tells of its links entered."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from crawler import corpus
from crawler.condition import ALWAYS, Condition
from crawler.config import Config
from crawler.errors import FileError, RecrawlError
from crawler.fetch import Failure, Fetch, Problem
from crawler.frontier import Ask
from crawler.layout import Key
from crawler.link import Link, Spot
from crawler.place import parse
from crawler.record import Record
from crawler.rot.examiner import Examiner
from crawler.rot.ledger import Ledger
from crawler.rot.look import Look
from crawler.rot.methods import Methods
from crawler.standing import Life
from crawler.state import Known
from crawler.target import Role, Target
from crawler.url import has_credentials, split
from crawler.verdict import State, Verdict

log = logging.getLogger(__name__)

_COMPARED = frozenset((Role.ARTICLE, Role.WEB, Role.AMP, Role.AMP_CACHE, Role.RELATED))


class Looker:
    """Looks at addresses. ``failures`` are those at which a part of ours broke, by why."""

    def __init__(
        self, config: Config, methods: Methods, examiner: Examiner, ledger: Ledger, now: Callable[[], datetime]
    ) -> None:
        self.config = config
        self.methods = methods
        self.examiner = examiner
        self.ledger = ledger
        self.now = now
        self.failures: list[str] = []

    async def look(self, ask: Ask) -> None:
        """Look at one address, unless what is known of its links is enough."""
        known = self.ledger.known(ask)
        if self.ledger.is_enough(ask, known, self.now()):
            return
        try:
            look = await self._look(ask, known[0])
        except RecrawlError:
            raise
        except Exception as error:  # whatever an answer does to us, the run goes on
            log.exception("%s", ask.address)
            self.failures.append(f"{ask.links[0].url}: recrawl itself failed: {type(error).__name__}: {error}")
            look = self._unknown(ask.links[0], f"recrawl itself failed: {type(error).__name__}")
        self.ledger.enter(ask, look, known, self.now())

    async def _look(self, ask: Ask, known: Known) -> Look:
        link = ask.links[0]
        if not ask.address:
            return self._unaskable(link)
        record = self._record(ask)
        was_alive = self.ledger.standing(link.url, known.history, self.now()).life is Life.ALIVE
        fetch, full = await self.methods.ask(
            Target(ask.address, link.role),
            self._condition(known, record),
            is_compared=record is not None,
            was_alive=was_alive,
        )
        own = tuple(str(url) for key in _ADDRESSES if record and (url := record.get(key)))
        weighed = self.examiner.weigh(fetch, record, own)
        look = Look.of(fetch, weighed.verdict, full=full, is_astray=weighed.is_astray, is_proven=weighed.is_proven)
        warning = fetch.warning
        del fetch  # pages are large, and what is left to do takes time
        verdict = await self.examiner.settle(weighed)
        return look.seen_as(replace(verdict, evidence=(*verdict.evidence, warning)) if warning else verdict)

    def _condition(self, known: Known, record: Record | None) -> Condition:
        """Return the condition on which a page is looked at; one that has moved is to be compared with its record."""
        has_moved = known.answer is not None and known.answer.state == State.MOVED_PERMANENTLY
        return ALWAYS if record is not None and has_moved else self.ledger.memory.to_look(known.answer)

    def _unaskable(self, link: Link) -> Look:
        scheme = split(link.url).scheme
        if scheme and scheme not in ("http", "https"):
            return self._unknown(link, f"{scheme}: is no web address", State.SKIPPED)
        reason = "it holds credentials" if has_credentials(link.url) else "it is no http(s) URL"
        problem = Problem(Failure.INVALID, reason)
        fetch = Fetch(Target(link.url, link.role), link.url, self.now(), problem=problem)
        return Look.of(fetch, Verdict(fetch.target, State.INVALID_URL, (reason,)))

    def _unknown(self, link: Link, why: str, state: State = State.UNKNOWN) -> Look:
        fetch = Fetch(Target(link.url, link.role), link.url, self.now())
        return Look.of(fetch, Verdict(fetch.target, state, (why,)))

    def _record(self, ask: Ask) -> Record | None:
        """Return the record that an address is the article of, if it says enough to tell one article from another."""
        spots = (spot for link in ask.links if link.role in _COMPARED for spot in link.spots if spot.place)
        records = (record for spot in spots if (record := self._read(spot)))
        return next((record for record in records if _is_telling(record)), None)

    def _read(self, spot: Spot) -> Record | None:
        try:
            record = corpus.read(spot.path, self.config)
        except FileError:
            return None  # it was changed since its links were gathered
        place = parse(spot.place)
        related = record.related if record else ()
        return next((entry for entry in related if entry.at == place[: len(entry.at)]), record)


_ADDRESSES = (Key.URL, Key.WEB_URL, Key.AMP)


def _is_telling(record: Record) -> bool:
    return isinstance(record.get(Key.TITLE), str) and any(record.get(key) for key in (Key.EXCERPT, Key.PUBLISHED))
