"""The fields: one module each, or one for a few of a kind, in the order in which they are found."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, Protocol

from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.site import Site
from pipelines import authors, dates, excerpt, images, links, provider, title


class FieldModule(Protocol):
    """What each of them offers."""

    FIELDS: tuple[Field, ...]

    def find(self, page: Page) -> Iterator[Evidence]:
        """Yield every candidate that a page holds."""

    def choose(self, field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
        """Compare the candidates for one field with one another, and settle on a value or decline."""


MODULES: Final[tuple[FieldModule, ...]] = (title, excerpt, dates, images, authors, provider, links)
"""A new field is one more module, and one more name here."""


def find(page: Page) -> Iterator[Evidence]:
    """Yield all that a page states."""
    for module in MODULES:
        yield from module.find(page)


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Settle on one field; what was found for the fields of other modules is left out."""
    module = next(module for module in MODULES if field in module.FIELDS)
    return module.choose(field, [item for item in evidence if item.field in module.FIELDS], site, now)
