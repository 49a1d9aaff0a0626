"""A summary: what became of the records of one run, in numbers, with the name of every failure."""

from dataclasses import dataclass, field

from crawler.change import Outcome


@dataclass
class Summary:
    """Counts over outcomes; ``failures`` names each record that could not be checked, and why."""

    checked: int = 0
    changed: int = 0
    written: int = 0
    changes: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    interrupted: bool = False

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.checked += 1
        self.changed += bool(outcome.changes)
        self.written += outcome.written
        self.changes += len(outcome.changes)
        if outcome.failure:
            self.failures.append((str(outcome.path), outcome.failure))

    def __str__(self) -> str:
        parts = [
            f"{self.checked} records",
            f"{self.changed} with changes" if self.changed else "nothing to change",
            f"{self.written} files written" if self.written else "no file written",
        ]
        if self.failures:
            parts.append(f"{len(self.failures)} failed")
        return ("interrupted: " if self.interrupted else "") + ", ".join(parts)
