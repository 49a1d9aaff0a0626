from datetime import UTC, datetime, timedelta

import pytest

from crawler.restraint import Restraint
from crawler.state.database import Database
from crawler.state.restraints import Restraints

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def restraints():
    return Restraints(Database(None))


@pytest.mark.parametrize("restraint", [Restraint(2, 7, LATER), Restraint(1, 0, None), Restraint(0, 0, LATER)])
def test_what_a_site_has_taught_is_remembered_whole(restraint, restraints):
    restraints.put("example.org", Restraint(5, 5, LATER), NOW)
    restraints.put("example.org", restraint, NOW)
    assert restraints.all() == {"example.org": restraint}


def test_what_is_over_takes_no_room(restraints):
    restraints.put("example.org", Restraint(1, 0, LATER), NOW)
    restraints.put("example.org", Restraint(0, 0, LATER), LATER)
    assert restraints.all() == {}
