"""A corpus: the article records in folders and files, and the only writer of them.

paths -paths-> Path -read-> Record ... Revision -write-> Outcome
"""

import hashlib
import logging
import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from glob import has_magic
from pathlib import Path
from typing import Any, Final

from crawler import frontmatter
from crawler.change import Change, Outcome, Revision
from crawler.config import NAME, Config
from crawler.errors import ChangedError, FileError, UsageError
from crawler.frontmatter import Kind
from crawler.place import Place, value
from crawler.record import Record
from crawler.replace import Replacer

SUFFIXES: Final = frozenset({
    ".htm", ".html", ".liquid", ".markdown", ".md", ".mdown", ".mdx", ".mkd", ".mkdn", ".njk", ".txt", ".yaml", ".yml",
})  # fmt: skip
"""What is looked at in folders: texts and templates that site generators take front matter from, and data files."""

SKIPPED: Final = frozenset({"__pycache__", "_site", "bower_components", "node_modules", "vendor"})
"""Folders, beside hidden ones, that are passed over: what generators and package managers put there."""

_BEGINNING: Final = 1 << 16

log = logging.getLogger(__name__)


def paths(arguments: Iterable[Path]) -> Iterator[Path]:
    """Return the files that arguments name: files, folders (searched whole) and patterns such as ``posts/**/*.md``.

    Each file is yielded once, as it is found, in an order that is always the same. In folders only files with one
    of `SUFFIXES` count; hidden ones, `recrawl.yml` and `SKIPPED` folders are passed over, as are links to folders,
    and to files outside of the folder; a file that is named is always taken. Raises UsageError, before anything is
    yielded, for a name that nothing has.
    """
    return _files([found for argument in arguments for found in _expanded(Path(argument))])


def _expanded(argument: Path) -> list[Path]:
    if argument.is_file() or argument.is_dir():
        return [argument]
    if argument.exists():
        raise UsageError(f"{argument} is neither a file nor a folder")
    found = _matching(argument) if has_magic(str(argument)) else []
    if not found:
        raise UsageError(f"{argument}: no such file or folder")
    return found


def _matching(pattern: Path) -> list[Path]:
    base = next(parent for parent in pattern.parents if not has_magic(str(parent)))
    try:
        found = sorted(base.glob(str(pattern.relative_to(base))))
    except ValueError as error:
        raise UsageError(f"{pattern}: {error}") from error
    inner = [path for path in found if not any(map(_is_skipped, path.relative_to(base).parts))]
    return [path for path in inner if path.is_file() or path.is_dir()]


def _files(named: Sequence[Path]) -> Iterator[Path]:
    folders: list[Path] = []
    single: set[Path] = set()
    for path in named:
        for found in _walk(path) if path.is_dir() else [path]:
            is_known = (single and found.absolute() in single) or any(_covers(folder, found) for folder in folders)
            if not is_known:
                yield found
        if path.is_dir():
            folders.append(path)
        else:
            single.add(path.absolute())


def _walk(folder: Path) -> Iterator[Path]:
    top, waiting = folder, [folder]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            log.warning("%s: it cannot be searched: %s", folder, error.strerror)
            continue
        for entry in entries:
            suffix = os.path.splitext(entry.name)[1]  # noqa: PTH122 - a quarter of the time, for all files of a folder
            is_one = suffix.lower() in SUFFIXES and not _is_passed_over(entry.name) and entry.is_file()
            if is_one and (not entry.is_symlink() or _is_within(top, folder / entry.name)):
                yield folder / entry.name
        inner = (entry.name for entry in reversed(entries) if entry.is_dir(follow_symlinks=False))
        waiting += [folder / name for name in inner if not _is_skipped(name)]


def _is_within(top: Path, link: Path) -> bool:
    """Tell whether a link leads to a file below a folder: who gave us the folder gave us no more than that."""
    if link.resolve().is_relative_to(top.resolve()):
        return True
    log.warning(
        "%s: it is a link to a file outside of %s, and passed over; name the file itself to have it read", link, top
    )
    return False


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name == NAME


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED


def _covers(folder: Path, path: Path) -> bool:
    """Tell whether a search of a folder yields a file."""
    whole, top = path.absolute(), folder.absolute()
    if not whole.is_relative_to(top) or path.suffix.lower() not in SUFFIXES or _is_passed_over(path.name):
        return False
    return not any(_is_skipped(part) for part in whole.relative_to(top).parts[:-1])


def read(path: Path, config: Config) -> Record | None:
    """Read one file; None where it has no front matter, and a record without a URL where that names no article.

    Of a file without front matter only the beginning is read. Raises FileError where the file cannot be read, and
    FrontMatterError where its front matter cannot.
    """
    data = load(path)
    document = frontmatter.parse(data, path=path) if data is not None else None
    if data is None or document is None or document.kind is Kind.NONE:
        return None
    return Record(path, document.fields, _digest(data), config.layout(document.fields))


def load(path: Path, *, whole: bool = False) -> bytes | None:
    """Return the bytes of a file; None where it can have no front matter, unless it is asked for as a whole.

    Raises FileError where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
            if not whole and not frontmatter.begins(beginning, path=path):
                return None
            if beginning.startswith(BOM_UTF8):
                log.warning("%s: it starts with a byte order mark; Jekyll sees no front matter behind one", path)
            return beginning + file.read()
    except OSError as error:
        raise FileError(f"it cannot be read: {error.strerror}", path=path) from error


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write(
    revision: Revision, replacer: Replacer | None = None, *, dry_run: bool = False, diff: bool = False
) -> Outcome:
    """Make a record's file say what its revision says; ``dry_run`` leaves the file alone, ``diff`` shows the change.

    A file that was changed since its record was read is edited as it is now, once, if what is to be replaced still
    stands there. Raises FrontMatterError where the changes cannot be made exactly, and WriteError where the file cannot
    be replaced; the file is then as it was. A ``replacer`` that a run keeps spares it a sync for every file.
    """
    if replacer is None:
        with Replacer() as own:
            return write(revision, own, dry_run=dry_run, diff=diff)
    path = revision.record.path
    before, after = _edited(revision)
    try:
        written = not dry_run and replacer.replace(path, before, after)
    except ChangedError:
        before, after = _edited(revision)
        written = replacer.replace(path, before, after)
    return Outcome(
        path,
        changes=revision.changes,
        verdicts=revision.verdicts,
        written=written,
        sightings=revision.sightings,
        stated=revision.stated,
        diff=_diff(path, before, after) if diff else "",
    )


def _edited(revision: Revision) -> tuple[bytes, bytes]:
    """Return the bytes of a record's file, and what they are to be."""
    record = revision.record
    try:
        before = record.path.read_bytes()
    except OSError as error:
        raise FileError(f"it cannot be read: {error.strerror}", path=record.path) from error
    if _digest(before) != record.digest:
        _check_standing(revision, frontmatter.parse(before, path=record.path).fields)
    changes = {change.place: change.new for change in revision.changes}
    return before, frontmatter.edit(before, changes, path=record.path, order=record.layout.order)


def _check_standing(revision: Revision, fields: dict[str, Any]) -> None:
    """Refuse to change a file that no longer says what a revision was made of: another article, or another value."""
    record = revision.record
    now = Record(record.path, fields, "", record.layout)
    for change in revision.changes:
        around = _around(change)
        if now.url != record.url or value(fields, around) != value(record.fields, around):
            raise ChangedError("it was changed meanwhile", path=record.path, remedy="refresh it again")


def _around(change: Change) -> Place:
    """Return what must stand for a change to be made: a value, and in a list, where positions move, the whole item.

    Where the item itself is changed or added, it is the whole list.
    """
    place = change.place
    position = next((index for index, step in enumerate(place) if isinstance(step, int)), len(place))
    return place[:position] if position == len(place) - 1 else place[: position + 1]


def _diff(path: Path, before: bytes, after: bytes) -> str:
    old, new = (data.decode("utf-8", "replace").split("\n") for data in (before, after))
    return "\n".join(unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm=""))
