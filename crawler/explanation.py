"""An explanation: of every field of a record, what stands there, what its pages state, and what was decided why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crawler.change import Change, Kept
from crawler.evidence import Evidence, Field
from crawler.layout import Key
from crawler.place import Place, value
from crawler.target import Role
from crawler.verdict import Verdict
from crawler.visit import Visit


@dataclass(frozen=True, slots=True)
class Seen:
    """One piece of evidence, and what the page on which it stands is to the record."""

    evidence: Evidence
    role: Role


@dataclass(frozen=True, slots=True)
class Account:
    """One field: where it stands, or would stand, and its value; what was seen of it; what becomes of it."""

    key: Key
    place: Place
    stands: Any
    seen: tuple[Seen, ...]
    decision: Change | Kept


@dataclass(frozen=True, slots=True)
class Judged:
    """One target, and how far its page agrees with the record where it was taken for the record's article."""

    verdict: Verdict
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One record, or one entry (``at``) of a record's list of related articles."""

    path: Path
    at: Place
    judged: tuple[Judged, ...]
    accounts: tuple[Account, ...]


def explained(visit: Visit, decided: Iterable[Change | Kept]) -> Explanation:
    """Say of every field that a record has, or has a place for, what was seen and decided."""
    record = visit.record
    decisions = {one.key if isinstance(one, Kept) else record.key_of(one.place): one for one in decided}
    why = _UNREAD if visit.readings else _NO_PAGE
    accounts = (
        Account(
            key,
            place,
            value(record.fields, place),
            tuple(_seen(key, visit)),
            decisions.get(key) or Kept(key, _NEVER.get(key, why)),
        )
        for key in Key
        if key is not Key.RELATED and (place := record.place(key))
    )
    return Explanation(record.path, record.at, tuple(_judged(visit)), tuple(accounts))


_NO_PAGE: Final = "no page was seen to be the article"
_UNREAD: Final = "nothing was to be decided"
_NEVER: Final[Mapping[Key, str]] = {Key.URL: "the record is known by it, so it is never written"}

_FIELDS: Final[Mapping[Key, Field]] = {
    Key.WEB_URL: Field.CANONICAL,
    Key.AMP: Field.AMP,
    Key.TITLE: Field.TITLE,
    Key.EXCERPT: Field.EXCERPT,
    Key.PUBLISHED: Field.PUBLISHED,
    Key.UPDATED: Field.UPDATED,
    Key.IMAGE: Field.IMAGE,
    Key.SITE: Field.SITE,
}


def _seen(key: Key, visit: Visit) -> Iterator[Seen]:
    """Yield what all pages of the article state of a field, the most trusted first."""
    stated = [
        Seen(item, reading.fetch.target.role)
        for reading in visit.readings
        for item in reading.evidence
        if item.field is _FIELDS.get(key)
    ]
    yield from sorted(stated, key=lambda one: -one.evidence.confidence)


def _judged(visit: Visit) -> Sequence[Judged]:
    agreements = {id(reading.fetch): str(reading.likeness) for reading in visit.readings}
    pairs = zip(visit.fetches, visit.verdicts, strict=True)
    return [Judged(verdict, agreements.get(id(fetch), "")) for fetch, verdict in pairs]
