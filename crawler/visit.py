"""A visit: one record, all that its targets answered, and what has been made of it so far."""

from dataclasses import dataclass

from crawler.evidence import Evidence
from crawler.fetch import Fetch
from crawler.record import Record
from crawler.verdict import Verdict


@dataclass(frozen=True)
class Visit:
    """A record on its way through the pipelines; each of them returns a copy that knows more.

    ``verdicts`` runs parallel to ``fetches`` once judged.
    """

    record: Record
    fetches: tuple[Fetch, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    evidence: tuple[Evidence, ...] = ()
