"""A repair: addresses of pages that have moved for good are replaced in the files that hold them.

Only ``webUrl`` is, of a record or of a related entry, and only where the article of that record has proven to be at the
new address: the address by which a record is known is never changed, and neither is what is pinned, or what an editor
changed back.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from crawler import corpus
from crawler.change import Because, Change, Outcome, Revision
from crawler.config import Config
from crawler.errors import FileError
from crawler.finding import Finding
from crawler.layout import Key
from crawler.place import value
from crawler.record import Record
from crawler.replace import Replacer
from crawler.report.rot import Report
from crawler.report.rot.summary import Summary
from crawler.standing import Life
from crawler.state import State
from crawler.target import Role

BECAUSE: Final = Because("moved for good, to the same article, and seen twice a week apart")


@dataclass
class Repair:
    """Tells a report of all findings, and keeps what is to be done: by file, ``moved`` are old addresses and new ones,
    ``dead`` are those of articles."""

    report: Report
    moved: dict[Path, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    dead: dict[Path, str] = field(default_factory=dict)

    def finding(self, finding: Finding) -> None:
        """Keep what is to be done because of a finding."""
        self.report.finding(finding)
        if finding.life is Life.DEAD and finding.link.role is Role.ARTICLE:
            self.dead |= {spot.path: finding.link.url for spot in finding.link.spots if spot.place}
        if finding.better and finding.is_proven:
            for spot in finding.link.spots:
                if spot.place:
                    self.moved[spot.path][finding.link.url] = finding.better

    def end(self, summary: Summary) -> None:
        """Let the report end."""
        self.report.end(summary)

    def outcomes(self, config: Config, state: State, now: datetime) -> Iterator[Outcome]:
        """Replace what is to be, file by file, and yield what became of each that had something to replace."""
        with Replacer() as replacer:
            for path, moved in self.moved.items():
                try:
                    if revision := revised(path, moved, config, state):
                        yield corpus.write(revision, replacer)
                        _remember(revision, config, state, now)
                except FileError as error:
                    yield Outcome(path, error=str(error))


def revised(path: Path, moved: Mapping[str, str], config: Config, state: State) -> Revision | None:
    """Return what is to be changed in a file; None for nothing. Raises FileError where it cannot be read."""
    record = corpus.read(path, config)
    if record is None or config.pin.has_file(path):
        return None
    written = state.records.written(path)
    changes = tuple(
        change
        for change in _changes(record, moved)
        if not config.pin.has_field(change.place, record.layout) and not written.is_by_hand(change.place, record.fields)
    )
    return Revision(record, changes) if changes else None


def _changes(record: Record, moved: Mapping[str, str]) -> Iterator[Change]:
    for one in (record, *record.related):
        inner = one.place(Key.WEB_URL)
        if inner is None or inner == one.place(Key.URL):
            continue  # it is the only address, by which the article is known
        old = value(one.fields, inner)
        if isinstance(old, str) and old in moved:
            yield Change((*one.at, *inner), old, moved[old], BECAUSE)


def _remember(revision: Revision, config: Config, state: State, now: datetime) -> None:
    """Remember what was written as ours, as it reads now."""
    path = revision.record.path
    if after := corpus.read(path, config):
        with state.transaction():
            state.records.put_written(path, (change.place for change in revision.changes), after.fields, now)
