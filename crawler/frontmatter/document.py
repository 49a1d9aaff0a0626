"""A document: the front matter of one file, to read and to edit in place.

bytes -fence.split-> Envelope -node.read-> Tree -fields.build-> fields
changes -patch.group-> Steps -plan-> Splice* -splice.apply-> text -splice.verify-> bytes
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from crawler.errors import FrontMatterError
from crawler.frontmatter import fence, fields, foreign, splice, tree
from crawler.frontmatter.fence import Envelope, Kind
from crawler.frontmatter.habits import Habits
from crawler.frontmatter.patch import group
from crawler.frontmatter.plan import plan
from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.tree import Form, Tree
from crawler.place import Place

_WHOLE: Final = frozenset({".yml", ".yaml"})


@dataclass(frozen=True)
class Document:
    """The front matter of one file, read from its bytes; ``path`` says by its suffix whether all of it is YAML."""

    data: bytes
    path: Path | None = None

    @property
    def kind(self) -> Kind:
        """The language of the front matter; `Kind.NONE` where the file has none."""
        if self._envelope.kind is Kind.JSON and self._json is None:
            return Kind.NONE
        return self._envelope.kind

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The values: str, int, float, bool, None, date and datetime in nested dicts and lists.

        See `crawler.frontmatter.fields.build` for what becomes of aliases and odd keys.
        """
        with self._door():
            if self.kind is Kind.YAML:
                return fields.build(self._tree)
            if self.kind is Kind.TOML:
                return foreign.toml(self._envelope.text)
            return self._json or {}

    def line(self, place: Place) -> int | None:
        """Return the line of the file, from 1, where a value starts; None where there is none, or it is not YAML."""
        found = self._tree.find(place)
        return None if found is None else self._envelope.line(found.start)

    def text(self, place: Place) -> str | None:
        """Return a scalar's text as it was written, its quotes taken off: ``2020-10-20`` of a date.

        None where there is no scalar, or the front matter is not YAML.
        """
        found = self._tree.find(place)
        return None if found is None or found.form is not Form.SCALAR else found.value

    @property
    def body(self) -> tuple[str, int]:
        """What stands behind the front matter, and the line of the file, from 1, on which it begins."""
        envelope = self._envelope
        kept = len(self.data) - len(envelope.tail)
        if self.kind in (Kind.YAML, Kind.TOML):
            kept += len(envelope.tail.partition(b"\n")[0]) + 1  # the fence
        return self.data[kept:].decode("utf-8-sig", "replace"), self.data.count(b"\n", 0, kept) + 1

    def edit(self, changes: Mapping[Place, Any], order: Sequence[str] = ()) -> bytes:
        """Return the file with values changed; see `crawler.frontmatter.edit`."""
        with self._door():
            return self._edited(changes, order) if changes else self.data

    def _edited(self, changes: Mapping[Place, Any], order: Sequence[str]) -> bytes:
        if self.kind is not Kind.YAML:
            raise fence.missing(self.data) if self.kind is Kind.NONE else foreign.read_only(self.kind)
        splices = plan(self._tree, Habits(self._tree, self._envelope.newline), group(changes), order)
        if not splices:
            return self.data
        after = self._envelope.seal(splice.apply(self._envelope.text, splices))
        splice.verify(self._tree, self._split(after).text, splices)
        return after

    def _split(self, data: bytes) -> Envelope:
        return fence.split(data, whole=_is_whole(self.path))

    @cached_property
    def _envelope(self) -> Envelope:
        with self._door():
            return self._split(self.data)

    @cached_property
    def _tree(self) -> Tree:
        with self._door():
            return tree.read(self._envelope.text if self._envelope.kind is Kind.YAML else "")

    @cached_property
    def _json(self) -> dict[str, Any] | None:
        with self._door():
            return foreign.json_prefix(self._envelope.tail)

    @contextmanager
    def _door(self) -> Iterator[None]:
        """Turn refusals into the one error that callers know."""
        try:
            yield
        except Refusal as refusal:
            line = refusal.line
            if line is None:
                line = self._envelope.line(refusal.at or 0)
            raise FrontMatterError(refusal.what, path=self.path, line=line, remedy=refusal.remedy) from refusal


def begins(data: bytes, *, path: Path | None = None) -> bool:
    """Tell from the first bytes of a file whether it may have front matter: False spares reading the rest."""
    return _is_whole(path) or fence.may_open(data)


def parse(data: bytes, *, path: Path | None = None) -> Document:
    """Read the front matter of a file's bytes.

    A ``path`` that ends in ``.yml`` or ``.yaml`` says that all of it is YAML. A file without front matter is a
    document of `Kind.NONE` without fields. Raises `FrontMatterError` for one that cannot be read.
    """
    document = Document(data, path)
    _ = document.fields
    return document


def _is_whole(path: Path | None) -> bool:
    return path is not None and path.suffix.lower() in _WHOLE


def edit(data: bytes, changes: Mapping[Place, Any], *, path: Path | None = None, order: Sequence[str] = ()) -> bytes:
    """Change values in the front matter of a file's bytes, and return the bytes of the file.

    ``changes`` maps places, such as ``("images", 0, "url")``, to str, int, float, bool, None (an empty value), date,
    datetime, `Stamp`, lists and mappings of them, or `REMOVE`. A place that is missing is made: a key beside those
    that usually stand next to it by ``order`` (else behind all), a list item where its number is the list's length.
    A date takes the shape of the one it replaces. Every byte that does not have to change stays, and a value that is
    the same already is not written.

    Raises `FrontMatterError`, with the line and what to do, where this cannot be exact or would change the type of a
    value; for bytes of any kind nothing else is raised.
    """
    return Document(data, path).edit(changes, order)
