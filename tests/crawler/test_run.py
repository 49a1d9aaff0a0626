"""A run, however it ends: interrupted, killed, broken, out of disk space, with nobody listening."""

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

RECORDS = 12
GOOD = 5
"""The first of the records whose page answers; the pages of the others hang."""

HANDS = 30
"""Seconds that a process may take to end: those that wait for hanging pages would take longer."""

CONFIG = "timeout: 600\n"


@pytest.fixture
def hanging(web, article, record, tmp_path, live):
    """Return the arguments of a refresh of which some pages never come."""

    def hang(handler):
        handler.connection.recv(1)
        handler.close_connection = True

    for number in range(RECORDS):
        path, host = f"/{number}", f"127.0.0.{number + 2}"
        url = web.page(path, article(), host=host) if number < GOOD else web.answer(path, hang, host)
        record(url, f"{number:02}.md")
    config = tmp_path / "recrawl.yml"
    config.write_text(CONFIG)
    return ("refresh", tmp_path / "articles", *live, "--config", config, "--format", "jsonl")


def until(process, outcomes):
    """Read a number of outcomes."""
    return [json.loads(process.stdout.readline()) for _ in range(outcomes)]


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".md"}


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_ends_it_soon_with_a_summary_and_whole_files(
    signum, hanging, start, recrawl, web, article, tmp_path
):
    process = start(*hanging)
    done = until(process, GOOD)
    process.send_signal(signum)
    out, err = process.communicate(timeout=HANDS)
    assert process.returncode == 130
    assert out == ""
    assert err == f"interrupted: {GOOD} records, {GOOD} with changes ({GOOD} excerpt), {GOOD} files written\n"
    assert all(outcome["written"] for outcome in done)
    assert sum(b"after four years" in data for data in files(tmp_path / "articles").values()) == GOOD
    for number in range(GOOD, RECORDS):
        web.page(f"/{number}", article(), host=f"127.0.0.{number + 2}")
    again = recrawl(*hanging)
    assert again.status == 0
    assert sum(outcome["written"] for outcome in again.outcomes.values()) == RECORDS - GOOD


def test_a_second_interrupt_ends_it_at_once(hanging, start):
    process = start(*hanging)
    until(process, GOOD)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=HANDS)
    assert process.returncode == 130


WHEN = """
import os, signal, sys


class Moment:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["MOMENT"]:
            os.environ["MOMENT"] = ""
            os.kill(os.getpid(), int(os.environ["SIGNAL"]))


sys.meta_path.insert(0, Moment())
"""

MOMENTS = ["click", "crawler.cli", "crawler.commands.refresh", "yaml", "sqlite3", "rich", "scrapy",
           "twisted.internet.tcp", "crawler.settings", "spiders.refresh", "crawler.resolver", "pipelines.judge",
           "crawler.live"]  # fmt: skip
"""Modules whose import is a moment of a run: first the command line, then the state, Scrapy, the parts of the crawl."""


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_is_heard_from_the_first_moment_on(moment, signum, hanging, start, tmp_path):
    before = files(tmp_path / "articles")
    (tmp_path / "sitecustomize.py").write_text(WHEN)
    environment = {"PYTHONPATH": str(tmp_path), "MOMENT": moment, "SIGNAL": str(int(signum))}
    process = start(*hanging, **environment)
    _, err = process.communicate(timeout=HANDS)
    assert process.returncode == 130
    assert "interrupted" in err
    assert "Traceback" not in err
    assert files(tmp_path / "articles") == before


def test_what_was_ignored_before_stays_ignored(hanging, web, article, tmp_path):
    for number in range(GOOD, RECORDS):
        web.page(f"/{number}", article(), host=f"127.0.0.{number + 2}")
    words = [sys.executable, "-m", "crawler", *map(str, hanging)]
    nohup = "import signal, os, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    process = subprocess.Popen([sys.executable, "-c", nohup, *words], stdout=subprocess.PIPE, text=True)
    until(process, 1)
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=HANDS)
    assert process.returncode == 0


@pytest.mark.parametrize("moment", range(6))
def test_a_run_that_is_killed_leaves_whole_files_and_the_next_one_completes_them(
    moment, web, article, record, live, start, recrawl, tmp_path
):
    for number in range(40):
        record(web.page(f"/{number}", article(), host=f"127.0.0.{number + 2}"), f"{number:02}.md")
    folder = tmp_path / "articles"
    before = files(folder)
    process = start("refresh", folder, *live, "--format", "jsonl")
    until(process, 1 + moment * 6)
    process.kill()
    process.communicate()
    after = files(folder)
    again = recrawl("refresh", folder, *live, "--format", "jsonl")
    assert again.status == 0
    final = files(folder)
    assert all(b"after four years" in data for data in final.values())
    assert {name for name in before if after[name] not in (before[name], final[name])} == set()
    assert not [path for path in folder.iterdir() if path.name.endswith(".tmp")]


BROKEN = """
import sys
from pathlib import Path
from crawler import config, corpus
from crawler.job import Job
from crawler.replace import Replacer
from crawler.report.jsonl import JsonLines
from crawler.run import Run
from crawler.settings import ITEM_PIPELINES, settings_for
from crawler.state import State
from crawler.visit import Visit
from spiders.refresh import RefreshSpider


class Breaks:
    def process_item(self, item):
        if isinstance(item, Visit) and item.record.path.name == sys.argv[2]:
            raise KeyError("pipeline")
        return item


class Spider(RefreshSpider):
    def next_step(self, record, fetches, *before):
        if record.path.name == sys.argv[3] and fetches:
            raise ValueError("callback")
        if record.path.name == sys.argv[4]:
            raise RuntimeError("start")
        return super().next_step(record, fetches, *before)


folder = Path(sys.argv[1])
configured = config.Config(allow_private=("127.0.0.0/8",), delay=0.0)
with State.in_memory() as state, Replacer() as replacer:
    job = Job(corpus.paths([folder]), configured, state, replacer, JsonLines(sys.stdout))
    settings = settings_for(configured, (), None, 0)
    settings.set("ITEM_PIPELINES", {**ITEM_PIPELINES, Breaks: 250}, priority="cmdline")
    summary = Run(job, settings).crawl(Spider)
    sys.exit(bool(summary.failures))
"""


def test_a_part_of_ours_that_breaks_costs_one_record(web, article, record, tmp_path):
    for name in "abcdef":
        url = web.page(f"/{name}", article()) if name != "f" else web.url("/f", "127.0.0.3").replace(str(web.port), "1")
        record(url, f"{name}.md")
    words = [sys.executable, "-c", BROKEN, tmp_path / "articles", "b.md", "f.md", "d.md"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    outcomes = {outcome["path"][-4:]: outcome for outcome in map(json.loads, done.stdout.splitlines())}
    errors = {name: outcome["error"].partition(" (")[0] for name, outcome in outcomes.items() if outcome["error"]}
    assert errors == {
        "b.md": f"{tmp_path}/articles/b.md: recrawl itself failed: KeyError: 'pipeline'",
        "d.md": f"{tmp_path}/articles/d.md: recrawl itself failed: RuntimeError: start",
        "f.md": f"{tmp_path}/articles/f.md: recrawl itself failed: ValueError: callback",
    }
    assert [name for name, outcome in outcomes.items() if outcome["written"]] == ["a.md", "c.md", "e.md"]
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_one_run_at_a_time_uses_a_state_and_the_second_is_told_who_does(hanging, start, recrawl):
    process = start(*hanging)
    until(process, 1)
    second = recrawl(*hanging)
    assert second.status == 1
    assert second.out == ""
    assert f"the state is in use, held by pid {process.pid} on {socket.gethostname()}" in second.err
    assert recrawl(*hanging[:2], "--dry-run", "--limit", "0").status == 0


def test_a_state_that_is_damaged_is_moved_aside_and_said_to_be(web, article, record, live, recrawl, tmp_path):
    record(web.page("/story", article()))
    state = tmp_path / "state"
    state.mkdir()
    (state / "state.sqlite3").write_bytes(b"no database at all" * 100)
    result = recrawl("refresh", tmp_path / "articles", *live, "--state", state)
    assert result.status == 0
    assert "the state file is damaged" in result.err
    assert "moved to state.sqlite3.damaged" in result.err
    assert len(list(state.glob("state.sqlite3.damaged-*"))) == 1


def limited(blocks, *arguments, stdout=subprocess.PIPE):
    """Run the command where no file may grow beyond some blocks of 512 bytes: to it the disk is full."""
    words = ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", sys.executable, "-m", "crawler", *map(str, arguments)]
    return subprocess.run(words, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60)


def test_a_state_that_cannot_be_written_is_named_and_every_record_is_still_written(
    web, article, record, live, tmp_path
):
    for number in range(3):
        record(web.page(f"/{number}", article()), f"{number}.md")
    done = limited(190, "refresh", tmp_path / "articles", *live, "--format", "jsonl")  # enough for empty tables
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert [outcome["written"] for outcome in outcomes] == [True] * 3
    assert all("the state cannot be used" in outcome["error"] for outcome in outcomes)
    assert done.returncode == 1
    assert done.stderr.endswith("3 failed\n")


def test_a_full_disk_ends_the_recording_and_not_the_run(web, article, record, live, tmp_path):
    noise = "".join(f"<p>{number * 7919}" for number in range(60_000))
    for number in range(6):
        record(web.page(f"/{number}", article(head=noise)), f"{number}.md")
    archive = tmp_path / "crawl.warc.gz"
    done = limited(800, "refresh", tmp_path / "articles", *live, "--record", archive)
    assert done.returncode == 0
    assert "File too large; nothing is recorded from" in done.stderr
    assert done.stderr.count("nothing is recorded") == 1
    assert "6 files written" in done.stdout


def test_a_reader_that_goes_away_ends_it_without_noise(hanging, start):
    process = start(*hanging)
    until(process, 1)
    process.stdout.close()
    process.wait(timeout=HANDS)
    assert process.returncode == 1
    assert process.stderr.read() == "recrawl: the report cannot be written: Broken pipe\n"


def test_a_report_for_which_there_is_no_room_ends_it(hanging):
    with Path("/dev/full").open("w") as full:
        words = [sys.executable, "-m", "crawler", *map(str, hanging)]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, timeout=HANDS)
    assert done.returncode == 1
    assert done.stderr == "recrawl: the report cannot be written: No space left on device\n"


def test_a_dead_network_ends_it_soon_and_is_named(record, recrawl, names, live, tmp_path):
    hosts = [f"www.{letter}{number}.example.org" for letter in "abcdefgh" for number in range(25)]
    for number, host in enumerate(hosts):
        record(f"https://{host}/story", f"{number}.md", ampWebUrl=f"https://{host}/amp/story")
    config = tmp_path / "recrawl.yml"
    config.write_text("timeout: 2")
    known = names(**dict.fromkeys(hosts, "hang"))
    begun = time.monotonic()
    result = recrawl("refresh", tmp_path / "articles", *live, "--config", config, **known)
    # One after the other, with one more attempt each, would take 800 seconds; 64 at a time and without a breaker, 12.
    assert time.monotonic() - begun < 60
    assert result.status == 1
    assert "failed: network-down (no host has answered in this run)" in result.out
    assert "is this machine connected?" in result.out
    assert f"{len(hosts)} records, nothing to change, no file written, {len(hosts)} failed" in result.out
    assert all(f"/{number}.md" in result.out for number in range(len(hosts)))
