"""``recrawl status``: tell what is due and why, stale, failing or dead; nobody is asked."""

import gc
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from crawler import config, corpus
from crawler.agenda import Known
from crawler.commands.span import SpanType
from crawler.errors import StateError
from crawler.exit import Exit
from crawler.index import index
from crawler.job import utc_now
from crawler.report.jsonl import dumped
from crawler.report.status import SHOWN, as_json, as_text
from crawler.state import State
from crawler.status import conditions, status
from crawler.terminal import warn

EPILOG = """\b
Examples:
  recrawl status content/articles
  recrawl status --stale 90d content/articles
  recrawl status --format jsonl content/articles | jq 'select(.due) | .path'

\b
Exit status: 0 it was said, 1 some files cannot be read (each is named), 2 usage or configuration.
"""


@click.command("status", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--stale", type=SpanType(), default="30d", show_default=True, help="Not read for so long is stale.")
@click.option("--format", "style", type=click.Choice(["text", "jsonl"]), default="text", help="How to say it.")
@click.option("--config", "file", type=click.Path(path_type=Path, dir_okay=False), help="The configuration.")
@click.option(
    "--state", "folder", type=click.Path(path_type=Path, file_okay=False), help="Where what was seen is kept."
)
def command(
    paths: tuple[Path, ...],
    stale: timedelta,
    style: str,
    file: Path | None,
    folder: Path | None,
    now: Callable[[], datetime] = utc_now,
    **_options: Any,
) -> int:
    """Tell what is due and why, stale, failing or dead.

    PATHS are files, folders and globs; the current folder by default. Nobody is asked, and no record is written: what
    earlier runs have learned is told, and what each file holds.
    """
    gc.disable()  # what is made is needed to the end
    named = paths or (Path(),)
    configured = config.find(named, file)
    at = now()
    with _opened(folder or configured.state, at) as state:
        found = index(corpus.paths(named), configured, state)
        known = Known.of(state)
        told = list(conditions(found.records, known, state, at))
        if style == "jsonl":
            for one in told:
                sys.stdout.write(dumped(as_json(one), sys.stdout.encoding) + "\n")
        else:
            reasons = Counter(str(one.item.reason) for one in told if one.is_due)
            click.echo("\n".join(as_text(status(told, known, at, stale, SHOWN), reasons, stale)))
    for failure in found.failures:
        warn(failure)
    return Exit.FAILED if found.failures else Exit.WELL


def _opened(folder: Path, at: datetime) -> State:
    """Open the state, or a copy of it while a run has it: only what is in files would be remembered."""
    try:
        return State.open(folder, at)
    except StateError:
        return State.open(folder, at, keep=False)
