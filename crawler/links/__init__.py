"""The links of files: every URL that a folder, a file or a list holds, where, and what it is to its file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from crawler import corpus, frontmatter
from crawler.config import Config
from crawler.frontmatter import Document, Kind
from crawler.link import Spot
from crawler.links import matter
from crawler.target import Role


class Part(StrEnum):
    """What part of a file a link belongs to; the names that ``--only`` takes."""

    ARTICLE = "article"
    WEB = "web"
    AMP = "amp"
    AMP_CACHE = "amp-cache"
    IMAGES = "images"
    RELATED = "related"
    LINKS = "links"
    BODY = "body"


ALL: Final = frozenset(Part)

_PARTS: Final = {
    Role.ARTICLE: Part.ARTICLE,
    Role.WEB: Part.WEB,
    Role.AMP: Part.AMP,
    Role.AMP_CACHE: Part.AMP_CACHE,
    Role.IMAGE: Part.IMAGES,
    Role.RELATED: Part.RELATED,
}
"""The part that a value of front matter belongs to by its role; any other is one of its ``links``."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One URL, exactly as it is written, at one spot."""

    url: str
    role: Role
    spot: Spot


def mentions(path: Path, config: Config, parts: Iterable[Part]) -> Iterator[Mention]:
    """Yield what one file holds in some of its parts, in the order of the file.

    Raises FileError where it cannot be read, and FrontMatterError where its front matter cannot.
    """
    wanted = frozenset(parts)
    data = corpus.load(path, whole=Part.BODY in wanted)
    if data is None:
        return
    document = frontmatter.parse(data, path=path)
    for held in matter.values(document, config.layout(document.fields)):
        part = Part.RELATED if held.is_related else _PARTS.get(held.role, Part.LINKS)
        if part in wanted:
            yield Mention(held.url, held.role, Spot(path, held.line, held.place))
    if Part.BODY in wanted and document.kind is not Kind.JSON:
        yield from _in_body(path, document)


def _in_body(path: Path, document: Document) -> Iterator[Mention]:
    from crawler.links import body  # it takes as long to import as to read a hundred files without it

    text, first = document.body
    for reference in body.references(text, is_markup=path.suffix.lower() in body.MARKUP):
        role = Role.IMAGE if reference.is_image else Role.LINK
        yield Mention(reference.url, role, Spot(path, first + reference.line))
