"""A check of links whose servers are hostile, one and all: none is called dead for it."""

import json

import pytest
from stage import BEHAVIOURS

MEGABYTES = 300


@pytest.fixture(scope="module")
def told(world, record_of, tmp_path_factory):
    folder = tmp_path_factory.mktemp("check")
    records = {f"articles/{one.name}.md": record_of(one.url("{port}", "{secure_port}")) for one in BEHAVIOURS.values()}
    return world(folder, ["check", "articles", "--strikes", "1", "--format", "jsonl"], records)


@pytest.fixture(scope="module")
def findings(told):
    found = {}
    for line in map(json.loads, told.out.splitlines()):
        found[line["url"].partition("://")[2].partition(".test")[0]] = line
    return found


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_what_a_server_did_is_called_by_its_name(name, findings, is_space):
    assert findings[name]["state"] in BEHAVIOURS[name].states("check", is_space=is_space), findings[name]


@pytest.mark.parametrize("name", [name for name, one in BEHAVIOURS.items() if one.is_good])
def test_no_link_to_an_article_is_called_dead(name, findings):
    assert findings[name]["verdict"] in ("alive", "unsure"), findings[name]


def test_the_run_takes_bounded_memory(told):
    assert told.megabytes <= MEGABYTES


def test_nothing_inside_was_connected_to(told):
    assert told.met == []


def test_no_host_was_shown_the_cookies_of_another(told):
    for head in told.heads:
        if "\r\ncookie:" in head.lower():
            host = next(line for line in head.split("\r\n") if line.lower().startswith("host:"))
            assert any(word in host for word in ("cookies", "location-that-splits", "middle-of-headers")), head


def test_the_run_ends_with_no_failure_of_our_own(told):
    assert "recrawl itself failed" not in told.err
    assert "Traceback" not in told.err
