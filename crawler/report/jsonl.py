"""The JSON lines report: one object an outcome, stable, for programs."""

import json
import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TextIO

import click

from crawler import place
from crawler.change import Change, Outcome
from crawler.frontmatter import Stamp
from crawler.report.summary import Summary
from crawler.verdict import Verdict


class JsonLines:
    """Writes each outcome as one line, at once, and the summary to standard error, where it is in no program's way."""

    def __init__(self, out: TextIO, *, quiet: bool = False) -> None:
        self.out = out
        self.quiet = quiet

    def outcome(self, outcome: Outcome) -> None:
        """Write one line."""
        self.out.write(line_of(outcome, self.out.encoding) + "\n")
        self.out.flush()

    def end(self, summary: Summary) -> None:
        """Write the summary."""
        if not self.quiet:
            click.echo("\n".join(filter(None, (summary.hint, str(summary)))), err=True)


def line_of(outcome: Outcome, encoding: str) -> str:
    """Return an outcome as one line of JSON (see `dumped`)."""
    return dumped(as_json(outcome), encoding)


def dumped(said: Mapping[str, Any], encoding: str) -> str:
    """Return JSON values as one line.

    Escaped is what an encoding (or a broken file name) has no other way to say, and what a terminal would act on.
    """
    text = json.dumps(said, ensure_ascii=False)
    if text.isascii() and "\x7f" not in text:
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(said)
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


_ACTING: Final = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What JSON lets stand in a string as it is, and what a terminal, or a reader of lines, acts on."""


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as plain JSON values: always the same keys, and ``diff`` where one was asked for.

    ``failure`` tells why the record could not be checked, whoever's fault it was, ``error`` only what went wrong on our
    side; both are None where all is well. Dates are ISO 8601, ``place`` is a key path (see `crawler.place`), ``role``
    and ``state`` are those of `crawler.target.Role` and `crawler.verdict.State`.
    """
    diff = {"diff": outcome.diff} if outcome.diff else {}
    return {
        "path": str(outcome.path),
        "changes": [_change(change) for change in outcome.changes],
        "verdicts": [verdict_as_json(verdict) for verdict in outcome.verdicts],
        "written": outcome.written,
        "failure": outcome.failure,
        "error": outcome.error,
        **diff,
    }


def _change(change: Change) -> dict[str, Any]:
    because = change.because
    return {
        "place": place.text(change.place),
        "old": plain(change.old),
        "new": plain(change.new),
        "because": {"rule": because.rule, "sources": list(because.sources), "seen": list(because.seen)},
    }


def verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as plain JSON values."""
    return {
        "url": verdict.target.url,
        "role": verdict.target.role,
        "state": verdict.state,
        "evidence": list(verdict.evidence),
        "final_url": verdict.final_url,
    }


def plain(value: Any) -> Any:
    """Return a value of front matter as JSON can hold it: YAML knows dates, keys of any type, and infinite numbers."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if place.is_list(value):
        return [plain(item) for item in value]
    if isinstance(value, Stamp):
        return value.value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)
