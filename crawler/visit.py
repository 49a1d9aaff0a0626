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
    verdict: Verdict
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

    def evidence(self, *fields: Field, vouched_without: str, is_proof: bool = False) -> tuple[Evidence, ...]:
        """Return what the article's pages state of some fields.

        A page that is known for the article only by the value that it is asked for has no say in it; for a
        correction (``is_proof``) more than the headline has to agree.
        """
        return tuple(
            item
            for reading in self.readings
            if _vouches(reading.likeness.without(vouched_without), is_proof)
            for item in reading.evidence
            if item.field in fields
        )


def _vouches(likeness: Likeness, is_proof: bool) -> bool:
    return likeness.is_proven if is_proof else likeness.is_same_article
