"""Progress on a terminal: records, sites, what waits, and the time left; nothing where nobody watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Watch(Protocol):
    """Told how far a run has come."""

    def update(self, done: int, sites: int, waiting: int) -> None:
        """Show the number of records done, sites being asked and requests waiting."""


class Unwatched:
    """Shows nothing."""

    def update(self, done: int, sites: int, waiting: int) -> None:
        """Do nothing."""


class Bar:
    """A progress bar on standard error."""

    def __init__(self, bar: Progress, total: int) -> None:
        self.bar = bar
        self.task = bar.add_task("records", total=total, sites=0, waiting=0)

    def update(self, done: int, sites: int, waiting: int) -> None:
        """Move the bar."""
        self.bar.update(self.task, completed=done, sites=sites, waiting=waiting)


@contextmanager
def watch(total: int) -> Iterator[Watch]:
    """Show a bar over ``total`` records while the block runs."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("· {task.fields[sites]} sites · {task.fields[waiting]} waiting ·"),
        TimeRemainingColumn(),
    )
    # What goes to standard output passes through the bar's console only where both are the same terminal.
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        yield Bar(bar, total)
