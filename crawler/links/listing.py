"""A list of URLs: one a line, as files and pipes hold them."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from crawler.errors import FileError
from crawler.link import Spot
from crawler.links import Mention
from crawler.target import Role

STDIN: Final = Path("-")

_COMMENT: Final = " #"


def read(path: Path) -> Iterator[Mention]:
    """Yield the URLs of a list; ``-`` is standard input.

    Blank lines, and what follows a ``#`` at the start of a line or behind a blank, are no URLs. Raises FileError where
    the list cannot be read.
    """
    try:
        if path == STDIN:
            yield from _lines(sys.stdin.buffer, path)
            return
        with path.open("rb") as file:
            yield from _lines(file, path)
    except OSError as error:
        raise FileError(f"it cannot be read: {error.strerror}", path=path) from error


def _lines(file: BinaryIO, path: Path) -> Iterator[Mention]:
    for number, line in enumerate(file, 1):
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip()
        url = "" if text.startswith("#") else text.partition(_COMMENT)[0].strip()
        if url:
            yield Mention(url, Role.LINK, Spot(path, number))
