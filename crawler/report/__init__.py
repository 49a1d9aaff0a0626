"""Reports, one module a format, over the same outcomes and the same summary."""

from typing import Protocol

from crawler.change import Outcome
from crawler.report.summary import Summary


class Report(Protocol):
    """A format: told of each outcome as it comes, and of the whole at the end. Both raise OSError if nobody listens."""

    def outcome(self, outcome: Outcome) -> None:
        """Show what became of one record."""

    def end(self, summary: Summary) -> None:
        """Show what became of all of them."""
