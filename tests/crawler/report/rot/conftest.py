"""Findings as a check makes them: of histories, by the rules."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from crawler.finding import Finding
from crawler.history import History
from crawler.link import Link, Spot
from crawler.observation import Observation
from crawler.report.rot import report
from crawler.report.rot.summary import Summary
from crawler.rule import rules
from crawler.standing import stand
from crawler.target import Role, Target
from crawler.verdict import State, Verdict

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def found():
    """Return the finding of a link that was last observed now, and before that some days ago each."""

    def found(
        url, state="not-found", *spots, before=(), evidence=("404",), final="", better="", role="link", strikes=3
    ):
        days = [(state, 0), *before]
        history = History.of(Observation(NOW - timedelta(days=ago), seen, full=True) for seen, ago in days)
        where = tuple(Spot(Path(path), line, place) for path, line, place in spots or [("a.md", 3, "webUrl")])
        verdict = Verdict(Target(url, Role(role)), State(state), tuple(evidence), final)
        return Finding(Link(url, Role(role), where), verdict, stand(history, NOW, rules(strikes)), better, history)

    return found


@pytest.fixture
def summary():
    """Return the summary of findings."""

    def summary(*findings, **more):
        made = Summary(NOW, **more)
        for finding in findings:
            made.add(finding)
        return made

    return summary


@pytest.fixture
def dead(found):
    """Return the finding of a link that has not been there for days."""

    def dead(url, *spots, **more):
        return found(url, "not-found", *spots, before=[("not-found", ago) for ago in (2, 4, 6, 8)], **more)

    return dead


@pytest.fixture
def reported(summary):
    """Return what a format writes of findings."""

    def reported(style, *findings, **more):
        out = StringIO()
        made = report(style, out)
        for finding in findings:
            made.finding(finding)
        made.end(summary(*findings, **more))
        return out.getvalue()

    return reported


HOSTILE = (
    "https://a.example/\x1b[2J\n::error::x",
    "https://a.example/`|`|<img src=x onerror=alert(1)>",
    "https://a.example/]]>&amp;<!--",
    "https://a.example/\u202e\x00\udcff\uffff",
    "javascript:alert(1)",
    "https://a.example/](<javascript:alert(1)>)",
    "https://a.example/%0A%3A,%2C::x",
    "https://a.example/</script></style></textarea><script>alert(1)</script>",
    "https://a.example/{{ 7 * 7 }}{% raw %}",
    "https://a.example/@everyone #1 ``` \\",
    "",
)
"""Addresses, and with them reasons, files and places, that break reports that were not written with care."""


@pytest.fixture
def hostile(found):
    """Return findings of which everything that others write is hostile."""

    def spoil(number, text, state):
        spots = [(f"{text[:60] or 'x'}.md", number, text)]
        return found(text, state, *spots, evidence=[text], final=text, better=text if number % 2 else "")

    return [
        spoil(number, text, state) for state in ("not-found", "blocked", "ok") for number, text in enumerate(HOSTILE)
    ]
