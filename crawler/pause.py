"""A pause: for how long a response asks that its site be left alone."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

DEFAULT_PAUSE: Final = timedelta(minutes=5)
MAX_PAUSE: Final = timedelta(days=1)
"""A site that names a longer time is asked once a day: it may have meant something else."""

_TOO_MANY_REQUESTS: Final = 429
_UNAVAILABLE: Final = 503


def pause_of(status: int, header: str, now: datetime, usual: timedelta = DEFAULT_PAUSE) -> timedelta | None:
    """Return how long a response asks to be left alone (RFC 9110 section 10.2.3), at most `MAX_PAUSE`; None for not.

    ``usual`` is how long a site is left alone that does not say for how long.
    """
    asked = retry_after(header, now)
    if status == _TOO_MANY_REQUESTS:
        return min(asked or usual, MAX_PAUSE)
    if status == _UNAVAILABLE and asked:
        return min(asked, MAX_PAUSE)
    return None


def retry_after(text: str, now: datetime) -> timedelta | None:
    """Read Retry-After in both its forms, seconds and HTTP-date; None where it says neither, or a time past."""
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        # Nine digits are thirty years, and all that a timedelta is sure to hold.
        return timedelta(seconds=int(text[:9])) or None
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return until - now if until > now else None
