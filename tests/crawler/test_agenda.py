from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path

import pytest

from crawler.agenda import Item, Known, Reason, agenda, in_turns, is_due
from crawler.habit import Habit
from crawler.prior import Prior
from crawler.state import Filed
from crawler.status import best
from crawler.track import Track

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def url(name, site="example.org"):
    return f"https://www.{site}/{name}"


def filed(name, published=NOW - 100 * DAY, site="example.org"):
    return Filed(Path(f"{name}.md"), url(name, site), published)


def read(name, ago, published=NOW - 100 * DAY, **more):
    return Track(url(name), published, **{"stated": 1, "read": NOW - ago, "asked": NOW - ago} | more)


def known(*tracks):
    return Known({track.url: track for track in tracks}, Prior(), {})


def names(items):
    return [item.filed.path.stem for item in items]


def test_those_that_were_never_read_take_turns_with_the_others_the_newest_of_them_first():
    records = [filed("read"), filed("old"), filed("new", NOW - HOUR), filed("undated", None)]
    found = agenda(records, known(read("read", 60 * DAY)), NOW)
    assert names(found) == ["new", "read", "old", "undated"]
    assert found[0].worth == inf
    assert found[0].reason is Reason.NEW


def test_of_those_that_were_read_it_is_the_freshness_that_a_request_buys():
    lively = read("lively", 5 * DAY, habit=Habit(flow=8, watched=60 * 24))
    still = read("still", 5 * DAY, habit=Habit(watched=60 * 24))
    young = read("young", 2 * HOUR, published=NOW - 3 * HOUR)
    items = agenda([filed("still"), filed("young"), filed("lively")], known(lively, still, young), NOW)
    assert set(names(items[:2])) == {"lively", "young"}
    assert items == sorted(items, key=lambda item: -item.worth)


def test_a_large_folder_of_new_records_keeps_no_others_waiting():
    records = [filed(f"new{number}", NOW - HOUR) for number in range(1000)] + [filed(f"read{n}") for n in range(10)]
    found = agenda(records, known(*(read(f"read{n}", 60 * DAY) for n in range(10))), NOW)
    assert [name for name in names(found[:20]) if name.startswith("read")] == [f"read{n}" for n in range(10)]


def test_what_has_hardly_changed_is_left_alone():
    assert agenda([filed("a")], known(read("a", HOUR)), NOW) == []


def test_what_failed_rests():
    resting = read("a", 60 * DAY, asked=NOW - HOUR, rest=NOW + HOUR)
    assert agenda([filed("a")], known(resting), NOW) == []
    (item,) = agenda([filed("a")], known(resting), NOW + 2 * HOUR)
    assert item.reason is Reason.FAILED
    assert item.why == "failed on 2026-01-02, and may be back"


def test_what_is_announced_is_due():
    track = read("a", 2 * DAY).announced(NOW - DAY, NOW - HOUR)
    (item,) = agenda([filed("a")], known(track), NOW)
    assert item.reason is Reason.ANNOUNCED
    assert item.doubt > 5 * known(track._replace(times=0)).item(filed("a"), NOW).doubt
    assert item.why.startswith("announced as changed: ")


def test_sites_take_turns():
    items = [Item(filed(str(n), site=site), site, Track(""), 1.0, inf) for site in ("a.org", "b.org") for n in range(3)]
    assert [item.site for item in in_turns(items)] == ["a.org", "b.org"] * 3
    assert sorted(in_turns(items)) == sorted(items)


@pytest.mark.parametrize("shown", [1, 3, 10])
def test_the_best_are_those_of_the_agenda(shown):
    records = [filed(str(number)) for number in range(40)]
    tracks = [read(str(n), n * DAY, habit=Habit(flow=n % 7, watched=n * 30)) for n in range(5, 40)]
    items = [item for one in records if is_due(item := known(*tracks).item(one, NOW), NOW)]
    assert names(best(items, known(*tracks), NOW, shown)) == names(agenda(records, known(*tracks), NOW)[:shown])
