"""Replacing a file: its bytes as a whole, so that every reader and every crash sees the old ones or the new ones.

``os.replace`` is atomic (rename(2)); what it would lose of a file (mode, owner, extended attributes, other names, being
read-only) is carried over, or the file is refused.
"""

import errno
import fcntl
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Self

from crawler.errors import ChangedError, WriteError

_TEMPORARY: Final = re.compile(r"\.recrawl-[0-9a-f]{16}\.tmp")
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_RENAME: Final = frozenset({errno.EXDEV, errno.EBUSY})
_REMEDIES: Final = {
    errno.ENOSPC: "free some space on its disk",
    errno.EDQUOT: "free some space of its owner's quota",
    errno.EACCES: "let recrawl write to the file and its folder",
    errno.EPERM: "let recrawl write to the file and its folder",
    errno.EROFS: "mount its disk for writing",
}


class Replacer:
    """Replaces files during one run.

    The bytes of each file are on disk before it takes its name; folders are synced once, by `close`, since that costs
    four times as much as all else (measured: 4 ms a folder). With ``in_place`` a file that cannot be renamed over (it
    has other names, it is a mount point, its owner cannot be kept) is overwritten: not atomic, but no longer refused.
    """

    def __init__(self, *, in_place: bool = False) -> None:
        self._in_place = in_place
        self._folders: set[Path] = set()
        self._cleaned: set[Path] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Make the renames durable. Raises WriteError for a folder that cannot be synced."""
        while self._folders:
            folder = self._folders.pop()
            with _reported(folder), _open(folder, os.O_RDONLY | os.O_DIRECTORY) as descriptor:
                _sync_folder(descriptor)

    def replace(self, path: Path, before: bytes, after: bytes) -> bool:
        """Make ``after`` of a file that holds ``before``, through a symbolic link, too; tell whether it was written.

        Equal bytes are not written: no editor, builder or backup sees a change. Raises WriteError, and ChangedError
        where the file does not hold ``before``; the file is then as it was, and nothing is left beside it.
        """
        if before == after:
            return False
        with _reported(path):
            real = Path(os.path.realpath(path, strict=True))
            status = real.lstat()
            _check(path, status)
            self._clean(real.parent)
            if self._in_place and status.st_nlink > 1:
                _overwrite(path, real, before, after)
            else:
                self._rename_over(path, real, status, before, after)
        return True

    def _rename_over(self, path: Path, real: Path, status: os.stat_result, before: bytes, after: bytes) -> None:
        if status.st_nlink > 1:
            raise _lossy(path, "it has other names (hard links)")
        try:
            with _temporary(real.parent) as (name, descriptor):
                _fill(descriptor, after)
                _take_after(path, real, status, descriptor)
                os.fsync(descriptor)
                _compare(path, real, before)
                name.replace(real)
        except (_LossyError, OSError) as error:
            if not isinstance(error, _LossyError) and error.errno not in _NO_RENAME:
                raise
            if not self._in_place:
                raise _lossy(path, str(error)) from error
            _overwrite(path, real, before, after)
        self._folders.add(real.parent)

    def _clean(self, folder: Path) -> None:
        if folder not in self._cleaned:
            self._cleaned.add(folder)
            clean(folder)


def clean(folder: Path) -> None:
    """Remove what a run that was killed left in a folder.

    A temporary file is locked while its writer lives (the kernel frees the lock of the dead), so that one of another
    run that is at work is not touched.
    """
    with suppress(OSError):
        for found in list(os.scandir(folder)):
            if _TEMPORARY.fullmatch(found.name) and found.is_file(follow_symlinks=False):
                with suppress(OSError), _open(Path(found), os.O_RDWR | os.O_NOFOLLOW) as descriptor:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    Path(found).unlink()


class _LossyError(Exception):
    """Why a rename would lose something of the file."""


def _lossy(path: Path, why: str) -> WriteError:
    return WriteError(f"it cannot be replaced atomically: {why}", path=path, remedy="allow it to be written in place")


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise WriteError(what, path=path, remedy=_REMEDIES.get(error.errno or 0, "")) from error


@contextmanager
def _open(path: Path, flags: int, mode: int = 0o600) -> Iterator[int]:
    descriptor = os.open(path, flags | os.O_CLOEXEC, mode)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _temporary(folder: Path) -> Iterator[tuple[Path, int]]:
    name = folder / f".recrawl-{secrets.token_hex(8)}.tmp"
    with _open(name, _NEW) as descriptor:
        try:
            with suppress(OSError):  # a file system without locks: `clean` leaves its files alone
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield name, descriptor
        finally:
            name.unlink(missing_ok=True)


def _check(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise WriteError("it is no regular file", path=path)
    # A rename would work all the same: it asks for leave to write to the folder only.
    if not os.access(path, os.W_OK):
        raise WriteError("it is read-only", path=path, remedy="make it writable to have it kept up")


def _fill(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _take_after(path: Path, real: Path, status: os.stat_result, descriptor: int) -> None:
    """Give a new file the owner, mode and extended attributes (access lists among them) of the old one."""
    own = os.fstat(descriptor)
    if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.fchown(descriptor, status.st_uid, status.st_gid)
        except PermissionError as error:
            raise _LossyError("its owner cannot be kept") from error
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    try:
        for name, value in _attributes(real).items():
            if _attributes(descriptor).get(name) != value:
                os.setxattr(descriptor, name, value)
    except OSError as error:
        raise _LossyError(f"its extended attributes cannot be kept ({error.strerror})") from error


def _attributes(file: Path | int) -> dict[str, bytes]:
    try:
        return {name: os.getxattr(file, name) for name in os.listxattr(file)}
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.ENODATA):
            return {}
        raise


def _compare(path: Path, real: Path, before: bytes) -> None:
    if real.read_bytes() != before:
        raise ChangedError("it was changed meanwhile", path=path)


def _overwrite(path: Path, real: Path, before: bytes, after: bytes) -> None:
    _compare(path, real, before)
    with _open(real, os.O_RDWR | os.O_NOFOLLOW) as descriptor:
        try:
            if len(after) > len(before):
                os.posix_fallocate(descriptor, 0, len(after))  # a full disk shows before the old bytes are touched
        except OSError:
            os.ftruncate(descriptor, len(before))
            raise
        _fill(descriptor, after)
        os.ftruncate(descriptor, len(after))
        os.fsync(descriptor)


def _sync_folder(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # network file systems may have nothing to sync
            raise
