"""The report of an account: all that is remembered of a link, in words that a person can disagree with, or as JSON."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.account import Account
from crawler.line import line
from crawler.meaning import LIVES, meaning
from crawler.standing import Life
from crawler.url import host


def as_text(account: Account) -> Iterator[str]:
    """Yield the lines of an account."""
    standing = account.standing
    since = f" since {standing.since:%Y-%m-%d}" if standing.since else ""
    yield line(account.url)
    yield f"{account.life}{since}: {standing.rule}"
    yield LIVES[account.life]
    yield from _looks(account)
    yield from _rules(account)
    yield from _known(account)
    if account.life in (Life.FAILING, Life.DEAD):
        yield ""
        yield f"If it lives, say so: recrawl forgive '{line(account.url)}'"


def _looks(account: Account) -> Iterator[str]:
    """Yield every look, and what its states mean."""
    seen = account.history.observations
    if not seen:
        return
    yield ""
    yield f"Looks, the oldest first, in UTC (the last {len(seen)} that are kept):"
    states = max(len(one.state) for one in seen)
    for one in seen:
        what = f"  {one.at:%Y-%m-%d %H:%M}  {one.state:<{states}}  {account.counts_as(one):<15}  {line(one.detail)}"
        yield what.rstrip() + ("" if one.full else "; not sent as browsers send it, so not the last word")
    yield ""
    yield "What they mean:"
    yield from (f"  {state}: {meaning(state)}" for state in sorted({one.state for one in seen}))


def _rules(account: Account) -> Iterator[str]:
    """Yield how far each rule is met by what was seen since the last sign of life."""
    yield ""
    yield "Rules by which it can be dead:"
    for one in account.reckonings:
        yield f"  {'met    ' if one.condemns else 'not met'}  {one}"


def _known(account: Account) -> Iterator[str]:
    """Yield what is known beside the looks."""
    known, move = account.host, account.move
    name = line(host(account.url))
    yield ""
    if known.forgiven:
        yield f"{name} is forgiven {', '.join(sorted(known.forgiven))}: no strike of that kind counts there."
    if known.failing_since:
        yield f"{name}: its links have failed together since {known.failing_since:%Y-%m-%d}."
    if known.answers_head is not None:
        yield f"{name} answers HEAD {'as' if known.answers_head else 'otherwise than'} it answers GET."
    if move:
        times = "once" if move.times == 1 else f"{move.times} times since {move.first:%Y-%m-%d}"
        yield f"It has moved for good to {line(move.target)}, as was seen {times}."
    yield f"It is looked at next on {account.due:%Y-%m-%d}." if account.due else "It is looked at in the next check."


def as_json(account: Account) -> dict[str, Any]:
    """Return an account as plain JSON values, always the same keys; times are ISO 8601, in UTC, days are numbers."""
    standing, answer, move = account.standing, account.answer, account.move
    return {
        "url": account.url,
        "verdict": account.life,
        "rule": standing.rule,
        "since": _time(standing.since),
        "last": _time(standing.last),
        "due": _time(account.due),
        "looks": [
            {
                "at": _time(seen.at),
                "state": seen.state,
                "meaning": meaning(seen.state),
                "counts_as": account.counts_as(seen),
                "full": seen.full,
                "detail": seen.detail,
            }
            for seen in account.history
        ],
        "rules": [
            {
                "name": one.rule.name,
                "met": one.condemns,
                "strikes": len(one.counted),
                "of": one.rule.needed,
                "watched_days": round(one.watched.total_seconds() / 86_400, 2),
                "over_days": one.rule.over.days,
            }
            for one in account.reckonings
        ],
        "host": {
            "name": host(account.url),
            "forgiven": sorted(account.host.forgiven),
            "failing_since": _time(account.host.failing_since),
            "answers_head": account.host.answers_head,
        },
        "answer": {"at": _time(answer.at), "status": answer.status, "final_url": answer.final_url} if answer else None,
        "move": {"target": move.target, "first": _time(move.first), "times": move.times} if move else None,
    }


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
