"""Dates: when an article was published and when it was updated.

The way of the data::

    Page -declared-> Evidence*  the head, and the URL
         -shown->    Evidence*  what stands beside the headline, where the head leaves something open
         -hidden->   Evidence*  the rest of the page, where the article's own place has no date either
         -choice->   Choice
"""

from collections.abc import Iterator
from typing import Final

from crawler import territory
from crawler.evidence import Evidence
from crawler.page import Page
from crawler.tongue import wide
from pipelines.dates import declared, hidden, shown
from pipelines.dates.choice import FIELDS, choose

__all__ = ["FIELDS", "choose", "find"]

SURE: Final = 0.6
"""Trust from which on a date is taken for the article's own, so that the rest of the page need not be searched."""


def find(page: Page) -> Iterator[Evidence]:
    """Yield the dates that a page states of its article, reading no more of it than is needed."""
    language = wide(territory.locale(page))
    found = [*declared.find(page, language)]
    if not any(map(declared.is_whole, found)):
        found += shown.find(page, language)
    if not any(item.confidence >= SURE for item in found):
        found += hidden.find(page, language)
    yield from found
