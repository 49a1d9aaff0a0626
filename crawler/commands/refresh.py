"""``recrawl refresh``: refresh article records from the web."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from crawler import config, corpus
from crawler.commands.crawling import crawl, crawling, opened, overridden
from crawler.commands.selecting import selecting, selection
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
  recrawl refresh --stale 30d --where 'topics=AI' --where 'published=false' --limit 50 content/articles
  recrawl refresh --missing images --site al.com --changed-since 2020-10-01 content/articles
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
@click.option("-q", "--quiet", is_flag=True, help="Print failures only.")
@selecting
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
    quiet: bool,
    now: Callable[[], datetime] = utc_now,
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
    _archive = opened(options)
    with State.open(configured.state, now(), keep=not dry_run) as state, Replacer() as replacer:
        report = _report(style, quiet, options["verbose"])
        job = Job(
            files,
            configured,
            state,
            replacer,
            report,
            now=now,
            limit=limit,
            dry_run=dry_run,
            diff=diff,
            force=force,
            archive=archive,
            selection=selection(options),
        )
        with _progress(paths, limit, hidden=quiet or (style == "jsonl" and sys.stdout.isatty())) as progress:
            summary = crawl(job, options, progress)
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
