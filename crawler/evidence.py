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

    ``value`` has the field's own type: str, `datetime.date` (only the day is known), `datetime.datetime` (naive
    where the zone is unknown), `crawler.page.Picture` or a tuple of names. ``source`` names the kind of place it
    stood in (``og:title``, ``json-ld``, ``h1``), ``url`` the page, ``confidence`` (0 to 1) is how often that kind of
    source was right when measured.
    """

    field: Field
    value: Any
    source: str
    url: str
    confidence: float
