"""Explanations as JSON lines: one object a record, or a related article in it; stable, for programs."""

from typing import Any, TextIO

import click

from crawler import place
from crawler.change import Change, Kept, Outcome
from crawler.explanation import Account, Explanation, Seen
from crawler.picture import Picture
from crawler.report.jsonl import dumped, plain, verdict_as_json
from crawler.report.summary import Summary


class JsonLines:
    """Writes each explanation as one line, at once; files that cannot be read are named on standard error."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def explain(self, explanation: Explanation) -> None:
        """Write one line."""
        self.out.write(dumped(as_json(explanation), self.out.encoding) + "\n")
        self.out.flush()

    def outcome(self, outcome: Outcome) -> None:
        """Name a record that could not be read."""
        if outcome.error:
            click.echo(f"recrawl: {outcome.error}", err=True)

    def end(self, summary: Summary) -> None:
        """Say what may explain that there was nothing to explain."""
        if summary.hint:
            click.echo(summary.hint, err=True)


def as_json(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as plain JSON values: always the same keys.

    ``at`` is the place of the entry among related articles, empty for the record itself. ``decision`` is ``change`` or
    ``keep``; ``new`` is None where nothing changes.
    """
    return {
        "path": str(explanation.path),
        "at": place.text(explanation.at) if explanation.at else "",
        "pages": [{**verdict_as_json(one.verdict), "agreement": one.agreement or None} for one in explanation.judged],
        "fields": [_account(account) for account in explanation.accounts],
    }


def _account(account: Account) -> dict[str, Any]:
    decision = account.decision
    return {
        "field": account.key,
        "place": place.text(account.place),
        "stands": plain(account.stands),
        "seen": [_seen(one) for one in account.seen],
        "decision": "change" if isinstance(decision, Change) else "keep",
        "why": decision.why if isinstance(decision, Kept) else decision.because.rule,
        "new": plain(decision.new) if isinstance(decision, Change) else None,
    }


def _seen(seen: Seen) -> dict[str, Any]:
    item = seen.evidence
    value = item.value
    is_picture = isinstance(value, Picture)
    return {
        "value": {"url": value.url, "width": value.width, "height": value.height} if is_picture else plain(value),
        "source": item.source,
        "confidence": round(item.confidence, 3),
        "said": item.said,
        "page": item.url,
        "role": seen.role,
    }
