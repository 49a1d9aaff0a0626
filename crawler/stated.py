"""What was stated: what a visit has shown of a record's article, as far as it tells whether that has changed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

from crawler import feed
from crawler.evidence import Evidence, Field
from crawler.layout import Key
from crawler.moment import Moment
from crawler.picture import Picture
from crawler.record import Record
from crawler.target import Role
from crawler.url import host, split
from crawler.visit import Visit

FIELDS: Final = (Field.TITLE, Field.EXCERPT, Field.PUBLISHED, Field.IMAGE, Field.CANONICAL, Field.AMP)
"""What a record may take from a page. Only 5 % of articles keep the same bytes for a day, mostly for what stands around
them (GDELT's Global Difference Graph): a page has changed where one of these has. The time of the last update is
none of them: on many sites it is the time of the request."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The address of a record's article, when it came out, and what its page states, as one number.

    ``published`` is None where the record does not say; ``digest`` is None where no page was read. ``feed`` is the
    address of the feed of its site that the page announces, empty where it announces none.
    """

    url: str
    published: datetime | None = None
    digest: int | None = None
    feed: str = ""

    @classmethod
    def of(cls, visit: Visit) -> "Stated":
        """Return what a visit has shown; an archived copy says nothing of the page as it is now."""
        pages = (one for one in visit.readings if one.fetch.target.role is not Role.ARCHIVE)
        first = next(pages, None)
        url, known = visit.record.url or "", published(visit.record)
        if first is None:
            return cls(url, known)
        return cls(url, known, digest(first.evidence), feed.announced(first.fetch.page) if first.fetch.page else "")


def published(record: Record) -> datetime | None:
    """Return when a record's article came out: of a day its beginning, and without a zone in UTC."""
    found = record.get(Key.PUBLISHED)
    return instant(found) if isinstance(found, date) else None


def instant(moment: Moment) -> datetime:
    """Return a moment as an instant: of a day its beginning, and without a zone in UTC."""
    whole = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return whole.astimezone(UTC) if whole.tzinfo else whole.replace(tzinfo=UTC)


def digest(evidence: Iterable[Evidence]) -> int:
    """Return a number of 64 bits that changes where the best candidate for one of the `FIELDS` does."""
    best: dict[Field, Evidence] = {}
    for item in evidence:
        if item.field in FIELDS and (item.field not in best or item.confidence > best[item.field].confidence):
            best[item.field] = item
    said = repr([_plain(best[field].value) if field in best else None for field in FIELDS])
    return int.from_bytes(
        hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )


def _plain(value: Any) -> str:
    if isinstance(value, Picture):
        # Its query is often a signature, or the size that is wanted.
        return host(value.url) + split(value.url).path
    return " ".join(value.split()) if isinstance(value, str) else str(value)
