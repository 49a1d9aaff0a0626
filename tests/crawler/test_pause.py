"""What a response asks of us: Retry-After in both forms (RFC 9110 section 10.2.3)."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.pause import DEFAULT_PAUSE, MAX_PAUSE, pause_of

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "header", "pause"),
    [
        (429, "30", timedelta(seconds=30)),
        (429, "", DEFAULT_PAUSE),
        (429, "soon", DEFAULT_PAUSE),
        (429, "0", DEFAULT_PAUSE),
        (429, "-5", DEFAULT_PAUSE),
        (429, "99999999999999999999", MAX_PAUSE),
        (429, "Sun, 01 Mar 2026 12:02:00 GMT", timedelta(minutes=2)),
        (429, "Sun, 01 Mar 2026 11:00:00 GMT", DEFAULT_PAUSE),
        (429, "Fri, 31 Dec 9999 23:59:59 -2359", MAX_PAUSE),
        (429, "Mon, 01 Jan 0001 00:00:00 +2359", DEFAULT_PAUSE),
        (503, "120", timedelta(minutes=2)),
        (503, "", None),
        (200, "120", None),
        (404, "", None),
    ],
)
def test_pause(status, header, pause):
    assert pause_of(status, header, NOW) == pause
