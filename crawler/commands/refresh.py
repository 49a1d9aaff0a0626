"""``recrawl refresh``: refresh article records from the web."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from crawler import config, corpus
from crawler.commands.crawling import crawling, overridden
from crawler.job import Job, utc_now
from crawler.progress import Unwatched, Watch, watch
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
@click.option("--force", is_flag=True, help="Read pages anew that their server calls unchanged.")
@click.option("--format", "style", type=click.Choice(["text", "jsonl"]), default="text", help="How to report.")
@crawling
def command(
    paths: tuple[Path, ...],
    dry_run: bool,
    diff: bool,
    limit: int | None,
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
    with State.open(configured.state, utc_now(), keep=not dry_run) as state:
        job = Job(paths, configured, state, limit=limit, dry_run=dry_run, diff=diff, force=force)
        return _run(job, style, options)


def _run(job: Job, style: str, options: dict[str, Any]) -> int:
    # Scrapy and Twisted take a third of a second to import: not before the arguments are known to be good.
    from crawler.handlers import archives, recording
    from crawler.run import Run
    from crawler.settings import settings_for

    settings = settings_for(job.config, options["replay"], options["record"], options["verbose"])
    quiet = options["quiet"]
    # Held until the crawl has ended: Scrapy only logs what its handlers raise.
    _archive = archives(options["replay"]) if options["replay"] else options["record"] and recording(options["record"])
    with _progress(job, hidden=quiet or style == "jsonl") as progress:
        summary = Run(job, settings, _report(style, quiet, options["verbose"]), progress).crawl("refresh")
    if summary.interrupted:
        return 130
    return 1 if summary.failures else 0


def _report(style: str, quiet: bool, verbose: int) -> Report:
    return JsonLines(sys.stdout) if style == "jsonl" else Text(quiet=quiet, verbose=bool(verbose))


@contextmanager
def _progress(job: Job, *, hidden: bool) -> Iterator[Watch]:
    if hidden or not sys.stderr.isatty():
        yield Unwatched()
        return
    total = sum(1 for _ in corpus.paths(job.paths))
    with watch(min(total, job.limit) if job.limit is not None else total) as bar:
        yield bar
