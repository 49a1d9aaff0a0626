"""Progress on a terminal: records, sites, what waits, and the time left; nothing where nobody watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from crawler.report.summary import Summary


class Watch(Protocol):
    """Told how far a run has come."""

    def update(self, summary: Summary, sites: int, waiting: int) -> None:
        """Show what is done, and the number of sites being asked and of requests waiting."""


class Unwatched:
    """Shows nothing."""

    def update(self, summary: Summary, sites: int, waiting: int) -> None:
        """Do nothing."""


class Bar:
    """A progress bar on standard error.

    How many records there are shows only as they are read: of ``files``, some may hold none; more than ``limit`` are
    not visited.
    """

    def __init__(self, bar: Progress, files: int, limit: int | None) -> None:
        self.bar = bar
        self.files = files
        self.limit = limit
        self.task = bar.add_task("", total=self._total(Summary()), failed="", sites=0, waiting=0)

    def update(self, summary: Summary, sites: int, waiting: int) -> None:
        """Move the bar."""
        failed = f" {len(summary.failures)} failed ·" if summary.failures else ""
        total = self._total(summary)
        self.bar.update(self.task, completed=summary.checked, total=total, failed=failed, sites=sites, waiting=waiting)

    def _total(self, summary: Summary) -> int:
        total = self.files - summary.others - summary.passed
        return total if self.limit is None else min(total, self.limit)


@contextmanager
def watch(files: int, limit: int | None = None) -> Iterator[Watch]:
    """Show a bar over a number of files while the block runs."""
    columns = (
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("records ·{task.fields[failed]} {task.fields[sites]} sites · {task.fields[waiting]} waiting ·"),
        TimeRemainingColumn(),
    )
    # What goes to standard output passes through the bar's console only where both are the same terminal.
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        yield Bar(bar, files, limit)
