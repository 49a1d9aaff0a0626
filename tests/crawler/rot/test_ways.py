"""The ways in which servers mislead who checks their links: a host a case, all met in one check.

Living links are never called broken, walls and troubles neither broken nor alive, and what is not there is not called
alive. `benchmarks/misleading` has the ways.
"""

import pytest
from misleading import trial
from misleading.ways import LIVING, OPEN, WAYS

HOSTS = (*WAYS, *trial.UNREACHABLE)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Check all of them at once, and return what was found by host."""
    return trial.check(tmp_path_factory.mktemp("ways"))


@pytest.mark.parametrize("host", HOSTS)
def test_every_way_is_told_for_what_it_is(host, found):
    one = found[host]
    assert (one.state in one.states, one.verdict) == (True, one.right), (one.state, one.reason)


def test_what_is_right_never_is_to_call_a_living_link_or_a_wall_broken():
    truths = {way.truth: set() for way in WAYS.values()}
    for way in WAYS.values():
        truths[way.truth].add(way.verdict)
    assert truths[LIVING] <= {"alive", "unsure"}
    assert truths[OPEN] == {"unsure"}


def test_few_requests_are_enough(found):
    assert sum(one.requests for one in found.values()) <= 2.2 * len(found)
