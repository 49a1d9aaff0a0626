"""A layout: the names under which a kind of record keeps what is known of its article."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crawler.place import Place, value
from crawler.url import is_web


class Key(StrEnum):
    """What a record may hold, named as `recrawl.yml` names it."""

    URL = "url"
    WEB_URL = "web_url"
    AMP = "amp"
    AMP_CACHE = "amp_cache"
    TITLE = "title"
    EXCERPT = "excerpt"
    PUBLISHED = "published"
    UPDATED = "updated"
    IMAGE = "image"
    SITE = "site"
    DOMAIN = "domain"
    RELATED = "related"


@dataclass(frozen=True)
class Layout:
    """Candidate places for each key: the first that a record has is used, the first of all where it has none."""

    name: str
    places: Mapping[Key, tuple[Place, ...]]

    def place(self, key: Key, fields: Mapping[str, Any]) -> Place | None:
        """Return where a record keeps ``key``: where it is, else where it would go; None if it has no such field."""
        candidates = self.places.get(key, ())
        present = (place for place in candidates if _fits(key, value(fields, place)))
        return next(present, candidates[0] if candidates else None)


def _fits(key: Key, found: Any) -> bool:
    if key in (Key.URL, Key.WEB_URL, Key.AMP, Key.AMP_CACHE):
        return is_web(found)
    # `published` is a flag in Jekyll and in Smartable records, a date in Hugo: told by type, not by name.
    return found is not None and not isinstance(found, bool)


SMARTABLE = Layout(
    "smartable",
    {
        Key.URL: (("originalUrl",), ("webUrl",)),
        Key.WEB_URL: (("webUrl",),),
        Key.AMP: (("ampWebUrl",),),
        Key.AMP_CACHE: (("cdnAmpWebUrl",),),
        Key.TITLE: (("title",),),
        Key.EXCERPT: (("excerpt",),),
        Key.PUBLISHED: (("publishedDateTime",),),
        Key.UPDATED: (("updatedDateTime",),),
        Key.IMAGE: (("images", 0, "url"),),
        Key.SITE: (("provider", "name"),),
        Key.DOMAIN: (("provider", "domain"),),
        Key.RELATED: (("related",),),
    },
)
