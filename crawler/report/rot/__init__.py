"""Reports of a link check, one module a format, over the same findings and the same summary."""

from importlib import import_module
from typing import Final, Protocol, TextIO

from crawler.finding import Finding
from crawler.report.rot.summary import Summary

FORMATS: Final = {
    "text": "Text",
    "tsv": "Tsv",
    "jsonl": "JsonLines",
    "markdown": "Markdown",
    "html": "Html",
    "junit": "JUnit",
    "sarif": "Sarif",
    "github": "GitHub",
}
"""The formats; each is the class named here, in the module of its own name, imported only when it is asked for."""


class Report(Protocol):
    """A format: told of each finding as it is made, and of the whole at the end. Both raise OSError if nobody listens.

    Those that can be read from the top write each finding at once; the others keep what they need and write at the end.
    """

    def finding(self, finding: Finding) -> None:
        """Show, or keep, what was found of one link."""

    def end(self, summary: Summary) -> None:
        """Show what was found of all of them."""


def report(style: str, out: TextIO, *, quiet: bool = False, verbose: bool = False) -> Report:
    """Return a report in one of the `FORMATS`, written to an open text file.

    ``verbose`` shows living links, too, where a format otherwise leaves them out; ``quiet`` leaves out what is not a
    finding.
    """
    made: Report = getattr(import_module(f"{__name__}.{style}"), FORMATS[style])(out, quiet=quiet, verbose=verbose)
    return made
