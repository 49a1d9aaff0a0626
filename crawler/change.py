"""A change to one place of a record, why it is made, and what became of the record."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.place import Place
from crawler.record import Record
from crawler.sighting import Sighting
from crawler.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Because:
    """Why a value is changed: the rule, the sources that speak for the new value, and what else was seen."""

    rule: str
    sources: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule} ({', '.join(self.sources)})" if self.sources else self.rule


@dataclass(frozen=True, slots=True)
class Change:
    """One value to write; ``old`` is None where nothing stood there."""

    place: Place
    old: Any
    new: Any
    because: Because


@dataclass(frozen=True)
class Revision:
    """All that is to be changed in one record; no page is in here, so the writer cannot read HTML."""

    record: Record
    changes: tuple[Change, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    sightings: tuple[Sighting, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of one record.

    ``written`` is False for no change, a dry run or an ``error``. ``diff`` is the unified diff of the file where one
    was asked for.
    """

    path: Path
    changes: tuple[Change, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    written: bool = False
    error: str | None = None
    sightings: tuple[Sighting, ...] = ()
    diff: str = ""

    @property
    def failure(self) -> str | None:
        """Why this record could not be checked: our error, or what its first target said; None for no failure."""
        if self.error or not self.verdicts or any(verdict.state.is_article for verdict in self.verdicts):
            return self.error
        return str(self.verdicts[0])
