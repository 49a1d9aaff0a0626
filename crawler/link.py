"""A link: a URL that files hold, what it is to them, and every spot at which they hold it."""

from dataclasses import dataclass
from pathlib import Path

from crawler.target import Role


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a file holds a link: its line, counted from 1, and its key path (``related[3].webUrl``).

    The key path is empty in the body of a file and in a plain list of URLs.
    """

    path: Path
    line: int
    place: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}"
        return f"{where}: {self.place}" if self.place else where


@dataclass(frozen=True, slots=True)
class Link:
    """One URL as it was given; the same URL in two files is one link with two spots."""

    url: str
    role: Role
    spots: tuple[Spot, ...]
