"""The text report: what a person reads while a run goes on, and at its end."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

import click

from crawler import place
from crawler.change import Change, Outcome
from crawler.frontmatter import Stamp
from crawler.line import line, lines
from crawler.report.summary import Failed, Summary

SHOWN: Final = 160
"""Characters of a line that are shown where no terminal says how many it has; ``--diff`` and JSON lines have all."""

LEAD: Final = 20
"""Characters that are shown of what an old and a new value begin with alike."""

FEW: Final = 10
"""Failures for the same reason up to which each is told with all that was seen, and where."""


class Text:
    """Prints changed records as they come, all failures at the end, and the summary.

    Colour is dropped where no terminal reads it.
    """

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose
        # A log file has no width, but a line of it has to end somewhere.
        self.width = shutil.get_terminal_size().columns if sys.stdout.isatty() else SHOWN

    def outcome(self, outcome: Outcome) -> None:
        """Print one record, if there is something to tell of it."""
        if self.quiet or not (outcome.changes or self.verbose):
            return
        click.secho(_name(outcome.path), bold=True)
        for change in outcome.changes:
            click.echo("\n".join(self._change(change, with_values=not outcome.diff)))
        if outcome.diff:
            click.echo("\n".join(map(_coloured, outcome.diff.split("\n"))))
        if self.verbose:
            told = (line(f"{verdict.target.role}: {verdict}") for verdict in outcome.verdicts)
            click.echo("".join(f"  {verdict}\n" for verdict in told), nl=False)
        if outcome.error:
            click.secho(f"  failed: {lines(outcome.error)}", fg="red")

    def end(self, summary: Summary) -> None:
        """Print every failure and the summary; where there was no record at all, say what one is."""
        if summary.failures:
            click.echo("\n".join(("", *self._failures(summary.failures), "")))
        if summary.hint:
            click.secho(summary.hint, fg="yellow")
        if not self.quiet or summary.failures:
            click.secho(str(summary), bold=True, fg="yellow" if summary.failures else "green")

    def _change(self, change: Change, *, with_values: bool) -> Iterator[str]:
        name = click.style(line(place.text(change.place)), fg="cyan")
        yield f"  {name}: {line(str(change.because))}"
        if not with_values:
            return
        old, new = apart(line(one_line(change.old)), line(one_line(change.new)))
        if old:
            yield click.style(self._cut(f"    - {old}"), fg="red")
        yield click.style(self._cut(f"    + {new}"), fg="green")

    def _failures(self, failures: Sequence[Failed]) -> Iterator[str]:
        """Yield the failures by reason, the most frequent first."""
        ordered = sorted(failures, key=lambda failed: failed.reason)
        groups = [(reason, list(group)) for reason, group in groupby(ordered, key=lambda failed: failed.reason)]
        for reason, group in sorted(groups, key=lambda found: -len(found[1])):
            details = {failed.detail for failed in group}
            shared = f" ({details.pop()})" if reason and len(details) == 1 else ""
            heading = f"{len(group):,} failed: {reason or 'error'}{shared}"
            yield click.style(self._cut(heading), fg="red", bold=True)
            for failed in group:
                yield from self._failure(failed, detail="" if shared else failed.detail, in_full=len(group) <= FEW)

    def _failure(self, failed: Failed, *, detail: str, in_full: bool) -> Iterator[str]:
        name = _name(failed.path)
        if not failed.reason:
            yield lines(f"  {detail}" if detail.startswith(str(failed.path)) else f"  {name}: {detail}")
            return
        yield f"  {name}"
        if in_full:
            if detail:
                yield self._cut(f"    {detail}")
            yield click.style(self._cut(f"    {failed.url}"), dim=True)

    def _cut(self, text: str) -> str:
        text = line(text)
        return text if len(text) <= self.width else text[: self.width - 1] + "…"


def apart(old: str, new: str) -> tuple[str, str]:
    """Return two values from shortly before they begin to differ: a cut excerpt and its whole differ at the end."""
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    if same <= 2 * LEAD:
        return old, new
    start = old.rfind(" ", 0, same - LEAD) + 1 or same - LEAD
    return f"…{old[start:]}", f"…{new[start:]}"


def _name(path: Any) -> str:
    return line(click.format_filename(path))


def _coloured(text: str) -> str:
    return click.style(text, fg={"+": "green", "-": "red", "@": "cyan"}.get(text[:1]))


def one_line(value: Any) -> str:
    """Write a value on one line, as YAML's flow style would, but without its brackets and quotes."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {one_line(item)}" for key, item in value.items())
    if place.is_list(value):
        return "; ".join(map(one_line, value))
    if isinstance(value, Stamp | date):
        return (value.value if isinstance(value, Stamp) else value).isoformat()
    return _CONSTANTS.get(value, "") if value is None or isinstance(value, bool) else str(value)


_CONSTANTS: Final = {None: "", True: "true", False: "false"}
