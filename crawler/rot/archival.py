"""An archival: a record whose article is dead gets the address of the copy that an archive has of it.

It is written only at the place that the configuration names for it, and only where nothing stands there: a copy is none
of the addresses of an article.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from crawler import archive, corpus
from crawler.address import AddressPolicy
from crawler.archive import Capture
from crawler.breaker import Breaker
from crawler.change import Because, Change, Outcome, Revision
from crawler.config import Config
from crawler.errors import FileError
from crawler.fetch import OK, Fetch
from crawler.layout import Key
from crawler.manners import Manners
from crawler.place import Place, parse, value
from crawler.record import Record
from crawler.replace import Replacer
from crawler.rot.asker import Asker
from crawler.rot.chain import Question
from crawler.rot.client import Client
from crawler.rot.names import Names
from crawler.standing import Life, stand
from crawler.state import State
from crawler.target import Role, Target

LISTED: Final = 64 * 1024
"""Bytes of a list of captures that are read: it has one."""


@dataclass
class Archival:
    """Asks the archive of a configuration for pages, and writes where their copies are; ``now`` is the clock."""

    config: Config
    state: State
    now: Callable[[], datetime]

    def outcomes(self, dead: Mapping[Path, str]) -> Iterator[Outcome]:
        """Yield what became of each file, given with the address of its dead article, that can be given a copy's."""
        place, wanted = parse(self.config.archive_field), list[Record]()
        for path in dead:
            try:
                record = corpus.read(path, self.config)
            except FileError as error:
                yield Outcome(path, error=str(error))
                continue
            if record and record.url == dead[path] and self._is_free(record, place) and not self._lives(record):
                wanted.append(record)
        found = asyncio.run(self._captures(wanted)) if wanted else []
        with Replacer() as replacer:
            for record, (capture, why) in zip(wanted, found, strict=True):
                if capture is None:
                    yield Outcome(record.path, error=f"{record.path}: {why}" if why else None)
                    continue
                yield self._written(record, place, capture, replacer)

    def _is_free(self, record: Record, place: Place) -> bool:
        pin = self.config.pin
        is_pinned = pin.has_file(record.path) or pin.has_field(place, record.layout)
        was_removed = self.state.records.written(record.path).is_by_hand(place, record.fields)
        return not (value(record.fields, place) or is_pinned or was_removed)

    def _lives(self, record: Record) -> bool:
        """Tell whether an article that is dead at the address by which it is known lives where it is now."""
        address = record.get(Key.WEB_URL)
        return bool(address) and stand(self.state.urls.history(str(address)), self.now()).life is Life.ALIVE

    def _written(self, record: Record, place: Place, capture: Capture, replacer: Replacer) -> Outcome:
        address = archive.shown_url(self.config.archive, capture)
        because = Because(f"its article is dead; this is how it was on {capture.at:%Y-%m-%d}")
        change = Change(place, value(record.fields, place), address, because)
        try:
            outcome = corpus.write(Revision(record, (change,)), replacer)
        except FileError as error:
            return Outcome(record.path, error=str(error))
        if after := corpus.read(record.path, self.config):
            with self.state.transaction():
                self.state.records.put_written(record.path, (place,), after.fields, self.now())
        return outcome

    async def _captures(self, records: Sequence[Record]) -> list[tuple[Capture | None, str]]:
        """Return for each record the capture nearest to its day, or why nobody can tell whether there is one."""
        # Of all servers the Internet Archive's is asked no faster than it asks for.
        is_usual = self.config.archive == Config.archive
        config = replace(self.config, delay=max(self.config.delay, archive.INDEX_DELAY)) if is_usual else self.config
        policy = AddressPolicy.parse(config.allow_private)
        client = Client(policy, config.user_agent, archive.TIMEOUT, config.concurrency)
        manners = Manners(config, Breaker(), self.state.restraints, self.now)
        asker = Asker(config, client, Names(policy, config.timeout), manners, self.state.robots, self.now)
        try:
            return [_found(await asker.fetch(self._target(record), Question(most=LISTED))) for record in records]
        finally:
            await client.close()

    def _target(self, record: Record) -> Target:
        published = record.get(Key.PUBLISHED)
        near = published if isinstance(published, date) else None
        return Target(archive.index_url(self.config.archive, record.url or "", near), Role.ARCHIVE_INDEX)


def _found(fetch: Fetch) -> tuple[Capture | None, str]:
    if fetch.status == OK:
        return archive.capture_of(fetch.body), ""
    why = fetch.problem.detail if fetch.problem else f"it answered {fetch.status}"
    return None, f"the archive cannot tell whether it has a copy: {why}"
