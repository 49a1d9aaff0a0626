"""A change to one place of a record, why it is made, and what became of the record."""

from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import Any

from crawler.errors import RecrawlError
from crawler.layout import Key
from crawler.place import Place
from crawler.record import Record
from crawler.sighting import Sighting
from crawler.stated import Stated
from crawler.target import ELSEWHERE
from crawler.verdict import State, Verdict


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


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that is left as it is, or left out, and why; ``seen`` is what spoke for another one."""

    key: Key
    why: str
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Revision:
    """All that is to be changed in one record; no page is in here, so the writer cannot read HTML."""

    record: Record
    changes: tuple[Change, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    stated: Stated | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one record.

    ``written`` is False for no change, a dry run or an ``error``. ``diff`` is the unified diff of the file where one
    was asked for. ``is_unfinished`` says that not all could be asked that was to be, so that it is asked again.
    """

    path: Path
    changes: tuple[Change, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    written: bool = False
    error: str | None = None
    sightings: tuple[Sighting, ...] = ()
    diff: str = ""
    stated: Stated | None = None
    is_unfinished: bool = False

    @classmethod
    def broken(cls, path: Path, error: Exception) -> "Outcome":
        """Return the outcome of a record at which a part of ours raised an error that nobody had foreseen."""
        if isinstance(error, RecrawlError):
            return cls(path, error=str(error))
        frames = extract_tb(error.__traceback__)
        where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
        return cls(path, error=f"{path}: recrawl itself failed: {type(error).__name__}: {error}{where}")

    @property
    def failed(self) -> Verdict | None:
        """What the first target said that was asked, where none of them gave the article; None for no failure.

        An archived copy is no sign of life, and related articles have lives of their own.
        """
        asked = [one for one in self.verdicts if one.state is not State.SKIPPED and one.target.role not in ELSEWHERE]
        return None if any(verdict.state.is_article for verdict in asked) else next(iter(asked), None)

    @property
    def failure(self) -> str | None:
        """Why this record could not be checked: our error, or what its first target said; None for no failure."""
        return self.error or (str(self.failed) if self.failed else None)

    @property
    def is_skipped(self) -> bool:
        """Whether nothing was asked, because the configuration says so."""
        return bool(self.verdicts) and all(verdict.state is State.SKIPPED for verdict in self.verdicts)

    @property
    def is_unchanged(self) -> bool:
        """Whether a server said that nothing has changed since the article was last read."""
        return any(sighting.is_unchanged for sighting in self.sightings)
