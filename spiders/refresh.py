"""The refresh spider: a record is one chain of requests, and leaves it as one visit."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler import config, corpus
from crawler.change import Outcome
from crawler.errors import FileError
from crawler.fetch import Failure, Fetch, Problem
from crawler.itinerary import following
from crawler.job import Job
from crawler.record import Record
from crawler.state import State
from crawler.target import Target
from crawler.visit import Visit
from spiders.base import TargetSpider

WINDOW: Final = 500
"""Requests that may wait in the scheduler. Records are read as fast as they can be asked for, never faster, so memory
does not grow with their number; enough of them wait for many sites to have one ready."""


class RefreshSpider(TargetSpider):
    """Visits records.

    ``record -itinerary.following-> Target -> Request -> Response or failure -> Fetch -> ... -> Visit``
    """

    name = "refresh"

    def own_job(self, paths: str = ".", **_unknown: str) -> Job:
        """Read ``-a paths=...``, separated by commas."""
        named = [Path(path) for path in paths.split(",")]
        return Job(named, config.find(named), State.in_memory())

    async def start(self) -> AsyncIterator[Any]:
        """Yield the first request of every record, and an outcome for every file that cannot be read."""
        for item in self.records():
            while self.waiting >= WINDOW:
                await asyncio.sleep(0.05)
            yield self.next_step(item, ()) if isinstance(item, Record) else item

    def records(self) -> Iterator[Record | Outcome]:
        """Read the records one by one, as many as the job allows."""
        count = 0
        for path in corpus.paths(self.job.paths):
            if self.job.limit is not None and count >= self.job.limit:
                return
            try:
                record = corpus.read(path, self.job.config)
            except FileError as error:
                yield Outcome(path, error=str(error))
                continue
            if record is not None and record.url and not self.job.config.policy(record.url).skip:
                count += 1
                yield record

    def next_step(self, record: Record, fetches: tuple[Fetch, ...]) -> Request | Visit:
        """Return the request for the next target of a record, or the visit when there is none."""
        while target := following(record, fetches, self.job.state.amp_status(record.url or "")):
            headers = self._conditions(record, target)
            if request := self.request(target, self.answered, headers, record=record, fetches=fetches):
                return request
            fetches = (*fetches, self._invalid(target))
        return Visit(record, fetches)

    def _conditions(self, record: Record, target: Target) -> dict[str, str]:
        """Ask for what changed only; for all where the record is not as its last check left it."""
        checked = self.job.state.records.get(record.path)
        if self.job.force or checked is None or checked.digest != record.digest:
            return {}
        return self.job.state.conditions(target.url)

    def _invalid(self, target: Target) -> Fetch:
        return Fetch(target, target.url, self.job.now(), problem=Problem(Failure.INVALID, "it cannot be asked"))

    async def answered(
        self, response: Response, target: Target, record: Record, fetches: tuple[Fetch, ...]
    ) -> AsyncIterator[Request | Visit]:
        """Go on with a record after a response."""
        yield self.next_step(record, (*fetches, self.fetch_of(response, target)))

    async def failed(self, failure: TwistedFailure) -> AsyncIterator[Request | Visit]:
        """Go on with a record after a failure."""
        carried = failure.request.cb_kwargs  # type: ignore[attr-defined]
        fetch = self.fetch_of_failure(failure, carried["target"])
        yield self.next_step(carried["record"], (*carried["fetches"], fetch))
