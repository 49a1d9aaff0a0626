"""A record: one file's front matter that describes one article on the web."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler import frontmatter
from crawler.layout import SMARTABLE, Key, Layout
from crawler.place import Place, overlap, value


@dataclass(frozen=True)
class Record:
    """What a file says of its article.

    ``fields`` are the front matter's typed values (str, int, float, bool, None, date, datetime, lists and mappings
    of them), ``digest`` is the SHA-256 of the whole file in hexadecimal, ``layout`` says where what is kept. ``at`` is
    where in its file an entry of the list of related articles stands, which is a small record of its own.
    """

    path: Path
    fields: Mapping[str, Any]
    digest: str
    layout: Layout = field(default=SMARTABLE)
    at: Place = ()

    def place(self, key: Key) -> Place | None:
        """Return where this record keeps ``key``, or would keep it; None where its layout has no such field."""
        return self.layout.place(key, self.fields)

    def key_of(self, place: Place) -> Key:
        """Return what this record keeps at a place of its file, or as a part of it."""
        inner = place[len(self.at) :]
        return next(key for key in Key if (own := self.place(key)) is not None and overlap(own, inner))

    def get(self, key: Key) -> Any:
        """Return the value that this record has for ``key``, None where it has none or an empty one.

        A date is one also where it is quoted, or in a notation that YAML does not know for one.
        """
        place = self.place(key)
        found = None if place is None else value(self.fields, place)
        if key in (Key.PUBLISHED, Key.UPDATED) and isinstance(found, str):
            found = frontmatter.moment(found) or found
        return None if found == "" else found

    @property
    def url(self) -> str | None:
        """The address of the article, this record's identity; None where the file is no record of an article."""
        found = self.get(Key.URL)
        return found if isinstance(found, str) and found else None

    @property
    def related(self) -> tuple["Record", ...]:
        """The related articles that say where they are, each as a record of its own."""
        place = self.layout.find(Key.RELATED, self.fields)
        if place is None:
            return ()
        entries = enumerate(value(self.fields, place))
        found = ((index, entry) for index, entry in entries if isinstance(entry, Mapping))
        records = (Record(self.path, entry, self.digest, self.layout, (*place, index)) for index, entry in found)
        return tuple(record for record in records if record.url)
