"""A case: one record, the pages that are its article, and what is known of its site; what the rules decide from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from crawler import archive, directives
from crawler.change import Because, Change, Kept
from crawler.evidence import Choice, Evidence, Field
from crawler.layout import Key
from crawler.place import value
from crawler.record import Record
from crawler.site import Site
from crawler.state import Move
from crawler.visit import Visit
from pipelines import fields

SEEN = 5
"""Pieces of evidence that a reason names at most."""

Decision = Change | Kept


@dataclass(frozen=True)
class Case:
    """A visit with all that is needed to settle it.

    ``write`` are the fields that are written because the configuration asks for them, ``moves`` the permanent
    redirects that were seen before, by the address that was asked.
    """

    visit: Visit
    site: Site
    now: datetime
    write: frozenset[Key] = frozenset()
    moves: Mapping[str, Move] = field(default_factory=dict)

    @property
    def record(self) -> Record:
        """The record in question."""
        return self.visit.record

    @cached_property
    def wishes(self) -> tuple[directives.Directives, ...]:
        """What the pages that were read ask for."""
        return tuple(directives.of(reading.fetch) for reading in self.visit.readings)

    @property
    def snippet_limit(self) -> int | None:
        """Characters of text that may be copied from any of the pages; None for no limit."""
        return min((one.snippet_limit for one in self.wishes if one.snippet_limit is not None), default=None)

    @property
    def may_copy_images(self) -> bool:
        """Whether all of the pages let their pictures be named."""
        return all(one.may_copy_images for one in self.wishes)

    def evidence(self, field: Field, vouched_without: str, *, is_proof: bool = False) -> tuple[Evidence, ...]:
        """Return what the article's pages state of a field; see `Visit.evidence`."""
        return self.visit.evidence(field, vouched_without=vouched_without, is_proof=is_proof)

    def choose(self, field: Field, evidence: tuple[Evidence, ...]) -> Choice | None:
        """Settle on one of the values that were stated."""
        return fields.choose(field, evidence, self.site, self.now)

    def change(
        self, key: Key, new: Any, rule: str, support: tuple[Evidence, ...], seen: tuple[str, ...] = ()
    ) -> Decision:
        """Return the change of a record's value; where the record has no place for it, that it stays out."""
        place = self.record.place(key)
        if place is None:
            return Kept(key, "this kind of record has no place for it")
        sources = tuple(dict.fromkeys(map(_source, support)))
        old = value(self.record.fields, place)
        return Change((*self.record.at, *place), old, new, Because(rule, sources, seen))

    def kept(self, key: Key, why: str, evidence: tuple[Evidence, ...] = ()) -> Kept:
        """Return that a value is left as it is, with what was seen of it."""
        return Kept(key, why, seen(evidence))


def seen(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Return some evidence as texts for a reason."""
    return tuple(f"{_source(item)}: {item.said or item.value}" for item in evidence[:SEEN])


def _source(item: Evidence) -> str:
    copied = archive.time_of(item.url)
    return f"{item.source}, archived {copied:%Y-%m-%d}" if copied else item.source
