"""A layout: the names under which a kind of record keeps what is known of its article."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from crawler.place import Place, holds, is_list, parse, value
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
    """Where a kind of record keeps what.

    ``places`` are the candidates for each key: the first that holds a value of the key's own kind is the one.
    ``usual`` says where a key goes that a record lacks; a key that is not in it is never added. ``order`` names the
    keys of a mapping as they usually follow one another, ``date_like`` is a date in the shape that is usual,
    ``picture`` names the keys of one entry in the list of images, and is empty where an image is one scalar.
    ``marks`` are the top-level keys that tell this kind of record from others.
    """

    name: str
    places: Mapping[Key, tuple[Place, ...]]
    usual: Mapping[Key, Place]
    order: tuple[str, ...]
    date_like: str
    picture: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()

    def find(self, key: Key, fields: Mapping[str, Any]) -> Place | None:
        """Return where a record keeps ``key``, None where it has no value of that kind."""
        fits = _FITS.get(key, _is_text)
        return next((place for place in self.places.get(key, ()) if fits(value(fields, place))), None)

    def place(self, key: Key, fields: Mapping[str, Any]) -> Place | None:
        """Return where ``key`` is to be written: where it is, where it was left empty, or where it would go.

        None where the layout has no such field, and where a value of another kind is in the way (``date: git Last
        Modified``, ``image: {alt: ...}``, a picture in the site's own folder): that must never be written over, nor
        be given a second one beside it.
        """
        return self.find(key, fields) or self._empty(key, fields) or self._missing(key, fields)

    def _empty(self, key: Key, fields: Mapping[str, Any]) -> Place | None:
        candidates = (place for place in self.places.get(key, ()) if holds(fields, place))
        return next((place for place in candidates if value(fields, place) in (None, "")), None)

    def _missing(self, key: Key, fields: Mapping[str, Any]) -> Place | None:
        place = self.usual.get(key)
        if place is None or not _is_free(fields, place):
            return None
        return None if any(_is_occupied(value(fields, other)) for other in self.places.get(key, ())) else place

    def override(self, places: Mapping[Key, tuple[Place, ...]]) -> "Layout":
        """Return this layout with other places for some keys; the first of them is where the key goes if missing."""
        usual = {key: candidates[0] for key, candidates in places.items()}
        return replace(self, places={**self.places, **places}, usual={**self.usual, **usual})


def _is_text(found: Any) -> bool:
    return isinstance(found, str) and bool(found.strip())


def _is_date(found: Any) -> bool:
    # A flag, a number and words such as `git Last Modified` are no dates, whatever the key is called.
    return isinstance(found, date) or (isinstance(found, str) and _YEAR.search(found) is not None)


_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")

_FITS: Final[Mapping[Key, Callable[[Any], bool]]] = {
    Key.URL: is_web,
    Key.WEB_URL: is_web,
    Key.AMP: is_web,
    Key.AMP_CACHE: is_web,
    Key.PUBLISHED: _is_date,
    Key.UPDATED: _is_date,
    Key.IMAGE: is_web,
    Key.RELATED: is_list,
}


def _is_empty(found: Any) -> bool:
    return found is None or (isinstance(found, str | list | tuple | Mapping) and not found)


def _is_occupied(found: Any) -> bool:
    # A flag is another thing of the same name (`published: false`), not one that stands in for a date.
    return not _is_empty(found) and not isinstance(found, bool)


def _is_free(fields: Mapping[str, Any], place: Place) -> bool:
    """Tell whether nothing but what may hold a new value stands on the way to a place."""
    for end, step in enumerate(place):
        found = value(fields, place[:end])
        if not _is_empty(found) and not (is_list(found) if isinstance(step, int) else isinstance(found, Mapping)):
            return False
    return _is_empty(value(fields, place))


def places(names: str) -> tuple[Place, ...]:
    """Read key paths that are separated by blanks."""
    return tuple(parse(name) for name in names.split())


_ORDER: Final = (
    "category title excerpt publishedDateTime updatedDateTime originalUrl webUrl ampWebUrl cdnAmpWebUrl type "
    "quality heat published provider name domain topics images url width height isCached related secured"
)

SMARTABLE: Final = Layout(
    name="smartable",
    places={
        Key.URL: places("originalUrl webUrl"),
        Key.WEB_URL: places("webUrl"),
        Key.AMP: places("ampWebUrl"),
        Key.AMP_CACHE: places("cdnAmpWebUrl"),
        Key.TITLE: places("title"),
        Key.EXCERPT: places("excerpt"),
        Key.PUBLISHED: places("publishedDateTime"),
        Key.UPDATED: places("updatedDateTime"),
        Key.IMAGE: places("images[0].url images[0]"),
        Key.SITE: places("provider.name"),
        Key.DOMAIN: places("provider.domain"),
        Key.RELATED: places("related"),
    },
    usual={
        Key.WEB_URL: ("webUrl",),
        Key.AMP: ("ampWebUrl",),
        Key.AMP_CACHE: ("cdnAmpWebUrl",),
        Key.TITLE: ("title",),
        Key.EXCERPT: ("excerpt",),
        Key.PUBLISHED: ("publishedDateTime",),
        Key.UPDATED: ("updatedDateTime",),
        Key.IMAGE: ("images", 0, "url"),
        Key.SITE: ("provider", "name"),
        Key.DOMAIN: ("provider", "domain"),
    },
    order=tuple(_ORDER.split()),
    date_like="2020-10-20T17:40:00Z",
    picture=("url", "width", "height", "isCached"),
    marks=frozenset(("originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl", "publishedDateTime")),
)
"""The records of Smartable's news sites; inside ``related`` each entry has the same names."""
