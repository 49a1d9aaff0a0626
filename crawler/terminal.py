"""A terminal: what shows our output to a person, and does what it is told by whatever it is shown."""

import io
import logging
import re
import sys
from typing import Final, TextIO

import click

from crawler.line import line, lines

_STYLE: Final = re.compile(r"(\x1b\[(?:[012]|[39][0-7])m)")
"""The codes by which reports are coloured; none of them moves or hides anything."""


class Terminal(io.TextIOWrapper):
    """Standard output where it is a terminal: colours and ends of lines pass, all else that one acts on is escaped."""

    def write(self, text: str) -> int:
        """Write text, of whoever it is."""
        super().write("".join(part if at % 2 else lines(part) for at, part in enumerate(_STYLE.split(text))))
        return len(text)


class Record(logging.LogRecord):
    """What is logged, which names files and addresses of others, on one line."""

    def getMessage(self) -> str:  # noqa: N802 - named by logging
        """Return the message."""
        return line(super().getMessage())


def guard() -> None:
    """Have nothing that others wrote, in files, addresses or pages, act on the terminal that shows it."""
    logging.setLogRecordFactory(Record)
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout = _guarded(sys.stdout)


def _guarded(out: io.TextIOWrapper) -> TextIO:
    return Terminal(out.detach(), encoding=out.encoding, errors="backslashreplace", line_buffering=True)


def warn(text: str) -> None:
    """Tell of a trouble on standard error."""
    click.echo(f"recrawl: {lines(text)}", err=True)
