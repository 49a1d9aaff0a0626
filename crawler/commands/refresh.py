"""``recrawl refresh``: refresh article records from the web."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import click

from crawler import config, corpus
from crawler.commands.crawling import crawling, overridden
from crawler.errors import ArchiveError, UsageError
from crawler.exit import Exit
from crawler.job import Job, utc_now
from crawler.progress import Unwatched, Watch, watch
from crawler.replace import Replacer
from crawler.report import Report
from crawler.report.jsonl import JsonLines
from crawler.report.text import Text
from crawler.state import State

EPILOG = """\b
Examples:
  recrawl refresh content/articles
  recrawl refresh --dry-run --diff content/articles/2020-*.md
  recrawl refresh --record crawl.warc.gz content/articles
  recrawl refresh --replay crawl.warc.gz content/articles

\b
Exit status: 0 all is well, 1 some records failed (each is named), 2 usage or configuration, 130 interrupted.
"""


@click.command("refresh", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Write no file and keep no state; say what would change.")
@click.option("--diff", is_flag=True, help="Show each file's changes as a unified diff.")
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Visit at most N records.")
@click.option("--related", is_flag=True, help="Refresh the entries of lists of related articles too.")
@click.option("--archive", is_flag=True, help="Ask a web archive for pages that are gone (`archive` in recrawl.yml).")
@click.option("--force", is_flag=True, help="Read pages anew that their server calls unchanged.")
@click.option("--format", "style", type=click.Choice(["text", "jsonl"]), default="text", help="How to report.")
@crawling
def command(
    paths: tuple[Path, ...],
    dry_run: bool,
    diff: bool,
    limit: int | None,
    related: bool,
    archive: bool,
    force: bool,
    style: str,
    **options: Any,
) -> int:
    """Refresh article records from the web.

    PATHS are files, folders and globs. Each record's article is fetched, and what the page proves is written into the
    record's front matter: missing dates and pictures, excerpts that were cut, AMP addresses, moved pages. A value that
    stands is never replaced by a poorer one, and no other byte of the file changes.
    """
    configured = overridden(config.find(paths, options["config"]), options)
    configured = replace(configured, related=related or configured.related)
    files = corpus.paths(paths)
    # Held until the crawl has ended: Scrapy only logs what its handlers raise.
    _archive = _opened(options["replay"], options["record"])
    with State.open(configured.state, utc_now(), keep=not dry_run) as state, Replacer() as replacer:
        report = _report(style, options["quiet"], options["verbose"])
        job = Job(files, configured, state, replacer, report, limit=limit, dry_run=dry_run, diff=diff, force=force)
        job.archive = archive
        with _progress(paths, limit, hidden=options["quiet"] or (style == "jsonl" and sys.stdout.isatty())) as progress:
            return _run(job, options, progress)


def _opened(replay: Sequence[Path], record: Path | None) -> object:
    if not replay and not record:
        return None
    from crawler.handlers import archives, recording

    try:
        return archives(replay) if replay else recording(cast("Path", record))
    except ArchiveError as error:
        raise UsageError(str(error)) from error


def _run(job: Job, options: dict[str, Any], progress: Watch) -> int:
    # Scrapy and Twisted take a third of a second to import: not before the arguments are known to be good.
    from crawler.run import Run
    from crawler.settings import settings_for

    settings = settings_for(job.config, options["replay"], options["record"], options["verbose"])
    summary = Run(job, settings, progress).crawl("refresh")
    if summary.interrupted:
        return Exit.INTERRUPTED
    return Exit.FAILED if summary.failures else Exit.WELL


def _report(style: str, quiet: bool, verbose: int) -> Report:
    return JsonLines(sys.stdout, quiet=quiet) if style == "jsonl" else Text(quiet=quiet, verbose=bool(verbose))


@contextmanager
def _progress(paths: Sequence[Path], limit: int | None, *, hidden: bool) -> Iterator[Watch]:
    if hidden or not sys.stderr.isatty():
        yield Unwatched()
        return
    with watch(sum(1 for _ in corpus.paths(paths)), limit) as bar:
        yield bar
