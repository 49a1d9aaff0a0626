"""A document: one small YAML file as plain values, every one of which knows its line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crawler.errors import ConfigError
from crawler.frontmatter import scalar, tree
from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.tree import Form, Node
from crawler.place import Place, text

MAX_BYTES: Final = 2**20
"""As for front matter: what is larger is no file that anyone wrote."""


@dataclass(frozen=True)
class Document:
    """The ``values`` of a file, which mean what they mean in front matter, and the ``lines`` their keys stand on."""

    path: Path
    values: Any
    lines: dict[Place, int]

    def nearest(self, place: Place) -> Place:
        """Return a place, or what it would stand in where the file does not have it."""
        while place and place not in self.lines:
            place = place[:-1]
        return place


def read(path: Path) -> Document:
    """Read a YAML file, building nothing but plain values.

    Raises ConfigError for a file that cannot be read or is no such document: aliases, tags and keys given twice are
    refused.
    """
    try:
        data = path.read_bytes()
        source = data.decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"it cannot be read: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise ConfigError("it is not UTF-8", path=path, line=data.count(b"\n", 0, error.start) + 1) from error
    if len(data) > MAX_BYTES:
        raise ConfigError(f"it is larger than {MAX_BYTES:,} bytes", path=path)
    try:
        root = tree.read(source).root()
        builder = _Builder(source)
        values = builder.build(root, ()) if root else None
    except Refusal as refusal:
        line = None if refusal.at is None else source.count("\n", 0, refusal.at) + 1
        raise ConfigError(refusal.what, path=path, line=line, remedy=refusal.remedy) from refusal
    return Document(path, values, builder.lines)


class _Builder:
    """Builds the values of one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines: dict[Place, int] = {(): 1}

    def build(self, found: Node, place: Place) -> Any:
        self.lines.setdefault(place, self._line(found))
        if found.form is Form.ALIAS or found.anchor or found.tag:
            raise Refusal("aliases (*), anchors (&) and tags (!) are not read here", at=found.start)
        if found.form is Form.MAPPING:
            return self._mapping(found, place)
        if found.form is Form.SEQUENCE:
            return [self.build(item, (*place, at)) for at, item in enumerate(found.children)]
        return scalar.value(found)

    def _mapping(self, found: Node, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in found.pairs():
            here = (*place, key.value)
            if key.form is not Form.SCALAR:
                raise Refusal("a key must be a word", at=key.start)
            if key.value in values:
                raise Refusal(f"{text(here)} is given twice, first in line {self.lines[here]}", at=key.start)
            self.lines[here] = self._line(key)
            values[key.value] = self.build(value, here)
        return values

    def _line(self, found: Node) -> int:
        return self.source.count("\n", 0, found.start) + 1
