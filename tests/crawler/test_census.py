"""What the links of one run say together."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.census import EVERYWHERE, Census, Limits, server_time
from crawler.observation import Observation
from crawler.standing import Life
from crawler.verdict import State

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def look(state, at=NOW):
    return Observation(at, state, full=True)


def census(said=None, **hosts):
    """Return the census of a run in which ``a="6 ok, 4 timeout"`` was seen of the links of a host, all alive before."""
    made = Census()
    for name, seen in hosts.items():
        states = [state for part in seen.split(", ") for state in [part.split()[1]] * int(part.split()[0])]
        for number, state in enumerate(states):
            made.note(f"https://{name}.example/{number}", Life.ALIVE, look(state), said)
    return made


def found(made, since=(), now=NOW, **limits):
    return made.findings(dict(since), now, Limits(**limits))


def kept(findings, host, state):
    return findings.keeps(f"https://{host}.example/0", look(state))


def ok(hosts):
    return {f"ok{number}": "3 ok" for number in range(hosts)}


def test_a_host_whose_links_fail_together_is_one_event_and_not_held_against_them():
    findings = found(census(a="6 ok, 4 timeout", **ok(9)))
    (event,) = findings.events
    assert (event.host, event.changed, event.of, event.state) == ("a.example", 4, 10, "timeout")
    assert event.is_suspect
    assert str(event) == "a.example: 4 of 10 links that were alive fail together (timeout), not held against them yet"
    assert not kept(findings, "a", "timeout")
    assert not kept(findings, "a", "blocked")
    assert kept(findings, "ok1", "timeout")


@pytest.mark.parametrize(
    ("seen", "events"), [("7 ok, 3 timeout", 0), ("6 ok, 4 timeout", 1), ("2 timeout", 0), ("3 timeout", 1)]
)
def test_some_links_that_fail_are_no_event_and_two_are_no_crowd(seen, events):
    assert len(found(census(a=seen, **ok(9))).events) == events


def test_a_sign_of_life_is_always_kept():
    findings = found(census(a="6 ok, 4 timeout", **ok(9)))
    assert kept(findings, "a", "ok")


def test_links_that_were_not_alive_before_are_no_news():
    made = Census()
    for number in range(9):
        made.note(f"https://a.example/{number}", Life.FAILING, look("timeout"))
    findings = found(made)
    assert findings.events == ()
    assert kept(findings, "a", "timeout")


def test_what_was_not_asked_counts_for_nothing():
    assert census(a="9 skipped, 9 network-down").tallies == {}


def test_a_host_that_still_fails_after_some_days_is_down():
    first = found(census(a="9 timeout", **ok(9)))
    assert first.failing_since == {"a.example": NOW}
    soon = found(census(a="9 timeout", **ok(9)), first.failing_since, NOW + 2 * DAY)
    assert not kept(soon, "a", "timeout")
    assert soon.failing_since == first.failing_since
    later = found(census(a="9 timeout", **ok(9)), soon.failing_since, NOW + 3 * DAY)
    assert kept(later, "a", "timeout")
    assert str(later.events[0]).endswith("(timeout), first seen on 2026-03-01")


def test_a_host_that_was_up_between_gets_its_time_anew():
    first = found(census(a="9 timeout", **ok(9)))
    up = found(census(a="9 ok", **ok(9)), first.failing_since, NOW + DAY)
    assert up.failing_since == {}


def test_a_host_stays_known_to_be_down_until_something_of_it_lives():
    first = found(census(a="9 timeout", **ok(9)))
    again = found(census(a="1 timeout", **ok(9)), first.failing_since, NOW + DAY)
    assert again.failing_since == first.failing_since


def test_a_host_that_was_not_asked_stays_known_to_be_down():
    first = found(census(a="9 timeout", **ok(9)))
    assert found(census(**ok(9)), first.failing_since, NOW + DAY).failing_since == first.failing_since


def test_many_hosts_that_fail_in_one_run_are_our_own_fault():
    findings = found(census(a="1 timeout", b="1 dns-failure", c="1 timeout", **ok(9)))
    (event,) = findings.events
    assert str(event) == "3 of 12 hosts that were alive fail together (timeout), not held against them yet"
    assert not any(kept(findings, host, "timeout") for host in "abc")
    assert kept(findings, "ok1", "timeout")


@pytest.mark.parametrize(("down", "hosts", "events"), [(2, 2, 0), (3, 12, 0), (3, 11, 1), (3, 0, 1)])
def test_some_hosts_that_fail_are_no_event(down, hosts, events):
    failing = {f"down{number}": "1 timeout" for number in range(down)}
    assert len(found(census(**failing, **ok(hosts))).events) == events


def test_a_host_of_which_one_link_lives_has_not_failed():
    assert found(census(a="1 ok, 1 timeout", b="1 timeout", c="1 timeout")).events == ()


def test_hosts_that_are_known_to_be_down_are_not_counted_again():
    since = {f"{name}.example": NOW - 3 * DAY for name in "abc"}
    assert found(census(a="1 timeout", b="1 timeout", c="1 timeout", **ok(9)), since).events == ()
    assert len(found(census(a="1 timeout", b="1 timeout", c="1 timeout", **ok(9)), {}).events) == 1


def test_what_fails_while_our_network_fails_is_not_held_against_it_whenever_it_began():
    since = {"old.example": NOW - 30 * DAY}
    findings = found(census(old="9 timeout", a="1 timeout", b="1 timeout", c="1 timeout"), since)
    assert not kept(findings, "old", "timeout")


def test_what_failed_before_our_network_did_is_not_held_to_what_is_seen_now():
    made = census(a="1 timeout", b="1 timeout", c="1 timeout")
    made.note("https://failing.example/", Life.FAILING, look("timeout"))
    findings = found(made)
    assert not kept(findings, "failing", "timeout")
    assert "failing.example" not in findings.failing_since


def test_a_web_in_which_many_hosts_fail_in_every_run_is_believed():
    first = found(census(a="1 timeout", b="1 timeout", c="1 timeout", **ok(9)))
    assert EVERYWHERE in first.failing_since
    later = found(census(d="1 timeout", e="1 timeout", f="1 timeout", **ok(9)), first.failing_since, NOW + 7 * DAY)
    assert not later.events[0].is_suspect
    assert kept(later, "d", "timeout")


def test_our_network_gets_its_time_anew_after_a_run_that_went_well():
    first = found(census(a="1 timeout", b="1 timeout", c="1 timeout", **ok(9)))
    well = found(census(**ok(9)), first.failing_since, NOW + DAY)
    assert EVERYWHERE not in well.failing_since
    assert (
        found(census(d="1 timeout", e="1 timeout", f="1 timeout"), well.failing_since, NOW + 7 * DAY)
        .events[0]
        .is_suspect
    )


def test_nothing_is_kept_where_most_servers_know_another_time():
    findings = found(census(NOW - 5 * DAY, a="1 ok", b="1 ok", c="1 not-found"))
    assert findings.clock_is_wrong
    assert not any(kept(findings, host, "ok") for host in "abc")


def test_a_clock_that_is_wrong_changes_nothing_that_was_known():
    since = {"a.example": NOW - DAY}
    assert found(census(NOW - 5 * DAY, a="1 ok", b="1 ok", c="1 ok"), since).failing_since == since


def test_one_server_whose_clock_is_wrong_is_not_believed():
    made = census(NOW, a="1 ok", b="1 ok", c="1 ok")
    made.add(census(NOW - 99 * DAY, wrong="99 ok"))
    assert not found(made).clock_is_wrong


@pytest.mark.parametrize(("hours", "is_wrong"), [(23, False), (-23, False), (25, True), (-25, True)])
def test_a_clock_may_be_wrong_by_a_day(hours, is_wrong):
    assert found(census(NOW + timedelta(hours=hours), a="1 ok", b="1 ok", c="1 ok")).clock_is_wrong is is_wrong


runs = st.lists(
    st.tuples(
        st.sampled_from([f"https://{name}.example/" for name in "abcd"]),
        st.sampled_from(Life),
        st.sampled_from([State.OK, State.TIMEOUT, State.NOT_FOUND, State.BLOCKED, State.SKIPPED]).map(look),
        st.sampled_from([None, NOW, NOW + 2 * DAY]),
    )
)


@given(runs, st.randoms(), st.integers(0, 20))
def test_a_census_does_not_depend_on_order_or_on_who_has_seen_what(run, random, cut):
    whole, one, other = Census(), Census(), Census()
    for link in run:
        whole.note(*link)
    random.shuffle(run)
    for link in run[:cut]:
        one.note(*link)
    for link in run[cut:]:
        other.note(*link)
    one.add(other)
    assert found(one) == found(whole)


def test_a_census_takes_no_more_memory_for_a_host_with_more_links():
    few, many = census(a="9 ok"), census(a="900 ok, 900 timeout")
    assert len(few.tallies) == len(many.tallies) == 1
    assert len(many.tallies["a.example"].states) == 1


@pytest.mark.parametrize(
    ("headers", "at"),
    [
        ({"date": "Sun, 01 Mar 2026 12:00:00 GMT"}, NOW),
        ({"date": "Sun, 01 Mar 2026 11:00:00 GMT", "age": "3600"}, NOW),
        ({"date": "Sun, 01 Mar 2026 12:00:00 -0000"}, NOW),
        ({"date": "Sunday, 01-Mar-26 12:00:00 GMT"}, NOW),
        ({"date": "yesterday"}, None),
        ({"date": "Sun, 01 Mar 2026 12:00:00 GMT", "age": "old"}, None),
        ({"date": "Sun, 01 Mar 2026 12:00:00 GMT", "age": "9" * 30}, None),
        ({}, None),
    ],
)
def test_a_server_says_what_time_it_is(headers, at):
    assert server_time(headers) == at
