"""A visit: one record, all that its targets answered, and what has been made of it so far."""

from dataclasses import dataclass

from crawler.evidence import Evidence, Field
from crawler.fetch import Fetch
from crawler.likeness import Likeness
from crawler.record import Record
from crawler.target import Role
from crawler.verdict import Verdict


@dataclass(frozen=True)
class Reading:
    """A page that was taken for the record's article: what it states, and how far it agrees with the record."""

    fetch: Fetch
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    likeness: Likeness

    def vouches(self, without: str, *, is_proof: bool) -> bool:
        """Tell whether the page is known for the article without one of the things that it agrees in."""
        likeness = self.likeness.without(without)
        if is_proof:
            return likeness.is_proven and self.fetch.target.role is not Role.ARCHIVE
        return likeness.is_same_article


@dataclass(frozen=True)
class Visit:
    """A record on its way through the pipelines; each of them returns a copy that knows more.

    ``verdicts`` runs parallel to ``fetches`` once they are judged; ``readings`` are of those pages only that are the
    record's article; ``related`` are the visits to the entries of its list of related articles.
    """

    record: Record
    fetches: tuple[Fetch, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    readings: tuple[Reading, ...] = ()
    related: tuple["Visit", ...] = ()

    def evidence(self, *fields: Field, vouched_without: str, is_proof: bool = False) -> tuple[Evidence, ...]:
        """Return what the article's pages state of some fields.

        A page that is known for the article only by the value that it is asked for has no say in it; for a
        correction (``is_proof``) more than the headline has to agree, and an archived copy is no proof.
        """
        return tuple(
            item
            for reading in self.readings
            if reading.vouches(vouched_without, is_proof=is_proof)
            for item in reading.evidence
            if item.field in fields
        )
