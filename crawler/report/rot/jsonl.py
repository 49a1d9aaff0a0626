"""The JSON lines report: one object a link, stable, for programs."""

from typing import Any, TextIO

import click

from crawler.finding import Finding
from crawler.link import Spot
from crawler.observation import Observation
from crawler.report.jsonl import dumped
from crawler.report.rot.summary import Summary


class JsonLines:
    """Writes each finding as one line, at once, and the summary to standard error, where it is in no program's way."""

    def __init__(self, out: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self.out = out
        self.quiet = quiet
        del verbose  # every link has its line anyway

    def finding(self, finding: Finding) -> None:
        """Write one line."""
        self.out.write(dumped(as_json(finding), self.out.encoding) + "\n")
        self.out.flush()

    def end(self, summary: Summary) -> None:
        """Write the summary."""
        if not self.quiet:
            click.echo("\n".join((*summary.notes, str(summary))), err=True)


def as_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain JSON values, always the same keys.

    ``state`` is what was observed now (`crawler.verdict.State`), ``verdict`` what all observations mean together
    (`crawler.standing.Life`), by ``rule`` and ``because`` of these; ``since`` is when things began to be so.
    ``better`` is the address that should stand in the files, or null. Times are ISO 8601, in UTC.
    """
    link, verdict, standing = finding.link, finding.verdict, finding.standing
    return {
        "url": link.url,
        "role": link.role,
        "state": verdict.state,
        "verdict": finding.life,
        "final_url": verdict.final_url,
        "reason": finding.reason,
        "evidence": list(verdict.evidence),
        "rule": standing.rule,
        "because": [_observation(seen) for seen in standing.because],
        "since": standing.since.isoformat() if standing.since else None,
        "better": finding.better or None,
        "spots": [_spot(spot) for spot in link.spots],
    }


def _observation(seen: Observation) -> dict[str, Any]:
    return {"at": seen.at.isoformat(), "state": seen.state, "detail": seen.detail}


def _spot(spot: Spot) -> dict[str, Any]:
    return {"path": str(spot.path), "line": spot.line, "place": spot.place or None}
