"""A case: one record, the pages that are its article, and what is known of its site; what the rules decide from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.change import Because, Change
from crawler.evidence import Choice, Evidence, Field
from crawler.layout import Key
from crawler.place import value
from crawler.record import Record
from crawler.site import Site
from crawler.visit import Visit
from pipelines import fields


@dataclass(frozen=True)
class Case:
    """A visit with all that is needed to settle it."""

    visit: Visit
    site: Site
    now: datetime

    @property
    def record(self) -> Record:
        """The record in question."""
        return self.visit.record

    def evidence(self, field: Field, vouched_without: str, *, is_proof: bool = False) -> tuple[Evidence, ...]:
        """Return what the article's pages state of a field; see `Visit.evidence`."""
        return self.visit.evidence(field, vouched_without=vouched_without, is_proof=is_proof)

    def choose(self, field: Field, evidence: tuple[Evidence, ...]) -> Choice | None:
        """Settle on one of the values that were stated."""
        return fields.choose(field, evidence, self.site, self.now)

    def change(
        self, key: Key, new: Any, rule: str, support: tuple[Evidence, ...], seen: tuple[str, ...] = ()
    ) -> Change | None:
        """Return the change of a record's value, None where the record has no place for it."""
        place = self.record.place(key)
        if place is None:
            return None
        sources = tuple(dict.fromkeys(item.source for item in support))
        return Change(place, value(self.record.fields, place), new, Because(rule, sources, seen))
