"""An archive: a server of past captures that speaks the Internet Archive's formats, and how it is asked.

``/cdx/search/cdx`` lists captures as JSON, a list of rows under a row of names; ``/web/<timestamp>id_/<url>`` replays
one of them in its original bytes, with the original headers as ``X-Archive-Orig-*``
(github.com/internetarchive/wayback, wayback-cdx-server; archive.org/help/wayback_api.php).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from crawler import prose
from crawler.fetch import OK, Failure, Fetch
from crawler.layout import Key
from crawler.record import Record
from crawler.target import ELSEWHERE, Role, Target
from crawler.url import is_web

INDEX_DELAY: Final = 2.5
REPLAY_DELAY: Final = 0.125
"""Seconds between requests: 24 a minute for the index, 480 for captures, 80 % of what the Archive allows, as it asks of
clients (github.com/edgi-govdata-archiving/wayback)."""

PAUSE: Final = timedelta(seconds=60)
"""How long it is left alone after it said that it was asked too often."""

TIMEOUT: Final = 90
"""Seconds that it may take to answer: the index is slow."""

_FORMAT: Final = "%Y%m%d%H%M%S"
_REPLAY: Final = re.compile(r"/web/(\d{14})id_/(.+)")
_ORIGINAL: Final = "x-archive-orig-"


@dataclass(frozen=True, slots=True)
class Capture:
    """One page as it was at a time."""

    at: datetime
    url: str


def following(record: Record, fetches: Sequence[Fetch], base: str) -> Target | None:
    """Return what to ask an archive for next, None where nothing is to be had from it.

    It is asked only where each address of an article says that it is gone, for a record that lacks something; first
    for its list of captures, then for one of them.
    """
    own = [fetch for fetch in fetches if fetch.target.role not in ELSEWHERE]
    if not own or not all(map(_is_gone, own)) or not _lacks(record):
        return None
    answers = {fetch.target.role: fetch for fetch in fetches}
    if Role.ARCHIVE_INDEX not in answers:
        published = record.get(Key.PUBLISHED)
        near = published if isinstance(published, date) else None
        return Target(index_url(base, record.url or "", near), Role.ARCHIVE_INDEX)
    listed = answers[Role.ARCHIVE_INDEX]
    capture = capture_of(listed.body) if listed.status == OK and Role.ARCHIVE not in answers else None
    return Target(replay_url(base, capture), Role.ARCHIVE) if capture else None


def _is_gone(fetch: Fetch) -> bool:
    failure = fetch.problem.failure if fetch.problem else None
    return (
        fetch.status in _GONE or failure is Failure.DNS or (fetch.target.role is Role.AMP_CACHE and failure is not None)
    )


def _lacks(record: Record) -> bool:
    excerpt = record.get(Key.EXCERPT)
    is_cut = isinstance(excerpt, str) and not prose.is_whole(excerpt)
    return is_cut or any(record.place(key) and not record.get(key) for key in (Key.EXCERPT, Key.PUBLISHED, Key.IMAGE))


_GONE: Final = frozenset({404, 410})


def index_url(base: str, url: str, near: date | None) -> str:
    """Return the address that lists the capture of a page nearest to a day; the latest one where no day is known.

    Captures from before that day cannot show the article, and only those of a page that answered 200 do.
    """
    query = {"url": url, "output": "json", "fl": "timestamp,original", "filter": "statuscode:200"}
    if near is None:
        query["limit"] = "-1"
    else:
        stamp = _stamp(near)
        query |= {"from": stamp[:8], "closest": stamp, "sort": "closest", "limit": "1"}
    return f"{base.rstrip('/')}/cdx/search/cdx?{urlencode(query)}"


def _stamp(near: date) -> str:
    if isinstance(near, datetime):
        return (near.astimezone(UTC) if near.tzinfo else near).strftime(_FORMAT)
    return f"{near:%Y%m%d}000000"


def capture_of(body: bytes) -> Capture | None:
    """Read the answer of the index: its first capture, None where it has none or says something else."""
    try:
        names, *rows = json.loads(body)
        row = dict(zip(names, rows[0], strict=True))
        return _capture(row)
    except (ValueError, TypeError, IndexError, KeyError, RecursionError):
        return None


def _capture(row: dict[str, Any]) -> Capture | None:
    at = datetime.strptime(row["timestamp"], _FORMAT).replace(tzinfo=UTC)
    return Capture(at, row["original"]) if is_web(row["original"]) else None


def replay_url(base: str, capture: Capture) -> str:
    """Return the address of a capture's original bytes."""
    return f"{base.rstrip('/')}/web/{capture.at:{_FORMAT}}id_/{capture.url}"


def shown_url(base: str, capture: Capture) -> str:
    """Return the address at which people see a capture."""
    return f"{base.rstrip('/')}/web/{capture.at:{_FORMAT}}/{capture.url}"


def time_of(url: str) -> datetime | None:
    """Return when a page was captured, by the address of its replay; None for any other address."""
    match = _REPLAY.search(url)
    return datetime.strptime(match[1], _FORMAT).replace(tzinfo=UTC) if match else None


def original_of(url: str) -> str:
    """Return the address of which a replay is, by the replay's own; any other address as it is."""
    match = _REPLAY.search(url)
    return match[2] if match else url


def restored(fetch: Fetch) -> Fetch:
    """Return the replay of a capture as what the page itself answered then: its address and its headers.

    References in it are of the web as it was, and what it asks of crawlers is in its own headers.
    """
    original = {
        name.removeprefix(_ORIGINAL): text for name, text in fetch.headers.items() if name.startswith(_ORIGINAL)
    }
    kind = {"content-type": fetch.headers["content-type"]} if "content-type" in fetch.headers else {}
    hops = tuple(replace(hop, url=original_of(hop.url)) for hop in fetch.redirects)
    return replace(fetch, url=original_of(fetch.url), headers={**kind, **original}, redirects=hops)
