"""The agenda as a report: what a run would ask, in which order, and why."""

from collections.abc import Sequence
from typing import Any, TextIO

import click

from crawler.agenda import Item
from crawler.exit import Exit
from crawler.index import Index
from crawler.line import line, lines
from crawler.report.jsonl import dumped


def tell(items: Sequence[Item], due: int, found: Index, style: str, out: TextIO) -> int:
    """Print the first items of an agenda of so many, and return the exit status."""
    for item in items:
        name = line(click.format_filename(item.filed.path))
        out.write(dumped(as_json(item), out.encoding) + "\n" if style == "jsonl" else f"{name}\n  {item.why}\n")
    for failure in found.failures:
        click.echo(f"recrawl: {lines(failure)}", err=True)
    told = f"{len(found.records):,} records, {due:,} due, {len(items):,} would be asked at most"
    click.echo(told, err=style == "jsonl")
    return Exit.FAILED if found.failures else Exit.WELL


def as_json(item: Item) -> dict[str, Any]:
    """Return an item as plain JSON values; ``worth`` is null for a record that was never read."""
    track, is_known = item.track, item.track.read is not None
    return {
        "path": str(item.filed.path),
        "url": item.filed.url,
        "why": item.why,
        "doubt": round(item.doubt, 4),
        "worth": round(item.worth, 3) if is_known else None,
        "read": track.read.isoformat() if track.read else None,
    }
