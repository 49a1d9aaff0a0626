"""``recrawl run``: what cron calls - refresh what is due, and check links that are due, within a budget."""

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from crawler import config, corpus
from crawler.agenda import Item, Known, agenda, in_turns
from crawler.allowance import Allowance
from crawler.commands.crawling import asking, overridden, run_of
from crawler.commands.span import SpanType
from crawler.config import Config
from crawler.exit import Exit
from crawler.frontier import Frontier
from crawler.index import Index, index
from crawler.job import Job, utc_now
from crawler.manners import Paces
from crawler.progress import Unwatched, Watch, watch
from crawler.replace import Replacer
from crawler.report.agenda import tell
from crawler.report.jsonl import JsonLines
from crawler.report.rot import report as rot_report
from crawler.report.rot.summary import Summary as RotSummary
from crawler.report.text import Text
from crawler.rule import rules
from crawler.state import Filed, State
from crawler.terminal import warn
from crawler.url import site

EPILOG = """\b
Examples:
  recrawl run content/articles
  recrawl run --budget 200 --max-time 10m content/articles
  recrawl run --dry-run content/articles

\b
Exit status: 0 all is well, 1 some records failed (each is named), 2 usage or configuration, 130 interrupted.
"""


class ShareType(click.ParamType[float]):
    """A share, such as ``10%``."""

    name = "SHARE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read it."""
        if isinstance(value, float):
            return value
        try:
            share = float(str(value).removesuffix("%")) / 100
        except ValueError:
            share = -1.0
        if not str(value).endswith("%") or not 0 <= share <= 1:
            self.fail(f"{value!r} is no share such as 10%", param, ctx)
        return share


@click.command("run", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--budget", type=click.IntRange(1), default=500, show_default=True, metavar="N", help="Send at most N requests."
)
@click.option("--max-time", type=SpanType(), help="Begin nothing after this time, such as 20m.")
@click.option(
    "--rot-share", type=ShareType(), default="10%", show_default=True, help="The part of the budget for link checks."
)
@click.option("--dry-run", is_flag=True, help="Ask nobody and write nothing; say what would be asked, and why.")
@click.option("--format", "style", type=click.Choice(["text", "jsonl"]), default="text", help="How to report.")
@click.option("-q", "--quiet", is_flag=True, help="Print failures only.")
@asking
def command(
    paths: tuple[Path, ...],
    budget: int,
    max_time: timedelta | None,
    rot_share: float,
    dry_run: bool,
    style: str,
    quiet: bool,
    now: Callable[[], datetime] = utc_now,
    **options: Any,
) -> int:
    """Refresh the records that are due, and check the links that are, within a budget of requests.

    PATHS are files, folders and globs. The records for which a request buys the most freshness come first: new ones,
    those whose outlets edit much, young ones, those not seen for long. Every request counts: pages, robots.txt,
    redirects and pictures. Meant to be called by cron, a systemd timer or a CI job, as often as you like.
    """
    configured = overridden(config.find(paths, options["config"]), options)
    files = corpus.paths(paths)
    began = now()
    with State.open(configured.state, began, keep=not dry_run) as state:
        found = index(files, configured, state)
        if dry_run:
            due = agenda(_askable(found.records, configured, state, began), Known.of(state), began)
            return tell(due[:budget], len(due), found, style, sys.stdout)
        until = None if max_time is None else began + max_time
        allowance = Allowance(budget - min(round(budget * rot_share), len(walk(found, state, began))), until)
        round_ = Round(configured, state, found, allowance, now, style, quiet)
        return round_.go(budget, options, with_links=rot_share > 0)


def walk(found: Index, state: State, now: datetime) -> list[Filed]:
    """Return the files whose links are due: the article itself is asked first, in a visit that tells more."""
    asked = {track.url for track in state.tracks.all() if track.asked}
    return [filed for filed in found.records if filed.url in asked and (filed.rot is None or filed.rot <= now)]


def _askable(records: Iterable[Filed], configured: Config, state: State, now: datetime) -> Iterable[Filed]:
    """Return the records of sites that may be asked: not those that want to be left alone for now."""
    resting = {name for name, restraint in state.restraints.all().items() if restraint.is_resting(now)}
    return (filed for filed in records if not configured.policy(filed.url).skip and site(filed.url) not in resting)


@dataclass
class Round:
    """One scheduled run: first what is announced, then the records, then the links, out of one allowance.

    ``paces`` are those of the sites that were asked so far: what follows may be of the same.
    """

    config: Config
    state: State
    found: Index
    allowance: Allowance
    now: Callable[[], datetime]
    style: str
    quiet: bool
    paces: Paces | None = None

    def go(self, budget: int, options: dict[str, Any], *, with_links: bool) -> int:
        """Make it, and return its exit status."""
        is_interrupted, failures = self._refresh(self._due(), options)
        self.allowance.requests, self.allowance.refused = budget, 0
        if with_links and not is_interrupted:
            is_interrupted = self._check()
        for failure in self.found.failures:
            warn(failure)
        if not self.quiet:
            click.echo(f"{self.allowance.spent:,} of {budget:,} requests spent", err=self.style == "jsonl")
        if is_interrupted:
            return Exit.INTERRUPTED
        return Exit.FAILED if failures or self.found.failures else Exit.WELL

    def _due(self) -> list[Item]:
        """Listen to what is announced, and return what is due by that."""
        from crawler.listening import Listener

        known, records = Known.of(self.state), [*_askable(self.found.records, self.config, self.state, self.now())]
        listener = Listener(self.config, self.state, self.allowance, self.now)
        listener.listen((filed.url for filed in records), known, (self.allowance.requests or 0) // 2)
        self.paces, self.allowance.refused = listener.paces, 0
        return agenda(records, Known.of(self.state) if listener.asked else known, self.now())

    def _refresh(self, due: Sequence[Item], options: dict[str, Any]) -> tuple[bool, int]:
        report = JsonLines(sys.stdout, quiet=self.quiet) if self.style == "jsonl" else Text(quiet=self.quiet)
        files = (item.filed.path for item in in_turns(due))
        with Replacer() as replacer:
            job = Job(
                *(files, self.config, self.state, replacer, report),
                now=self.now,
                allowance=self.allowance,
                paces=self.paces,
            )
            with self._watched(len(due)) as bar:
                summary = run_of(job, options, bar).crawl("refresh")
        self.paces = job.manners.paces
        return summary.interrupted, len(summary.failures)

    def _watched(self, due: int) -> AbstractContextManager[Watch]:
        is_hidden = self.quiet or not sys.stderr.isatty() or (self.style == "jsonl" and sys.stdout.isatty())
        return nullcontext(Unwatched()) if is_hidden else watch(min(due, self.allowance.requests or due))

    def _check(self) -> bool:
        """Check links with what is left; tell whether that was interrupted."""
        from crawler.breaker import Breaker
        from crawler.rot.rounds import Rounds
        from crawler.rot.run import Run

        left = (self.allowance.requests or 0) - self.allowance.spent
        if left <= 0 or self.allowance.problem(self.now()):
            return False
        with closing(Frontier()) as frontier:
            summary = RotSummary(self.now())
            report = rot_report(self.style, sys.stdout, quiet=True)
            rounds = Rounds(self.state, frontier, report, summary, rules(), Breaker(), allowance=self.allowance)
            due = walk(self.found, self.state, self.now())
            files = rounds.fill(due, self.config, left, self.now())
            if not len(frontier):
                rounds.settle(files, self.config, self.now())
            else:
                Run(self.config, rounds, self.now, allowance=self.allowance, paces=self.paces).check()
                if not summary.interrupted:
                    rounds.settle(files, self.config, self.now())
                summary.ended = self.now()
                report.end(summary)
        return summary.interrupted
