"""A state as checks leave it, for commands that ask nobody."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.observation import Observation
from crawler.state import Answer, State

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def remember(tmp_path):
    """Remember that a URL was seen some days ago so: ``remember(url, ("ok", 9), ("not-found", 3))``."""

    def remember(url, *looks, detail="", full=True):
        with State.open(tmp_path / ".recrawl", NOW) as state:
            for what, ago in looks:
                at = NOW - timedelta(days=ago)
                state.urls.put(Answer(url, at, 404, what, url))
                state.urls.observe(url, Observation(at, what, full, detail))
        return url

    return remember


@pytest.fixture
def state(tmp_path):
    """Open the state as it was left."""
    return lambda: State.open(tmp_path / ".recrawl", NOW, keep=False)
