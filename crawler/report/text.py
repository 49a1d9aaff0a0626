"""The text report: what a person reads while a run goes on, and at its end."""

from datetime import date, datetime
from typing import Any

import click

from crawler import place
from crawler.change import Change, Outcome
from crawler.report.summary import Summary

SHOWN = 160
"""Characters of a value that are shown; the files, ``--diff`` and ``--format jsonl`` have all of them."""


class Text:
    """Prints changed and failed records as they come, and the summary. Colour is dropped where no terminal reads it."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose

    def outcome(self, outcome: Outcome) -> None:
        """Print one record, if there is something to tell of it."""
        if self.quiet or not (outcome.changes or outcome.failure or self.verbose):
            return
        click.secho(str(outcome.path), bold=True)
        if outcome.diff:
            _print_diff(outcome.diff)
        for change in outcome.changes:
            _print_change(change, with_values=not outcome.diff)
        if outcome.failure:
            click.secho(f"  failed: {outcome.failure}", fg="red")
        elif self.verbose:
            for verdict in outcome.verdicts:
                click.echo(f"  {verdict.target.role}: {verdict}")

    def end(self, summary: Summary) -> None:
        """Print the summary; every failure is named once more, since the run may have been long."""
        if summary.failures:
            click.echo("")
            click.secho("Failed:", fg="red")
        for path, failure in summary.failures:
            click.echo(f"  {path}: {failure}")
        if not self.quiet or summary.failures:
            click.secho(str(summary), fg="yellow" if summary.failures else "green")


def _print_change(change: Change, *, with_values: bool) -> None:
    name = place.text(change.place)
    if with_values and change.old is not None:
        click.echo(f"  {name}: {click.style('- ' + _short(change.old), fg='red')}")
        click.echo(f"  {' ' * len(name)}  {click.style('+ ' + _short(change.new), fg='green')}")
    elif with_values:
        click.echo(f"  {name}: {click.style('+ ' + _short(change.new), fg='green')}")
    click.echo(f"  {name if not with_values else ' ' * len(name)}  because: {change.because}")


def _print_diff(diff: str) -> None:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in diff.splitlines():
        click.secho(line, fg=colours.get(line[:1]))


def _short(value: Any) -> str:
    text = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
