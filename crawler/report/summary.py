"""A summary: what became of the records of one run, in numbers, with the name of every failure."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from crawler.change import Outcome


@dataclass(frozen=True, slots=True)
class Failed:
    """A record that could not be checked.

    ``reason`` is the state of what was asked (`crawler.verdict.State`), empty where it was our own error; ``detail``
    is what was seen, ``url`` where.
    """

    path: Path
    reason: str
    detail: str
    url: str = ""

    @classmethod
    def of(cls, outcome: Outcome) -> "Failed | None":
        """Return why a record could not be checked, None where it could."""
        if outcome.error:
            return cls(outcome.path, "", outcome.error)
        verdict = outcome.failed
        if verdict is None:
            return None
        return cls(outcome.path, verdict.state, "; ".join(verdict.evidence), verdict.target.url)


@dataclass
class Summary:
    """Counts over outcomes.

    ``unchanged`` are the records whose server said that nothing has changed, ``fields`` counts what was changed by the
    first step of its place, ``passed`` are records that were not meant, ``postponed`` those that could not be finished
    in this run, ``others`` are files that hold no record. ``hint`` is what may explain it all.
    """

    checked: int = 0
    changed: int = 0
    written: int = 0
    unchanged: int = 0
    skipped: int = 0
    passed: int = 0
    postponed: int = 0
    others: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    failures: list[Failed] = field(default_factory=list)
    interrupted: bool = False
    hint: str = ""

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.checked += 1
        self.changed += bool(outcome.changes)
        self.written += outcome.written
        self.unchanged += outcome.is_unchanged
        self.skipped += outcome.is_skipped
        self.fields.update(str(change.place[0]) for change in outcome.changes)
        if failed := Failed.of(outcome):
            self.failures.append(failed)

    def __str__(self) -> str:
        fields = ", ".join(f"{count} {name}" for name, count in self.fields.most_common())
        parts = (
            _count(self.checked, "record"),
            f"{self.changed} with changes ({fields})" if self.changed else "nothing to change",
            f"{_count(self.written, 'file')} written" if self.written else "no file written",
            f"{self.unchanged} unchanged since they were last read" if self.unchanged else "",
            f"{self.passed:,} not selected" if self.passed else "",
            f"{self.skipped} skipped" if self.skipped else "",
            f"{self.postponed} put off to the next run" if self.postponed else "",
            f"{len(self.failures)} failed" if self.failures else "",
        )
        return ("interrupted: " if self.interrupted else "") + ", ".join(filter(None, parts))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
