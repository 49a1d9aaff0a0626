"""The text report: what a person reads while a check goes on, and at its end."""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TextIO

import click

from crawler.finding import Finding
from crawler.line import line
from crawler.link import Spot
from crawler.report.rot.summary import WORST_FIRST, Summary, by_state, told, worst
from crawler.standing import Life

KEPT: Final = 1000
"""Findings that are told once more at the end, by file: who has more of them reads a file of another format."""

SITES: Final = 10
"""Sites that are named, those with the most dead links."""

ROT: Final = (Life.DEAD, Life.FAILING)

COLOURS: Final = {Life.DEAD: "red", Life.FAILING: "yellow", Life.UNSURE: "magenta", Life.ALIVE: "green"}


class Text:
    """Prints what does not live as it is found; at the end what is dead or failing by file, and the numbers.

    Colour is dropped where no terminal reads it.
    """

    def __init__(self, out: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self.out = out
        self.quiet = quiet
        self.verbose = verbose
        self.kept: list[Finding] = []
        # What no person watches is searched by programs, and never cut.
        self.width = shutil.get_terminal_size().columns if out.isatty() else 0

    def finding(self, finding: Finding) -> None:
        """Print one link, if there is something to tell of it, and keep it for the end."""
        if finding.life in ROT and len(self.kept) < KEPT:
            self.kept.append(finding)
        if self.verbose or (finding.life is not Life.ALIVE and not self.quiet):
            life = click.style(f"{finding.life:<8}", fg=COLOURS[finding.life])
            self._print(life + self._cut(f"{finding.verdict.state:<18} {finding.link.url}  {finding.reason}", 8))

    def end(self, summary: Summary) -> None:
        """Print what is dead or failing by file, the numbers by state and by site, and what befell many at once."""
        for text in self._files():
            self._print(text)
        if not self.quiet:
            for text in _numbers(summary):
                self._print(text)
        for note in summary.notes:
            self._print(click.style(line(note), fg="yellow"))
        if not self.quiet or self.kept:
            worst_life = next((life for life in ROT if summary.lives[life]), Life.ALIVE)
            self._print(click.style(str(summary), bold=True, fg=COLOURS[worst_life]))

    def _files(self) -> Iterator[str]:
        """Yield what is dead or failing, by file and line."""
        for path, found in _by_file(self.kept):
            yield ""
            yield click.style(line(click.format_filename(path)), bold=True)
            for spot, finding in found:
                yield from self._spot(spot, finding)
        if len(self.kept) == KEPT:
            yield f"\nNo more than {KEPT:,} links are told by file; --format jsonl and html tell all."

    def _spot(self, spot: Spot, finding: Finding) -> Iterator[str]:
        where = f"{spot.line}: {spot.place}" if spot.place else f"{spot.line}:"
        life = click.style(finding.life, fg=COLOURS[finding.life])
        yield f"  {click.style(line(where), fg='cyan')} {life} ({finding.verdict.state})"
        yield self._cut(f"      {finding.link.url}")
        yield self._cut(f"      {finding.reason}")
        if finding.better:
            yield self._cut(f"      now at {finding.better}")

    def _cut(self, text: str, taken: int = 0) -> str:
        text, room = line(text), self.width - taken
        return text if len(text) <= room or not self.width else f"{text[: room - 1]}…"

    def _print(self, text: str) -> None:
        click.echo(text, file=self.out)


def _by_file(findings: Iterable[Finding]) -> list[tuple[Path, list[tuple[Spot, Finding]]]]:
    """Return findings by file, and in each by line."""
    files: dict[Path, list[tuple[Spot, Finding]]] = defaultdict(list)
    for finding in findings:
        for spot in finding.link.spots:
            files[spot.path].append((spot, finding))
    return [(path, sorted(files[path], key=lambda one: (one[0].line, one[0].place))) for path in sorted(files)]


def _numbers(summary: Summary) -> Iterator[str]:
    """Yield the numbers by state and by site."""
    yield ""
    for life in WORST_FIRST:
        states = ", ".join(f"{count:,} {state}" for own, state, count in by_state(summary) if own is life)
        if states:
            yield f"{click.style(f'{life:<8}', fg=COLOURS[life])}{summary.lives[life]:>8,}  {states}"
    if summary.sites:
        yield ""
    for name, tally in worst(summary.sites, SITES):
        yield f"{line(name)}: {told(tally)}"
    if len(summary.sites) > SITES:
        yield f"… and {len(summary.sites) - SITES:,} more sites"
