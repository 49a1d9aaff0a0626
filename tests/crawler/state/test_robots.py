from datetime import UTC, datetime, timedelta

import pytest

from crawler.robots import Copy
from crawler.state.database import Database
from crawler.state.robots import Robots

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def robots():
    return Robots(Database(None))


def test_of_a_host_that_was_never_asked_there_is_no_copy(robots):
    assert robots.get("https://example.org") == Copy()


@pytest.mark.parametrize(
    "copy", [Copy(b"User-agent: *\n# caf\xe9\n", NOW), Copy(b"", NOW, NOW + DAY), Copy(failing_since=NOW)]
)
def test_a_copy_is_remembered_byte_by_byte_for_its_origin(copy, robots):
    robots.put("https://example.org", Copy(b"old", NOW - DAY))
    robots.put("https://example.org", copy)
    assert robots.get("https://example.org") == copy
    assert robots.get("http://example.org") == Copy()
