"""A visit: one record, all that its targets answered, and what has been made of it so far."""

from dataclasses import dataclass

from crawler.evidence import Evidence, Field
from crawler.fetch import Fetch
from crawler.likeness import Likeness
from crawler.record import Record
from crawler.verdict import Verdict


@dataclass(frozen=True)
class Reading:
    """A page that was taken for the record's article: what it states, and how far it agrees with the record."""

    fetch: Fetch
    evidence: tuple[Evidence, ...]
    likeness: Likeness


@dataclass(frozen=True)
class Visit:
    """A record on its way through the pipelines; each of them returns a copy that knows more.

    ``verdicts`` runs parallel to ``fetches`` once they are judged; ``readings`` are of those pages only that are the
    record's article.
    """

    record: Record
    fetches: tuple[Fetch, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    readings: tuple[Reading, ...] = ()

    def evidence(self, *fields: Field, vouched_without: str) -> tuple[Evidence, ...]:
        """Return what the article's pages state of some fields.

        A page that is known for the article only by the value that it is asked for has no say in it.
        """
        return tuple(
            item
            for reading in self.readings
            if reading.likeness.without(vouched_without).is_same_article
            for item in reading.evidence
            if item.field in fields
        )
