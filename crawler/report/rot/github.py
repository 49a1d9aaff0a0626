"""The GitHub report: workflow commands, which GitHub Actions shows beside the lines of a pull request."""

from typing import Final, TextIO

from crawler.finding import Finding
from crawler.line import line, write
from crawler.link import Spot
from crawler.report.rot.spot import relative
from crawler.report.rot.summary import Summary
from crawler.standing import Life

COMMANDS: Final = {Life.DEAD: "error", Life.FAILING: "warning", Life.UNSURE: "notice"}
"""The command of each verdict. GitHub shows ten of each kind of one step, so each verdict has a kind of its own."""


class GitHub:
    """Writes a command for every spot of a link that does not live, or that should be another, at once.

    The summary is a line of the log.
    """

    def __init__(self, out: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self.out = out
        self.quiet = quiet
        del verbose  # GitHub shows few, and none of them should be of a living link

    def finding(self, finding: Finding) -> None:
        """Write the commands of one link."""
        command = COMMANDS.get(finding.life) or ("notice" if finding.better else "")
        if command:
            for spot in finding.link.spots:
                write(self.out, _command(command, spot, finding))

    def end(self, summary: Summary) -> None:
        """Write the summary."""
        if not self.quiet:
            for note in (*summary.notes, str(summary)):
                write(self.out, line(note))


def _command(command: str, spot: Spot, finding: Finding) -> str:
    title = "moved link" if finding.life is Life.ALIVE else f"{finding.life} link: {finding.verdict.state}"
    place = f" ({spot.place})" if spot.place else ""
    better = f"; it is now at {finding.better}" if finding.better else ""
    message = f"{finding.link.url}{place}: {finding.reason}{better}"
    where = f"file={_property(relative(spot.path))},line={max(spot.line, 1)},title={_property(title)}"
    return f"::{command} {where}::{_data(message)}"


def _data(text: str) -> str:
    """Escape what a message may not hold, as `@actions/core` does; line ends are none any more."""
    return line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
