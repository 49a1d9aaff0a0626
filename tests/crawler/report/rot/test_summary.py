"""The numbers of a check."""

from datetime import UTC, datetime

import pytest

from crawler.census import Event
from crawler.report.rot.summary import by_state, told, worst
from crawler.standing import Life


@pytest.fixture
def findings(found, dead):
    return [
        found("https://www.example.com/1", "ok"),
        found("https://example.com/2", "moved-permanently", better="https://example.com/new"),
        dead("https://img.example.com/3", ("a.md", 1, "webUrl"), ("b.md", 9, ""), ("b.md", 12, "")),
        found("https://example.org/4", "gone"),
        found("https://example.org/5", "blocked"),
        found("https://example.org/6", "blocked"),
    ]


def test_a_line_says_how_many_live_and_do_not(summary, findings):
    made = summary(*findings)
    assert str(made) == "6 links, 2 alive, 2 unsure, 1 failing, 1 dead, 1 moved for good"


def test_an_interrupted_run_says_so(summary):
    assert str(summary(interrupted=True)) == "interrupted: 0 links"


def test_states_are_counted_by_what_they_mean_the_worst_first(summary, findings):
    assert list(by_state(summary(*findings))) == [
        (Life.DEAD, "not-found", 1),
        (Life.FAILING, "gone", 1),
        (Life.UNSURE, "blocked", 2),
        (Life.ALIVE, "moved-permanently", 1),
        (Life.ALIVE, "ok", 1),
    ]


def test_sites_are_registered_domains_the_worst_first(summary, findings):
    sites = worst(summary(*findings).sites)
    assert [(name, told(tally)) for name, tally in sites] == [
        ("example.com", "1 dead"),
        ("example.org", "1 failing, 2 unsure"),
    ]
    assert worst(summary(*findings).sites, 1) == sites[:1]


def test_what_is_no_address_has_no_site(summary, found):
    assert summary(found("not a url", "invalid-url")).sites == {}


def test_a_link_counts_once_in_every_file_that_holds_it(summary, findings):
    files = summary(*findings).files
    assert {name: told(tally) for name, tally in files.items()} == {
        "a.md": "1 dead, 1 failing, 2 unsure",
        "b.md": "1 dead",
    }


def test_sites_and_files_where_all_is_well_take_no_memory(summary, found):
    made = summary(*(found(f"https://{number}.example/", "ok") for number in range(100)))
    assert (len(made.sites), len(made.files)) == (0, 0)


def test_what_befell_many_links_at_once_is_a_note(summary):
    event = Event("example.com", 3, 4, "timeout", datetime(2026, 3, 1, tzinfo=UTC), is_suspect=True)
    assert summary(events=(event,), hint="is the network up?").notes == (str(event), "is the network up?")
