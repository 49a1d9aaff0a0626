"""The refresh spider: a record is one chain of requests, and leaves it as one visit."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler import archive, corpus
from crawler.allowance import USUAL
from crawler.change import Outcome
from crawler.condition import ALWAYS, Condition
from crawler.fetch import Fetch
from crawler.itinerary import following
from crawler.record import Record
from crawler.target import Target
from crawler.verdict import State
from crawler.visit import Visit
from spiders.base import TargetSpider

_CLOSED: Final = frozenset({State.PAYWALLED, State.ROBOTS_DISALLOWED})
"""What a page once was whose captures are not asked for."""


class RefreshSpider(TargetSpider):
    """Visits records.

    ``record -itinerary.following-> Target -> Request -> Response or failure -> Fetch -> ... -> Visit``
    """

    name = "refresh"

    async def start(self) -> AsyncIterator[Any]:
        """Yield the first request of every record, and an outcome for every file that cannot be read."""
        visited = 0
        for path in self.job.files:
            await self.room()
            if self.job.limit is not None and visited >= self.job.limit:
                return
            first = self.first_step(path)
            if first is not None:
                needed = self._needed(first)
                if not await self.allowed(needed):
                    return
                self.job.under_way[path] = needed
                visited += isinstance(first, Request) and not self.job.config.policy(first.url).skip
                yield first

    def first_step(self, path: Path) -> Request | Visit | Outcome | None:
        """Read a file, and return the first request of its record; None where it holds none, or is not meant."""
        try:
            record = corpus.read(path, self.job.config)
            if record is not None and record.url:
                return self.next_step(record, ()) if self._is_taken(record) else None
        except Exception as error:  # noqa: BLE001 - a file that cannot be read, or one that breaks us, costs one record
            return Outcome.broken(path, error)
        self.job.summary.others += 1
        return None

    def _needed(self, first: Request | Visit | Outcome) -> int:
        """Return the requests that a record may need."""
        if not isinstance(first, Request):
            return 0
        related = first.cb_kwargs["record"].related if self.job.config.related else ()
        return USUAL * (1 + len(related))

    def _is_taken(self, record: Record) -> bool:
        checked = self.job.state.records.get(record.path)
        is_taken = self.job.selection.takes(record, self.job.now(), checked.at if checked else None)
        self.job.summary.passed += not is_taken
        return is_taken

    def next_step(self, record: Record, fetches: tuple[Fetch, ...], before: tuple[Visit, ...] = ()) -> Request | Visit:
        """Return the request for the next target of a record, or the visit when there is none.

        The entries of its list of related articles are visited after it, one by one; ``before`` are the visits so far.
        """
        while target := self._following(record, fetches):
            condition = self._condition(record, target)
            fetches = tuple(fetch.unread() for fetch in fetches)
            request = self.request(target, self.answered, condition, record=record, fetches=fetches, before=before)
            if request:
                return request
            fetches = (*fetches, self.unaskable(target))
        whole, *related = (*before, Visit(record, fetches))
        entries = whole.record.related if self.job.config.related else ()
        if len(related) < len(entries):
            return self.next_step(entries[len(related)], (), (whole, *related))
        return replace(whole, related=tuple(related))

    def _following(self, record: Record, fetches: tuple[Fetch, ...]) -> Target | None:
        state = self.job.state
        if target := following(record, fetches, state.amp_status(record.url or "")):
            return target
        if not self.job.archive or any(seen.state in _CLOSED for seen in state.urls.history(record.url or "")):
            return None
        return archive.following(record, fetches, self.job.config.archive)

    def _condition(self, record: Record, target: Target) -> Condition:
        """Ask for what changed only; for all where the record is not as its last check left it."""
        checked = self.job.state.records.get(record.path)
        if self.job.force or checked is None or checked.digest != record.digest:
            return ALWAYS
        return self.job.state.to_read(target.url)

    async def answered(
        self, response: Response, target: Target, record: Record, fetches: tuple[Fetch, ...], before: tuple[Visit, ...]
    ) -> AsyncIterator[Request | Visit]:
        """Go on with a record after a response."""
        yield self.next_step(record, (*fetches, self.fetch_of(response, target)), before)

    async def failed(self, failure: TwistedFailure) -> AsyncIterator[Request | Visit]:
        """Go on with a record after a failure."""
        carried = failure.request.cb_kwargs  # type: ignore[attr-defined]
        fetch = self.fetch_of_failure(failure, carried["target"])
        yield self.next_step(carried["record"], (*carried["fetches"], fetch), carried["before"])
