"""Where a crawler may go: nothing inside is reached, whoever points at it, in whatever way, however it is written.

Every address there is belongs to the machine here, and a canary is at each that must not be connected to.
"""

import json
from pathlib import Path

import pytest
from forbidden import RESOLVED, WRITTEN
from stage import LEADS, PATH

PUBLIC = "93.184.216.34"

NO_HOST = {"127.0.0.1%2e", "%31%32%37.0.0.1"}
"""What is no host to us, though browsers read it."""

SHOWN = ("127.0.0.1", "localhost", "2130706433", "[::1]", "[::ffff:169.254.169.254]", "169.254.169.254", "10.0.0.1")
"""The addresses to which each lead leads."""

TARGETS = tuple(f"http://{host}/" for host in SHOWN)

CHANGES = {f"rebinds-{number}.test": [[PUBLIC], [address]] for number, address in enumerate(RESOLVED)}
MIXED = {f"mixed-{number}.test": [[PUBLIC, address]] for number, address in enumerate(RESOLVED)}
RESOLVES = {f"resolves-{number}.test": [[address]] for number, address in enumerate(RESOLVED)}

FIELDS = """---
title: New pier opens
excerpt: The new pier of Port Calder opened to the public on Tuesday after ...
originalUrl: http://all-is-well.test{path}
webUrl: http://{host}/web
ampWebUrl: http://{host}/amp
cdnAmpWebUrl: http://{host}/cdn
images:
  - url: http://{host}/picture.png
    isCached: false
related:
  - title: Another
    originalUrl: http://{host}/related
    webUrl: http://{host}/related
---
"""


@pytest.fixture(scope="module")
def records(record_of):
    """Everything that a record can hold, by the name of its file."""
    found = {f"written-{number}": record_of(f"http://{host}/") for number, host in enumerate(WRITTEN)}
    found |= {name.removesuffix(".test"): record_of(f"http://{name}{PATH}") for name in (*RESOLVES, *CHANGES, *MIXED)}
    found |= {
        f"{lead}--{number}": record_of(f"http://{lead}--{number}.test{PATH}")
        for lead in LEADS
        for number in range(len(SHOWN))
        if lead != "archive"
    }
    found |= {f"field-{number}": FIELDS.format(path=PATH, host=host) for number, host in enumerate(SHOWN)}
    return {f"articles/{name}.md": text for name, text in found.items()}


@pytest.fixture(scope="module")
def crawl(world, is_space, records, tmp_path_factory):
    """Run a command over all of it."""
    if not is_space:
        pytest.skip("this machine gives no network namespace")

    def run(*words, config="archive: http://archive--0.test\n", **environment):
        folder = tmp_path_factory.mktemp(words[0])
        # A final dot has the name service asked; some of them know these.
        names = CHANGES | MIXED | RESOLVES | {"localhost": [["127.0.0.1"]], "127.0.0.1": [["127.0.0.1"]]}
        return world(folder, [*words], records, names, TARGETS, config, timeout=6, **environment)

    return run


@pytest.fixture(scope="module")
def refreshed(crawl):
    return crawl("refresh", "articles", "--related", "--archive", "--format", "jsonl")


@pytest.fixture(scope="module")
def checked(crawl):
    return crawl("check", "articles", "--body", "--strikes", "1", "--format", "jsonl")


def test_a_refresh_connects_to_nothing_inside(refreshed, records):
    assert refreshed.met == []
    assert len(refreshed.outcomes) == len(records) - len(NO_HOST)


def test_a_check_connects_to_nothing_inside(checked):
    assert checked.met == []


@pytest.mark.parametrize("number", range(len(WRITTEN)), ids=WRITTEN)
def test_an_address_that_is_written_in_a_record_is_called_unsafe(number, refreshed, checked):
    host = WRITTEN[number]
    told = found(checked, f"http://{host}/")
    if host in NO_HOST:  # so its file is no record
        assert told == {"invalid-url"}
    else:
        assert told | {state_of(refreshed, f"written-{number}")} == {"unsafe-address"}


@pytest.mark.parametrize("number", range(len(RESOLVED)), ids=RESOLVED)
def test_a_name_of_such_an_address_is_called_unsafe(number, refreshed, checked):
    name = f"resolves-{number}"
    states = {state_of(refreshed, name), *found(checked, f"http://{name}.test{PATH}")}
    assert states == {"unsafe-address"}


@pytest.mark.parametrize("number", range(len(SHOWN)), ids=SHOWN)
@pytest.mark.parametrize("lead", ["redirect", "two-redirects", "robots"])
def test_a_way_there_is_called_unsafe(lead, number, refreshed, checked):
    name = f"{lead}--{number}"
    states = {state_of(refreshed, name), *found(checked, f"http://{name}.test{PATH}")}
    assert states == {"unsafe-address"}


def state_of(refreshed, name):
    return refreshed.outcomes[name]["verdicts"][0]["state"]


def found(checked, url):
    return {line["state"] for line in map(json.loads, checked.out.splitlines()) if line["url"] == url}


def test_the_archive_was_asked(refreshed):
    assert [path for host, path, _ in refreshed.asked if host == "archive--0.test" and path.startswith("/cdx/")]
    assert [path for host, path, _ in refreshed.asked if host == "archive--0.test" and path.startswith("/web/")]


def test_nothing_inside_is_written_to_a_record(refreshed):
    for path in (refreshed.folder / "articles").iterdir():
        before = (Path(path).name.startswith("field-"), Path(path).name.startswith("written-"))
        if not any(before):
            assert not any(target in path.read_text() for target in TARGETS), path


def test_a_run_connects_to_nothing_inside(crawl):
    told = crawl("run", "articles", "--budget", "600", "--format", "jsonl")
    assert told.met == []
    assert told.asked


def test_extract_connects_to_nothing_inside(crawl):
    told = crawl("extract", *(f"http://{host}/" for host in WRITTEN), "http://redirect--0.test/")
    assert told.met == []


def test_proxies_of_the_environment_are_not_used(crawl):
    names = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    proxies = dict.fromkeys(names, "http://127.0.0.1:80") | {"no_proxy": "*.test", "NO_PROXY": "169.254.169.254"}
    files = [f"articles/{name}.md" for name in ("field-0", "redirect--1", "written-0")]
    for command in ("refresh", "check"):
        told = crawl(command, *files, **proxies)
        assert told.met == []
        assert told.asked
