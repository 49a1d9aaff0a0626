"""Findings as a check makes them: of histories, by the rules."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.finding import Finding
from crawler.history import History
from crawler.link import Link, Spot
from crawler.observation import Observation
from crawler.report.rot.summary import Summary
from crawler.standing import rules, stand
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
