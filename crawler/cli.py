"""The command line: finds the command, runs it, and maps what went wrong to an exit status."""

import errno
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, Final

import click

from crawler import __version__
from crawler.errors import ConfigError, RecrawlError, ReportError, UsageError
from crawler.exit import Exit
from crawler.terminal import guard, warn

COMMANDS: Final = {
    "init": "Look at a folder of records, and write what it needs.",
    "refresh": "Refresh article records from the web.",
    "run": "Refresh what is due and check links, within a budget; for cron.",
    "status": "Tell what is due and why, stale, failing or dead.",
    "explain": "Say why each field of a record is, or would be, as it is.",
    "check": "Tell which links live, fail, are dead or cannot be told.",
    "extract": "Print what is true of a page, as JSON.",
    "state": "Carry what was learned to another machine; forget what is of no use.",
    "why": "Say why a link is called alive, failing, dead or unsure.",
    "forgive": "Say that links live which were called failing or dead.",
}
"""Each command is a click command named ``command`` in ``crawler.commands.<name>``, imported only when it is run."""

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What writing to standard output can fail of; of its reader's end click knows."""


class Commands(click.Group):
    """A group that imports a command only to run it, so that ``--help`` and small commands start at once."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Name the commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"crawler.commands.{name}").command
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="recrawl")
def recrawl() -> None:
    """Keep a folder of article records true.

    Exit status: 0 all is well, 1 some records failed, 2 usage or configuration, 3 rot was found (check),
    130 interrupted.
    """


def status(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    guard()
    try:
        result: Any = recrawl.main(arguments, prog_name="recrawl", standalone_mode=False)
    except click.exceptions.Abort:
        return Exit.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except RecrawlError as error:
        warn(str(error))
        if isinstance(error, ReportError):
            _close_output()
        return Exit.USAGE if isinstance(error, UsageError | ConfigError) else Exit.FAILED
    except OSError as error:
        if error.errno not in _FULL or error.filename:  # files are named by whoever uses them
            raise
        warn(f"the report cannot be written: {error.strerror}")
        _close_output()
        return Exit.FAILED
    return result if isinstance(result, int) else Exit.WELL


def _close_output() -> None:
    """Keep what is left of a report that nobody reads from being written once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
