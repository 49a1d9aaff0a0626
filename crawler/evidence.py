"""Evidence: one value that one source states of one field, with how far that kind of source is to be trusted."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Field(StrEnum):
    """What is to be known of an article, named as `recrawl extract` prints it."""

    TITLE = "title"
    EXCERPT = "excerpt"
    PUBLISHED = "published"
    UPDATED = "updated"
    IMAGE = "image"
    AUTHOR = "author"
    SITE = "site"
    LANGUAGE = "language"
    CANONICAL = "canonical"
    AMP = "amp"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One candidate.

    ``value`` has the field's own type: str, a `crawler.moment.Moment`, a `crawler.picture.Picture` or a tuple of
    names. ``source`` names the kind of place it stood in (``og:title``, ``json-ld headline``, ``h1``), ``said`` is
    what stood there, ``url`` the page, ``confidence`` (0 to 1) is how often that kind of source was right when
    measured. ``other`` is what the same words may mean as well (a date in the other numeric order).
    """

    field: Field
    value: Any
    source: str
    url: str
    confidence: float
    said: str = ""
    other: Any = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The value that was settled on for a field, by which rule, and the evidence that speaks for it."""

    field: Field
    value: Any
    rule: str
    support: tuple[Evidence, ...] = ()
    confidence: float = 0.0

    @property
    def sources(self) -> tuple[str, ...]:
        """The kinds of places that speak for the value, each once, the most trusted first."""
        return tuple(dict.fromkeys(item.source for item in sorted(self.support, key=lambda e: -e.confidence)))
