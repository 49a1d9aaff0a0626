"""What can go wrong on our side; the world's failures are data (see `crawler.fetch`)."""

from pathlib import Path


class RecrawlError(Exception):
    """Root of all errors that recrawl raises on purpose."""


class UsageError(RecrawlError):
    """The command cannot be run as it was given (exit status 2)."""


class ReportError(RecrawlError):
    """The report cannot be written: nobody reads it any more, or its disk is full."""


class FileError(RecrawlError):
    """One file cannot be used as it is.

    ``path`` is None while only bytes are known, ``line`` counts from 1 in the whole file, ``remedy`` says
    what its owner can do.
    """

    def __init__(self, what: str, *, path: Path | None = None, line: int | None = None, remedy: str = "") -> None:
        super().__init__(what, path, line, remedy)
        self.what = what
        self.path = path
        self.line = line
        self.remedy = remedy

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        text = f"{where}: {self.what}" if where else self.what
        return f"{text}; {self.remedy}" if self.remedy else text


class ConfigError(FileError):
    """The configuration file is not valid (exit status 2)."""


class FrontMatterError(FileError, ValueError):
    """The front matter cannot be read, or cannot be edited exactly; the file was left as it was."""


class WriteError(FileError):
    """A file could not be replaced; it was left as it was."""


class ChangedError(WriteError):
    """A file was changed by someone else since it was read."""


class ArchiveError(FileError):
    """A web archive cannot be read or written."""


class StateError(FileError):
    """The state file cannot be used."""
