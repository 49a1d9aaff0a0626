"""The lock: one run at a time uses a state folder, and whoever comes second is told who holds it."""

import fcntl
import json
import os
import socket
from datetime import datetime
from pathlib import Path

from crawler.errors import StateError


class Lock:
    """A lock on a file, held until `release` or the end of the process, however it ends."""

    def __init__(self, path: Path, now: datetime) -> None:
        """Take the lock.

        Raises StateError where another process holds it, or where there can be none.
        """
        self.path = path
        try:
            # O_NOFOLLOW: the folder may have come with a repository, and the file is written over.
            self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        except OSError as error:
            raise StateError(f"it cannot be opened: {error.strerror}", path=path) from error
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise self._refusal(error) from error
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": f"{now:%Y-%m-%d %H:%M:%S} UTC"}
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, json.dumps(holder).encode(), 0)

    def _refusal(self, error: OSError) -> StateError:
        written = os.pread(self.descriptor, 4096, 0)
        os.close(self.descriptor)
        if not isinstance(error, BlockingIOError):
            return StateError(f"it cannot be locked: {error.strerror}", path=self.path)
        what = f"the state is in use, {_holder(written)}"
        return StateError(what, path=self.path.parent, remedy="wait for that run to end, or name another --state")

    def release(self) -> None:
        """Give the lock up; the file stays, since another process may be about to lock it."""
        os.close(self.descriptor)


def _holder(written: bytes) -> str:
    try:
        holder = json.loads(written)
        return f"held by pid {holder['pid']} on {holder['host']} since {holder['since']}"
    except (ValueError, TypeError, KeyError):
        return "held by another run"
