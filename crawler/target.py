"""A target: one URL to ask, what it is to its record, and the places in the record that hold it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crawler.place import Place


class Role(StrEnum):
    """What a URL is to the record that holds it."""

    ARTICLE = "article"
    WEB = "web"
    AMP = "amp"
    AMP_CACHE = "amp-cache"
    ARCHIVE_INDEX = "archive-index"
    ARCHIVE = "archive"
    IMAGE = "image"
    RELATED = "related"
    LINK = "link"


ELSEWHERE: Final = frozenset({Role.ARCHIVE_INDEX, Role.ARCHIVE, Role.RELATED})
"""What tells nothing of whether the record's own article lives."""


@dataclass(frozen=True, slots=True)
class Target:
    """One URL to ask. ``places`` is empty for a URL that a page announced and the record lacks."""

    url: str
    role: Role
    places: tuple[Place, ...] = ()
