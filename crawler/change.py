"""A change to one place of a record, why it is made, and what became of the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.place import Place
from crawler.record import Record
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
    changes: tuple[Change, ...]
    verdicts: tuple[Verdict, ...]
    remember: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What became of one record. ``written`` is False for no change, a dry run or an ``error``."""

    path: Path
    changes: tuple[Change, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    written: bool = False
    error: str | None = None
