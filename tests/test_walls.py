"""Every kind of wall and error in `tests/walls`, served by a real server to the whole program: nothing is learned."""

import importlib.util
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
SPEC = importlib.util.spec_from_file_location("walls", HOUSE / "benchmarks" / "walls.py")
bench = importlib.util.module_from_spec(SPEC)
sys.modules["walls"] = bench
SPEC.loader.exec_module(bench)

WALLS = bench.walls()
RECORDS = sorted(file for file in (HOUSE / "data/articles").glob("*.md") if b"\noriginalUrl:" in file.read_bytes())
UNSURE_WHO = {"site-not-answering", "network-down", "rate-limited"}
"""What later addresses of a site are, that was seen to be so by an earlier one."""


@pytest.fixture
def outcomes(tmp_path):
    """What became of a record, and a bare one, for each wall on a host of its own: outcomes by wall, changed files."""
    records, hosts, titles = tmp_path / "records", {}, {}
    with bench.serving(bench.Site(lambda host: hosts.get(host, WALLS[0]), titles)) as port:
        for number, wall in enumerate(WALLS):
            host = f"www.wall-{number}.example"
            hosts[host] = wall
            data = RECORDS[number % len(RECORDS)].read_bytes()
            bench.put(bench.moved(data, lambda _, host=host: f"{host}:{port}"), records / str(wall) / "one.md", titles)
        before = {file: file.read_bytes() for file in records.rglob("*.md")}
        found = defaultdict(dict)
        for outcome in bench.refresh(records, tmp_path):
            path = Path(outcome["path"])
            found[str(path.parent.relative_to(records))][path.name] = outcome
    return found, [file for file, data in before.items() if file.read_bytes() != data]


def test_no_file_changes_and_every_answer_is_taken_for_what_it_is(outcomes):
    found, changed = outcomes
    assert changed == []
    assert found.keys() == {str(wall) for wall in WALLS}
    assert {str(wall): wrong for wall in WALLS if (wrong := mistaken(wall, found[str(wall)]))} == {}


def mistaken(wall, outcomes):
    """Return what is wrong with the outcomes of a wall: those of its whole record have to name its state."""
    states = {verdict["state"] for verdict in outcomes["one.md"]["verdicts"]}
    if wall.state not in states or states - {wall.state} - UNSURE_WHO:
        return states
    odd = [
        one for one in outcomes.values() if one["changes"] or one["error"] or not (one["failure"] or wall.state == "ok")
    ]
    return odd or ("no bare record" if len(outcomes) != 2 else None)


def test_walls_are_many_and_of_all_kinds():
    assert len(WALLS) >= 300
    assert len({wall.state for wall in WALLS}) >= 16
    assert len({wall.text for wall in WALLS}) == len(WALLS)


def test_walls_speak_as_http_does():
    assert [str(wall) for wall in WALLS if wall.text and not re.match(r"HTTP/1\.1 \d{3}|SSH", wall.text)] == []
