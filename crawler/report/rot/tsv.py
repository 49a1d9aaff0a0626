"""The TSV report: one line a link, stable, for shell scripts."""

from typing import TextIO

import click

from crawler.finding import Finding
from crawler.line import escaped, line, write
from crawler.report.rot.summary import Summary


class Tsv:
    """Writes ``STATE VERDICT URL FINAL_URL REASON`` with tabs between, at once; the summary goes to standard error.

    FINAL_URL is empty where nothing answered. No field holds a tab, a line end or another control character (see
    `crawler.line`).
    """

    def __init__(self, out: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self.out = out
        self.quiet = quiet
        del verbose  # every link has its line anyway

    def finding(self, finding: Finding) -> None:
        """Write one line."""
        verdict = finding.verdict
        fields = (escaped(finding.link.url), line(verdict.final_url), line(finding.reason))
        write(self.out, "\t".join((verdict.state, finding.life, *fields)))

    def end(self, summary: Summary) -> None:
        """Write the summary."""
        if not self.quiet:
            click.echo("\n".join((*summary.notes, str(summary))), err=True)
