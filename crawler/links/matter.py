"""The front matter of a file, read for its links: every value that is a URL, whatever its key is called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from crawler import place as key_path
from crawler.amp import is_image
from crawler.frontmatter import Document
from crawler.layout import Key, Layout
from crawler.place import Place, scalars
from crawler.target import Role

_ROLES: Final = {
    Key.URL: Role.ARTICLE,
    Key.WEB_URL: Role.WEB,
    Key.AMP: Role.AMP,
    Key.AMP_CACHE: Role.AMP_CACHE,
}


@dataclass(frozen=True, slots=True)
class Held:
    """One value: its line, counted from 1, its key path, and what it is to the record.

    ``is_related`` says that it stands in the list of related articles.
    """

    url: str
    line: int
    place: str
    role: Role
    is_related: bool = False


def values(document: Document, layout: Layout) -> Iterator[Held]:
    """Yield every http(s) value of a document, in its order; one that is none that can be asked, too."""
    fields = document.fields
    related = layout.find(Key.RELATED, fields)
    roles = _roles(fields, layout)
    for place, found in scalars(fields):
        if not isinstance(found, str) or not found.lstrip().lower().startswith(("http://", "https://")):
            continue
        is_related = related is not None and place[: len(related)] == related
        role = roles.get(place) or _role_inside(place, found, layout, is_related=is_related)
        yield Held(found, _line(document, place, found), key_path.text(place), role, is_related)


def _roles(fields: Mapping[str, Any], layout: Layout, at: Place = ()) -> dict[Place, Role]:
    """Return what stands at the places of a layout; the first key that a place is named for is the one."""
    found: dict[Place, Role] = {}
    for key, role in _ROLES.items():
        if place := layout.find(key, fields):
            found.setdefault((*at, *place), role)
    return found


def _role_inside(place: Place, url: str, layout: Layout, *, is_related: bool) -> Role:
    """Return the role of a value that no key of the record's own names."""
    keys = [step for step in place if isinstance(step, str)]
    pictures = {candidate[0] for candidate in layout.places.get(Key.IMAGE, ())}
    if is_image(url) or (keys and (keys[0] in pictures or (is_related and pictures.intersection(keys[1:])))):
        return Role.IMAGE
    return Role.RELATED if is_related else Role.LINK


def _line(document: Document, place: Place, found: str) -> int:
    """Return the line of a value; where the language of the front matter tells none, the first that holds it."""
    line = document.line(place)
    if line is not None:
        return line
    at = document.data.find(found.encode("utf-8", "replace"))
    return document.data.count(b"\n", 0, max(at, 0)) + 1
