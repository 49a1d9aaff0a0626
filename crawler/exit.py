"""The exit status: what a shell or scheduler learns of how a command went."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command went."""

    WELL = 0
    FAILED = 1
    """Some records could not be checked or written, or the run could not be made as it was asked for."""
    USAGE = 2
    """The command line or the configuration is wrong; nothing was done."""
    ROT = 3
    """A link check has found what it was to look for."""
    INTERRUPTED = 130
    """A signal ended it early: 128 and the number of SIGINT, as shells have it."""
