"""``recrawl check``: tell which links of files live, fail, are dead or cannot be told."""

import gc
import hashlib
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import click

from crawler import config, corpus, links
from crawler.breaker import Breaker
from crawler.change import Outcome
from crawler.commands.crawling import asking, overridden
from crawler.commands.span import SpanType
from crawler.config import Config
from crawler.errors import FileError, UsageError
from crawler.exit import Exit
from crawler.frontier import Frontier
from crawler.job import utc_now
from crawler.line import line
from crawler.links import Mention, Part, listing
from crawler.place import text
from crawler.report.rot import FORMATS, Report, report
from crawler.report.rot.summary import Summary
from crawler.rot.repair import Repair
from crawler.rule import STRIKES, rules
from crawler.standing import Life
from crawler.state import State
from crawler.terminal import warn

EPILOG = """\b
Examples:
  recrawl check content/articles
  recrawl check --only images,related --since 7d content/articles
  recrawl check --body --strikes 1 --fail-on dead docs
  recrawl check --urls links.txt --format tsv
  recrawl check --fix moved content/articles

\b
Exit status: 0 all is well, 1 some files could not be read, 2 usage or configuration, 3 rot was found,
130 interrupted.
"""

RESUMED: Final = timedelta(hours=24)
"""How long after its begin a run that was broken off is gone on with."""

_NOTE: Final = "check"


class PartsType(click.ParamType[frozenset[Part]]):
    """Parts of files, separated by commas."""

    name = "PARTS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[Part]:
        """Read them."""
        if isinstance(value, frozenset):
            return value
        try:
            return frozenset(Part(name.strip()) for name in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is no list of any of {', '.join(Part)}", param, ctx)


@click.command("check", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--urls",
    multiple=True,
    type=click.Path(path_type=Path, allow_dash=True, dir_okay=False),
    metavar="FILE",
    help="Also check the URLs of this list, one a line; - is standard input. May be given several times.",
)
@click.option("--body", is_flag=True, help="Also check the links of Markdown and HTML bodies.")
@click.option("--only", type=PartsType(), help=f"Check these parts only: {', '.join(Part)}.")
@click.option("--since", type=SpanType(), help="Do not ask again what was seen alive in this time, such as 7d.")
@click.option(
    "--strikes", type=click.IntRange(1), default=STRIKES, show_default=True, metavar="N", help="Strikes of a dead link."
)
@click.option(
    "--fail-on",
    type=click.Choice(["dead", "failing", "never"]),
    default="dead",
    show_default=True,
    help="What to exit with status 3 for.",
)
@click.option(
    "--fix",
    type=click.Choice(["moved", "archived"]),
    multiple=True,
    help="moved: put the new address in place of webUrl where the article has moved for good, seen twice a week apart."
    " archived: where an article is dead, put the address of an archived copy at `archive_field` of recrawl.yml.",
)
@click.option("--anew", is_flag=True, help="Ask everything, also what a run that was broken off has asked.")
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text", help="How to report.")
@click.option("-q", "--quiet", is_flag=True, help="Print what is dead or failing only.")
@asking
def command(
    paths: tuple[Path, ...],
    urls: tuple[Path, ...],
    body: bool,
    only: frozenset[Part] | None,
    since: timedelta | None,
    strikes: int,
    fail_on: str,
    fix: tuple[str, ...],
    anew: bool,
    style: str,
    quiet: bool,
    **options: Any,
) -> int:
    """Tell which links of files live, fail, are dead or cannot be told.

    PATHS are files, folders and globs. Every URL of their front matter is asked, whatever its key is called, and
    every URL of the lists that are given with --urls. What was seen is kept, so that no link is called dead for one
    bad day.
    """
    if not paths and not urls:
        raise click.UsageError("give PATHS, or a list with --urls")
    configured = overridden(config.find(paths, options["config"]), options)
    if "archived" in fix and not configured.archive_field:
        raise UsageError("--fix archived: name the place for the address of a copy as `archive_field` in recrawl.yml")
    parts = only or (links.ALL if body else links.ALL - {Part.BODY})
    task = Task(configured, paths, urls, parts, strikes, since, fix)
    summary, failures = task.run(report(style, sys.stdout, quiet=quiet, verbose=bool(options["verbose"])), anew=anew)
    for failure in failures:
        warn(failure)
    if summary.interrupted:
        return Exit.INTERRUPTED
    if _has_rot(summary, fail_on):
        return Exit.ROT
    return Exit.FAILED if failures else Exit.WELL


@dataclass(frozen=True)
class Task:
    """What is to be checked, how, and what to be fixed by it; the fields are those of the command line."""

    config: Config
    paths: tuple[Path, ...]
    urls: tuple[Path, ...]
    parts: frozenset[Part]
    strikes: int
    since: timedelta | None
    fix: tuple[str, ...]

    @property
    def name(self) -> str:
        """By this a run that was broken off is known again."""
        return hashlib.sha256(repr((self.paths, self.urls, sorted(self.parts))).encode()).hexdigest()

    def run(self, report: Report, *, anew: bool) -> tuple[Summary, list[str]]:
        """Do it, unless ``anew`` where a run of it was broken off; return what was found, and what failed, by why."""
        gathering = Gathering(self.config, self.parts)
        with closing(Frontier()) as frontier:
            frontier.fill(gathering.mentions(self.paths, self.urls))
            frontier.seal()
            with State.open(self.config.state, utc_now()) as state:
                summary, failures = self._run(state, frontier, Repair(report), anew=anew)
        return summary, gathering.failures + failures

    def _run(self, state: State, frontier: Frontier, repair: Repair, *, anew: bool) -> tuple[Summary, list[str]]:
        began = utc_now()
        resumed = None if anew else _resumed(state, self.name, began)
        state.put_note(_NOTE, f"{self.name} {(resumed or began).isoformat()}")
        summary = Summary(began)
        failures = self._check(state, frontier, repair, summary, resumed)
        summary.ended = utc_now()
        repair.end(summary)
        if not summary.interrupted:
            failures += _fixed(repair, self.fix, self.config, state)
            state.put_note(_NOTE, "")
        return summary, failures

    def _check(
        self, state: State, frontier: Frontier, repair: Repair, summary: Summary, resumed: datetime | None
    ) -> list[str]:
        from crawler.rot.ledger import Ledger
        from crawler.rot.run import Run

        # What was made so far stays to the end, and what is made from now on seldom goes in circles.
        gc.freeze()
        gc.set_threshold(20_000, 50, 50)
        ledger = Ledger(state, frontier, repair, summary, rules(self.strikes), Breaker(), self.since, resumed)
        run = Run(self.config, ledger, utc_now)
        run.check()
        return run.failures


class Gathering:
    """Gathers links. ``failures`` are files that could not be read, by why."""

    def __init__(self, configured: Config, parts: frozenset[Part]) -> None:
        self.config = configured
        self.parts = parts
        self.failures: list[str] = []

    def mentions(self, paths: tuple[Path, ...], urls: tuple[Path, ...]) -> Iterator[Mention]:
        """Yield all that files and lists hold. Raises UsageError for a list that cannot be read."""
        for path in corpus.paths(paths):
            try:
                yield from links.mentions(path, self.config, self.parts)
            except FileError as error:
                self.failures.append(str(error))
        for path in urls:
            try:
                yield from listing.read(path)
            except FileError as error:
                raise UsageError(str(error)) from error


def _fixed(repair: Repair, fix: tuple[str, ...], configured: Config, state: State) -> list[str]:
    """Replace what has moved, add copies of what is dead, tell of it, and return what could not be done, by why."""
    failures = []
    for outcome in _outcomes(repair, fix, configured, state):
        for change in outcome.changes:
            old = f"{line(change.old)} -> " if change.old else ""
            click.echo(f"{outcome.path}: {text(change.place)}: {old}{line(change.new)}", err=True)
        if outcome.error:
            failures.append(outcome.error)
    return failures


def _outcomes(repair: Repair, fix: tuple[str, ...], configured: Config, state: State) -> Iterator[Outcome]:
    if "moved" in fix:
        yield from repair.outcomes(configured, state, utc_now())
    if "archived" in fix:
        from crawler.rot.archival import Archival

        yield from Archival(configured, state, utc_now).outcomes(repair.dead)


def _resumed(state: State, named: str, now: datetime) -> datetime | None:
    """Return when the run began that was broken off and is gone on with, None where there is none."""
    name, _, began = state.note(_NOTE).partition(" ")
    if name != named:
        return None
    at = datetime.fromisoformat(began).replace(microsecond=0)
    return at if timedelta() <= now - at < RESUMED else None


def _has_rot(summary: Summary, fail_on: str) -> bool:
    lives = {"dead": (Life.DEAD,), "failing": (Life.DEAD, Life.FAILING), "never": ()}[fail_on]
    return any(summary.lives[life] for life in lives)
