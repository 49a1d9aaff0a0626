from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.agenda import Known
from crawler.observation import Observation
from crawler.prior import Prior
from crawler.standing import Life
from crawler.state import Filed, State
from crawler.status import NEVER, conditions, status
from crawler.track import Track

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def url(name):
    return f"https://www.example.org/{name}"


def told(*tracks, unseen=0):
    with State.in_memory() as state:
        state.urls.observe(url("gone"), Observation(NOW - DAY, "not-found", full=True))
        names = [track.url.rpartition("/")[2] for track in tracks] + [f"new{number}" for number in range(unseen)]
        records = [Filed(Path(f"{name}.md"), url(name)) for name in names]
        known = Known({track.url: track for track in tracks}, Prior(), {})
        found = list(conditions(records, known, state, NOW))
        return found, status(found, known, NOW, 30 * DAY, 10)


def read(name, days, **more):
    return Track(url(name), NOW - 999 * DAY, stated=1, **{"read": NOW - days * DAY, "asked": NOW - days * DAY} | more)


def test_records_are_counted_by_when_they_were_last_read():
    _, counted = told(read("a", 0.5), read("b", 1), read("c", 8), read("d", 31), read("e", 400), unseen=2)
    assert dict(counted.ages) == {
        "in the last day": 2,
        "in the last 30 days": 1,
        "in the last 90 days": 1,
        "longer ago": 1,
        NEVER: 2,
    }
    assert (counted.total.records, counted.total.stale) == (7, 4)
    assert counted.sites["example.org"].records == 7


def test_an_article_that_failed_last_is_told_with_what_its_history_says():
    found, counted = told(read("gone", 40, asked=NOW - DAY, rest=NOW + DAY), read("a", 1))
    assert [condition.life for condition in found] == [Life.FAILING, None]
    assert not found[0].is_due
    assert counted.failed == found[:1]
    assert counted.total.lives[Life.FAILING] == 1


def test_what_is_next_is_due():
    found, counted = told(read("a", 0.1), read("b", 90), unseen=1)
    assert [item.filed.path.stem for item in counted.best] == ["new0", "b"]
    assert counted.total.due == sum(condition.is_due for condition in found) == 2
