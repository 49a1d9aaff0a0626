"""A sample: what some files of a folder are, by the layouts that are known; the begin of a configuration."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from crawler import config, corpus
from crawler.config import Config
from crawler.errors import FileError
from crawler.layout import Key
from crawler.place import Place, scalars
from crawler.presets import PRESETS
from crawler.record import Record
from crawler.url import is_web

SIZE: Final = 400
"""Files that are looked at, spread over all."""

COMMON: Final = 0.95
"""Share of the records that have one layout, from which on it is that of all."""


@dataclass
class Sample:
    """``total`` files, of which some were looked at: ``records`` of articles, ``others`` that name none, ``unread``.

    ``layouts`` counts records by layout, ``places`` by where they keep each key. Of the others ``fits`` counts the
    layouts that would find an address in them, ``addresses`` where else they have one.
    """

    total: int = 0
    records: int = 0
    others: int = 0
    unread: list[str] = field(default_factory=list)
    layouts: Counter[str] = field(default_factory=Counter)
    places: dict[Key, Counter[Place]] = field(default_factory=dict)
    fits: Counter[str] = field(default_factory=Counter)
    addresses: Counter[Place] = field(default_factory=Counter)

    @property
    def looked(self) -> int:
        """The number of files that were looked at."""
        return self.records + self.others + len(self.unread)

    @property
    def preset(self) -> str:
        """The layout that all records have, or that finds records where none were told; empty where they differ."""
        name, number = next(iter((self.layouts or self.fits).most_common(1)), ("", 0))
        return name if number >= COMMON * (self.records or 1) else ""

    @property
    def address(self) -> Place | None:
        """Where most files have the address of an article, of which no layout knows; None where that is not so."""
        place, number = next(iter(self.addresses.most_common(1)), (None, 0))
        return place if not self.records and not self.fits and number * 2 > self.others else None

    def add(self, record: Record) -> None:
        """Count one file that has front matter."""
        if not record.url:
            self._add_other(record.fields)
            return
        self.records += 1
        self.layouts[record.layout.name] += 1
        for key in Key:
            if place := record.layout.find(key, record.fields):
                self.places.setdefault(key, Counter())[place] += 1

    def _add_other(self, fields: Any) -> None:
        self.others += 1
        self.fits.update(name for name, layout in PRESETS.items() if layout.find(Key.URL, fields))
        self.addresses.update({place for place, value in scalars(fields) if is_web(value) and len(place) <= _DEEPEST})


_DEEPEST: Final = 2


def take(folder: Path) -> Sample:
    """Return a sample of the files under a folder. Raises UsageError where there is no such folder."""
    files = [path for path in corpus.paths([folder]) if path.name != config.NAME]
    sample = Sample(total=len(files))
    for path in _spread(files):
        try:
            record = corpus.read(path, Config())
        except FileError as error:
            sample.unread.append(str(error))
            continue
        if record is None:
            sample.others += 1
        else:
            sample.add(record)
    return sample


def _spread(files: Sequence[Path]) -> list[Path]:
    number = min(len(files), SIZE)
    return [files[place * len(files) // number] for place in range(number)]
