"""``recrawl state``: carry what was learned from one machine to another, and forget what is of no use."""

import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from crawler import __version__, config
from crawler.commands.recalling import recall, recalling
from crawler.commands.span import SpanType
from crawler.errors import UsageError
from crawler.exit import Exit
from crawler.job import utc_now
from crawler.state import State
from crawler.state.pruning import prune as forget
from crawler.state.transfer import Merger, lines

EPILOG = """\b
Examples:
  recrawl state export --in content/articles > state.jsonl
  recrawl state import --in content/articles laptop.jsonl ci.jsonl
  recrawl state prune --in content/articles --older 400d

\b
Exit status: 0 it was done, 1 the state or a file cannot be used, 2 usage or configuration.
"""


@click.group("state", epilog=EPILOG)
def command() -> None:
    """Carry what was learned from one machine to another, and forget what is of no use."""


@command.command("export")
@recalling
def export(**options: Any) -> int:
    """Write what was learned to standard output, as JSON lines.

    Always in the same order, so that two exports can be compared. What is true of this machine only is left out.
    """
    with recall(options, keep=False) as state:
        for line in lines(state.database, __version__):
            sys.stdout.write(line + "\n")
    return Exit.WELL


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True, dir_okay=False))
@recalling
def merge(files: tuple[Path, ...], **options: Any) -> int:
    """Merge exports into the state, which is begun where there is none; - is standard input.

    Of two things that were learned of the same, the later is kept, so the order of files does not matter, and merging
    one twice changes nothing. A file that cannot be read is not merged in part.
    """
    folder = options["state"] or config.find((options["place"],), options["config"]).state
    with State.open(folder, utc_now()) as state:
        merger = Merger(state.database, __version__)
        for file in files:
            merger.merge(_read(file), str(file))
    unknown = f", {merger.unknown:,} of kinds that only another version knows" if merger.unknown else ""
    click.echo(f"{merger.merged:,} things learned{unknown}", err=True)
    return Exit.WELL


def _read(file: Path) -> Iterable[str]:
    if str(file) == "-":
        yield from sys.stdin
        return
    try:
        with file.open(encoding="utf-8") as stream:
            yield from stream
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{file}: it cannot be read: {why}") from error


@command.command("prune")
@click.option(
    "--older", type=SpanType(), default="400d", show_default=True, help="Forget what was not asked for so long."
)
@recalling
def prune(older: timedelta, **options: Any) -> int:
    """Forget records whose file is gone, and addresses that were not asked for long."""
    with recall(options, keep=True) as state:
        pruned = forget(state.database, state.records.root, utc_now() - older)
    click.echo(f"forgotten: records {pruned.records:,}, addresses {pruned.addresses:,}")
    return Exit.WELL
