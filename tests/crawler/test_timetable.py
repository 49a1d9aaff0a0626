"""When machines call recrawl: spread over the minutes and hours, and as cron and systemd read it."""

import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from shutil import which

import pytest
from cronsim import CronSim

from crawler.timetable import EVERY, Timetable

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
TABLES = [Timetable.of(f"machine-{number}:/srv/articles") for number in range(2000)]


def test_machines_are_spread_over_all_minutes_and_hours_and_none_takes_the_full_hour():
    minutes = Counter(table.minute for table in TABLES)
    assert set(minutes) == set(range(1, 60))
    assert max(minutes.values()) < 4 * len(TABLES) / 59
    assert {hour for table in TABLES for hour in table.hours} == set(range(24))


def test_one_machine_has_always_the_same():
    assert Timetable.of("machine-7:/srv/articles") == TABLES[7]


@pytest.mark.parametrize("table", TABLES[:10])
def test_cron_calls_every_few_hours(table):
    times = list(islice(CronSim(table.cron, NOW), 9))
    assert {later - earlier for earlier, later in pairwise(times)} == {timedelta(hours=EVERY)}
    assert {time.minute for time in times} == {table.minute}


@pytest.mark.skipif(which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_systemd_reads_the_same_times():
    table = TABLES[0]
    words = ["systemd-analyze", "calendar", "--base-time=2026-03-01 12:00:00 UTC", "--iterations=5", table.calendar]
    done = subprocess.run(words, capture_output=True, text=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin"})
    assert done.returncode == 0, done.stderr
    assert all(f"{time:%Y-%m-%d %H:%M:%S} UTC" in done.stdout for time in islice(CronSim(table.cron, NOW), 5))
