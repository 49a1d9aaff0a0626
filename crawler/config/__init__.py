"""The configuration: what `recrawl.yml` asks for, over what is asked for where there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from glob import escape
from pathlib import Path
from typing import Any, Final

from crawler import __version__, url
from crawler.layout import Key, Layout
from crawler.place import Place, overlap
from crawler.presets import PRESETS, detect

NAME: Final = "recrawl.yml"
"""Looked for in the folder of the first path and in those above it, as far as the top of the repository."""


@dataclass(frozen=True)
class SitePolicy:
    """How one site is asked: with ``delay`` seconds between requests, ``per_site`` of them at a time, or not at all."""

    delay: float
    per_site: int
    skip: bool = False


@dataclass(frozen=True)
class Pins:
    """What is never written: these ``fields`` of any record, and nothing in ``files`` that match these patterns."""

    fields: tuple[Key | Place, ...] = ()
    files: tuple[str, ...] = ()

    def has_file(self, path: Path) -> bool:
        """Tell whether a file is pinned: by its name, or by its whole path where the pattern has a slash."""
        whole = path.absolute().as_posix()
        return any(fnmatchcase(whole if "/" in pattern else path.name, pattern) for pattern in self.files)

    def has_field(self, place: Place, layout: Layout) -> bool:
        """Tell whether a place is pinned, or holds or stands in what is; inside a related entry as in the record."""
        entry = layout.places.get(Key.RELATED, ((),))[0]
        inner = place[len(entry) + 1 :] if entry and place[: len(entry)] == entry else ()
        pinned = [found for pin in self.fields for found in _pinned(pin, layout)]
        return any(overlap(pin, place) or (inner and overlap(pin, inner)) for pin in pinned)


def _pinned(pin: Key | Place, layout: Layout) -> tuple[Place, ...]:
    if not isinstance(pin, Key):
        return (pin,)
    # All of a list is pinned with its first picture.
    return tuple(place[: place.index(0)] if 0 in place else place for place in layout.places.get(pin, ()))


@dataclass(frozen=True)
class Config:
    """How a run is to go, as `docs/configuration.md` explains key by key.

    Times are in seconds, sizes in bytes, ``allow_private`` are networks in CIDR notation, ``sites`` are by registered
    domain, ``write`` are the optional fields that may be written, ``archive`` is where past captures are looked for,
    ``archive_field`` the key path of the address of one, which no record has where it is empty.
    ``state`` is a folder.
    """

    user_agent: str = f"recrawl/{__version__}"
    delay: float = 2.0
    per_site: int = 1
    concurrency: int = 64
    timeout: float = 30.0
    max_size: int = 8 * 2**20
    allow_private: tuple[str, ...] = ()
    preset: str | None = None
    fields: Mapping[Key, tuple[Place, ...]] = field(default_factory=dict)
    pin: Pins = Pins()
    sites: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    write: frozenset[Key] = frozenset()
    related: bool = False
    archive: str = "https://web.archive.org"
    archive_field: str = ""
    state: Path = Path(".recrawl")

    def layout(self, fields: Mapping[str, Any]) -> Layout:
        """Return the layout of a record: the preset that is asked for or detected, with the names of this file."""
        return self._layouts[self.preset or detect(fields).name]

    @cached_property
    def _layouts(self) -> dict[str, Layout]:
        return {name: layout.override(self.fields) for name, layout in PRESETS.items()}

    def policy(self, address: str) -> SitePolicy:
        """Return how the site of a URL is asked."""
        own = self.sites.get(url.site(address)) if self.sites else None
        return replace(self._common, **own) if own else self._common

    @cached_property
    def _common(self) -> SitePolicy:
        return SitePolicy(self.delay, self.per_site)


def find(paths: Sequence[Path], file: Path | None = None) -> Config:
    """Return the configuration for a run over some paths: of ``file``, else of the `recrawl.yml` at the first path.

    Raises ConfigError where it is not valid; the message names each line that is wrong.
    """
    folder = _folder(paths[0] if paths else Path())
    found = file or governing(folder)
    return load(found) if found else Config(state=folder / Config.state)


def governing(folder: Path) -> Path | None:
    """Return the file that holds for a folder, None where there is none."""
    return next((above / NAME for above in _above(folder) if (above / NAME).is_file()), None)


def top(folder: Path) -> Path:
    """Return the top of the repository that a folder is in, the folder itself where it is in none."""
    highest = _above(folder)[-1]
    return highest if (highest / ".git").exists() else folder


def load(file: Path) -> Config:
    """Read one configuration file; relative paths in it are meant from its own folder.

    Raises ConfigError where it is not valid.
    """
    # pydantic takes longer to import than all else that a small command does.
    from crawler.config.check import checked
    from crawler.config.document import read

    config = checked(read(file))
    folder = file.absolute().parent
    files = tuple(f"{escape(str(folder))}/{pattern}" if "/" in pattern else pattern for pattern in config.pin.files)
    return replace(config, state=file.parent / config.state, pin=replace(config.pin, files=files))


def _folder(path: Path) -> Path:
    """Return the folder that a path, or a pattern such as ``posts/*.md``, starts from."""
    return next(folder for folder in (path, *path.parents, Path()) if folder.is_dir())


def _above(folder: Path) -> list[Path]:
    chain = [folder, *folder.resolve().parents]
    top = next((place for place, above in enumerate(chain) if (above / ".git").exists()), len(chain) - 1)
    return chain[: top + 1]
