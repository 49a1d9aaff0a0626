from datetime import UTC, datetime, timedelta

import pytest

from crawler.state import Host
from crawler.state.database import Database
from crawler.state.hosts import Hosts

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def hosts():
    return Hosts(Database(None))


def test_of_a_host_that_was_never_met_nothing_is_known(hosts):
    assert hosts.get("example.org") == Host()


@pytest.mark.parametrize("answers", [True, False, None])
def test_what_is_known_of_a_host_is_remembered_whole(hosts, answers):
    known = Host(NOW, frozenset(("not-found", "soft-404")), answers)
    hosts.put("example.org", Host(NOW - DAY))
    hosts.put("example.org", known)
    assert hosts.get("example.org") == known


def test_a_host_of_which_nothing_is_known_takes_no_room(hosts):
    hosts.put("example.org", Host(NOW))
    hosts.put("example.org", Host())
    assert hosts.database.rows("SELECT * FROM host") == []


def test_hosts_that_no_longer_fail_are_forgotten_unless_more_is_known_of_them(hosts):
    hosts.put("a.example", Host(NOW))
    hosts.put("b.example", Host(NOW, frozenset(("not-found",))))
    hosts.put_failing({"c.example": NOW + DAY})
    assert hosts.failing() == {"c.example": NOW + DAY}
    assert hosts.get("b.example") == Host(None, frozenset(("not-found",)))
    assert hosts.database.rows("SELECT host FROM host ORDER BY host") == [("b.example",), ("c.example",)]


def test_a_host_that_goes_on_failing_keeps_what_else_is_known_of_it(hosts):
    hosts.put("a.example", Host(NOW, frozenset(("not-found",)), True))
    hosts.put_failing({"a.example": NOW})
    assert hosts.get("a.example") == Host(NOW, frozenset(("not-found",)), True)
