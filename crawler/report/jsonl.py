"""The JSON lines report: one object an outcome, stable, for programs."""

import json
from datetime import date
from typing import Any, TextIO

from crawler import place
from crawler.change import Change, Outcome
from crawler.report.summary import Summary
from crawler.verdict import Verdict


class JsonLines:
    """Writes each outcome as one line, at once."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def outcome(self, outcome: Outcome) -> None:
        """Write one line."""
        self.out.write(json.dumps(as_json(outcome), ensure_ascii=False, default=_plain) + "\n")
        self.out.flush()

    def end(self, summary: Summary) -> None:
        """Write nothing: every line is an outcome."""


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as the documented object."""
    return {
        "path": str(outcome.path),
        "changes": [_change(change) for change in outcome.changes],
        "verdicts": [_verdict(verdict) for verdict in outcome.verdicts],
        "written": outcome.written,
        "error": outcome.error,
    }


def _change(change: Change) -> dict[str, Any]:
    because = {"rule": change.because.rule, "sources": change.because.sources, "seen": change.because.seen}
    return {"place": place.text(change.place), "old": change.old, "new": change.new, "because": because}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "url": verdict.target.url,
        "role": verdict.target.role,
        "state": verdict.state,
        "evidence": verdict.evidence,
        "final_url": verdict.final_url,
    }


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
