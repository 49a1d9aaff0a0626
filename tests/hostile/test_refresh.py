"""A refresh of records whose servers are hostile, one and all: each is called by its name, and no good one suffers."""

import pytest
import yaml
from pages import CUT
from stage import BEHAVIOURS

MEGABYTES = 300

GOOD = [name for name, one in BEHAVIOURS.items() if one.is_good]


@pytest.fixture(scope="module")
def told(world, record_of, tmp_path_factory):
    folder = tmp_path_factory.mktemp("refresh")
    records = {f"articles/{one.name}.md": record_of(one.url("{port}", "{secure_port}")) for one in BEHAVIOURS.values()}
    return world(folder, ["refresh", "articles", "--format", "jsonl"], records)


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_what_a_server_did_is_called_by_its_name(name, told, is_space):
    outcome = told.outcomes[name]
    assert outcome["verdicts"][0]["state"] in BEHAVIOURS[name].states("refresh", is_space=is_space), outcome
    assert outcome["error"] is None


@pytest.mark.parametrize("name", GOOD)
def test_a_record_whose_page_is_the_article_all_the_same_is_refreshed(name, told):
    assert told.outcomes[name]["written"], told.outcomes[name]
    fields = front_matter(told, name)
    assert "after four years of work and two storms." in fields["excerpt"]
    assert fields["images"] == []


@pytest.mark.parametrize("name", [name for name in BEHAVIOURS if name not in GOOD])
def test_no_other_record_is_touched(name, told):
    assert not told.outcomes[name]["written"]
    assert front_matter(told, name)["excerpt"] == CUT


def front_matter(told, name):
    return yaml.safe_load((told.folder / "articles" / f"{name}.md").read_text().split("---\n")[1])


def test_there_are_many_ways(told):
    assert len(BEHAVIOURS) >= 160
    assert len(GOOD) >= 60
    assert len(told.outcomes) == len(BEHAVIOURS)


def test_the_run_takes_no_more_memory_than_one_large_page_needs(told):
    assert told.megabytes <= MEGABYTES


def test_nothing_inside_was_connected_to(told):
    assert told.met == []


def test_no_cookie_and_no_password_was_ever_sent(told):
    said = [line.partition(":")[0].lower() for head in told.heads for line in head.split("\r\n")[1:]]
    assert "user-agent" in said
    assert not {"cookie", "authorization", "proxy-authorization", "referer"} & set(said)


def test_the_run_ends_as_one_in_which_some_failed_and_says_nothing_else(told):
    assert told.status == 1
    assert len(told.err.splitlines()) == 1, told.err
