"""The status as a report: numbers for a person, or one object a record for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, Final

import click

from crawler.line import line
from crawler.report.jsonl import plain
from crawler.standing import Life
from crawler.status import AGES, NEVER, Condition, Counts, Status

SHOWN: Final = 10
"""Sites, and records of a kind, that are named; JSON lines have all."""

_LIVES: Final = (Life.FAILING, Life.DEAD, Life.UNSURE)
_UNITS: Final = tuple((unit, timedelta(**{f"{unit}s": 1})) for unit in ("day", "hour", "minute", "second"))
_COLUMNS: Final = ("records", "due", "stale", *map(str, _LIVES))


def as_text(status: Status, reasons: Counter[str], stale: timedelta) -> Iterator[str]:
    """Yield the lines of a status; ``reasons`` are how many records are due for which."""
    counts = status.total
    lives = (f", {counts.lives[life]:,} {life}" for life in _LIVES if counts.lives[life])
    noun = "record" if counts.records == 1 else "records"
    head = f"{counts.records:,} {noun}: {counts.due:,} due, {counts.stale:,} stale (not read for {_long(stale)})"
    yield click.style(head + "".join(lives), bold=True)
    yield from _table("due", reasons.most_common())
    read = [(name, status.ages[name]) for name in (*(name for name, _ in AGES), NEVER) if status.ages[name]]
    yield from _table("last read", read)
    if status.sites:
        yield from _sites(status.sites)
    for life in _LIVES:
        yield from _failed(life, [one for one in status.failed if one.life is life])
    if status.best:
        yield from ("", click.style("next", bold=True))
        for item in status.best:
            yield from (f"  {line(click.format_filename(item.filed.path))}", f"    {item.why}")


def _table(name: str, rows: Iterable[tuple[str, int]]) -> Iterator[str]:
    lines = [f"  {number:>9,}  {what}" for what, number in rows]
    if lines:
        yield from ("", click.style(name, bold=True), *lines)


def _sites(sites: dict[str, Counts]) -> Iterator[str]:
    """Yield a table of the sites, those first that have most to do."""
    ordered = sorted(sites.items(), key=lambda one: (-one[1].due, -one[1].lives.total(), -one[1].records, one[0]))
    width = max((len(name) for name, _ in ordered[:SHOWN]), default=0)
    yield ""
    yield click.style(f"  {'site':{width}}" + "".join(f"{name:>9}" for name in _COLUMNS), bold=True)
    for name, counts in ordered[:SHOWN]:
        numbers = (counts.records, counts.due, counts.stale, *(counts.lives[life] for life in _LIVES))
        yield f"  {name:{width}}" + "".join(f"{number:>9,}" for number in numbers)
    if len(ordered) > SHOWN:
        yield f"  and {len(ordered) - SHOWN:,} more sites"


def _failed(life: Life, found: list[Condition]) -> Iterator[str]:
    if not found:
        return
    yield from ("", click.style(str(life), bold=True))
    for condition in found[:SHOWN]:
        filed, standing = condition.item.filed, condition.standing
        yield f"  {line(click.format_filename(filed.path))}"
        yield f"    {line(filed.url)}"
        yield f"    {line(standing.reason) if standing else ''}"
    if len(found) > SHOWN:
        yield f"  and {len(found) - SHOWN:,} more"


def _long(span: timedelta) -> str:
    """Say how long a span is, in the largest unit of which it is a whole number."""
    unit, length = next(one for one in _UNITS if not span % one[1])
    number = span // length
    return f"{number:,} {unit}s" if number != 1 else f"{'an' if unit == 'hour' else 'a'} {unit}"


def as_json(condition: Condition) -> dict[str, Any]:
    """Return how a record stands as plain JSON values: always the same keys, null for what is not known.

    ``doubt`` is the chance that its article has changed since it was ``read``; ``verdict`` is None for an article that
    answered when it was last asked. Times are ISO 8601, in UTC.
    """
    item, standing = condition.item, condition.standing
    track = item.track
    return {
        "path": str(item.filed.path),
        "url": item.filed.url,
        "published": plain(item.filed.published),
        "read": plain(track.read),
        "asked": plain(track.asked),
        "rests_until": plain(track.rest),
        "doubt": round(item.doubt, 4),
        "due": condition.is_due,
        "why": item.why if condition.is_due else None,
        "verdict": condition.life,
        "reason": standing.reason if standing else None,
    }
