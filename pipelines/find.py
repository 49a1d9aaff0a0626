"""Find: all that the pages of a visit state, kept only where they prove to be the record's article."""

from dataclasses import replace

from crawler.change import Outcome
from crawler.fetch import Fetch
from crawler.likeness import likeness
from crawler.record import Record
from crawler.verdict import State, Verdict
from crawler.visit import Reading, Visit
from pipelines import fields


class FindPipeline:
    """``Visit + Verdict* -> Visit + Reading*``"""

    def process_item(self, item: Visit | Outcome) -> Visit | Outcome:
        """Read the pages that the judge let pass."""
        if isinstance(item, Outcome):
            return item
        pairs = [read(item.record, *pair) for pair in zip(item.fetches, item.verdicts, strict=True)]
        return replace(
            item,
            verdicts=tuple(verdict for verdict, _ in pairs),
            readings=tuple(reading for _, reading in pairs if reading),
        )


def read(record: Record, fetch: Fetch, verdict: Verdict) -> tuple[Verdict, Reading | None]:
    """Return the reading of a page, or a verdict that it is another article than the record's."""
    if not verdict.state.is_article or fetch.page is None:
        return verdict, None
    evidence = tuple(fields.find(fetch.page))
    found = likeness(record, fetch.page, evidence)
    if found.is_same_article:
        return verdict, Reading(fetch, verdict, evidence, found)
    return replace(verdict, state=State.DRIFTED, evidence=(*verdict.evidence, str(found))), None
