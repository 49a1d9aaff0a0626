"""Explanations as text: what a person reads to see why a field was changed, or left alone."""

import shutil
import sys
from collections.abc import Iterator
from textwrap import wrap
from typing import Any, Final

import click

from crawler import place
from crawler.change import Change, Outcome
from crawler.explanation import Account, Explanation, Judged, Seen
from crawler.line import line, lines
from crawler.picture import Picture
from crawler.report.summary import Summary
from crawler.report.text import SHOWN, one_line

_NAME: Final = 9
"""Columns of the words that begin a line."""


class Text:
    """Prints each explanation as it comes; colour is dropped where no terminal reads it."""

    def __init__(self, *, in_full: bool = False) -> None:
        # Without a width, as in a file, a line has to end somewhere all the same, unless all is asked for.
        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else SHOWN
        self.width = sys.maxsize if in_full else columns

    def explain(self, explanation: Explanation) -> None:
        """Print one record, or one entry of its list of related articles."""
        at = f" {place.text(explanation.at)}" if explanation.at else ""
        click.secho(line(f"{click.format_filename(explanation.path)}{at}"), bold=True)
        for told in (*map(self._judged, explanation.judged), *map(self._account, explanation.accounts)):
            click.echo("\n".join(told))
        click.echo()

    def outcome(self, outcome: Outcome) -> None:
        """Name a record that could not be read."""
        if outcome.error:
            click.secho(f"recrawl: {lines(outcome.error)}", fg="red", err=True)

    def end(self, summary: Summary) -> None:
        """Say what may explain that there was nothing to explain."""
        if summary.hint:
            click.secho(summary.hint, fg="yellow", err=True)

    def _judged(self, judged: Judged) -> Iterator[str]:
        verdict = judged.verdict
        colour = "green" if verdict.state.is_article else "red"
        yield self._line(verdict.target.role, verdict.target.url, dim=True)
        yield self._line("", "; ".join((verdict.state, *verdict.evidence)), fg=colour)
        if judged.agreement:
            yield self._line("", judged.agreement)

    def _account(self, account: Account) -> Iterator[str]:
        yield click.style(f"  {place.text(account.place)}", fg="cyan", bold=True)
        yield from self._whole("stands", one_line(account.stands) or "nothing")
        sources = max((len(seen.evidence.source) for seen in account.seen), default=0)
        for index, seen in enumerate(account.seen):
            yield self._line("" if index else "seen", _seen(seen, sources), indent=4)
        decision = account.decision
        if isinstance(decision, Change):
            yield self._line("changed", str(decision.because), indent=4, fg="green")
            yield from self._whole("to", one_line(decision.new), fg="green")
        else:
            yield self._line("kept", decision.why, indent=4)

    def _whole(self, name: str, text: str, **style: Any) -> Iterator[str]:
        """Yield the lines of a value that is never cut: where it ends is often what it is about."""
        room = max(min(self.width, SHOWN) - _NAME - 5, _NAME)
        for index, part in enumerate(wrap(line(text), room, break_long_words=False, break_on_hyphens=False)):
            yield f"    {'' if index else name:{_NAME}} {click.style(part, **style)}"

    def _line(self, name: str, text: str, indent: int = 2, **style: Any) -> str:
        start = f"{'':{indent}}{name:{_NAME}} "
        room, text = max(self.width - len(start), _NAME), line(text)
        return start + click.style(text if len(text) <= room else f"{text[: room - 1]}…", **style)


def _seen(seen: Seen, sources: int) -> str:
    item = seen.evidence
    return f"{item.confidence:4.2f}  {item.source:{sources}}  {seen.role:7}  {_value(item.value)}"


def _value(value: Any) -> str:
    if not isinstance(value, Picture):
        return one_line(value)
    return f"{value.url} {value.width} x {value.height}" if value.width and value.height else value.url
