"""``recrawl explain``: say why each field of a record is, or would be, as it is."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from crawler import config, corpus
from crawler.commands.crawling import crawl, crawling, opened, overridden
from crawler.exit import Exit
from crawler.explanation import explained
from crawler.job import Job, utc_now
from crawler.replace import Replacer
from crawler.report.explanation import Explainer
from crawler.report.explanation.jsonl import JsonLines
from crawler.report.explanation.text import Text
from crawler.state import State

EPILOG = """\b
Examples:
  recrawl explain content/articles/2020-10-20-new-pier.md
  recrawl explain --replay crawl.warc.gz content/articles/2020-10-*.md
  recrawl explain --format jsonl one.md | jq '.fields[] | select(.field == "published")'

\b
Exit status: 0 all is explained, 1 some files cannot be read, 2 usage or configuration, 130 interrupted.
"""


@click.command("explain", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--related", is_flag=True, help="Explain the entries of lists of related articles too.")
@click.option("--archive", is_flag=True, help="Ask a web archive for pages that are gone (`archive` in recrawl.yml).")
@click.option("--format", "style", type=click.Choice(["text", "jsonl"]), default="text", help="How to report.")
@crawling
def command(paths: tuple[Path, ...], related: bool, archive: bool, style: str, **options: Any) -> int:
    """Say why each field of a record is, or would be, as it is.

    Each record is visited as `recrawl refresh` does it. Shown are what its addresses answered, and for every field what
    stands there, what the pages state (how far each kind of source is to be trusted, from 0 to 1, which source, which
    page), and what becomes of it by which rule. Nothing is written, neither to files nor to the state; -v cuts no line.
    """
    configured = overridden(config.find(paths, options["config"]), options)
    configured = replace(configured, related=related or configured.related)
    _archive = opened(options)
    report: Explainer = JsonLines(sys.stdout) if style == "jsonl" else Text(in_full=bool(options["verbose"]))
    with State.open(configured.state, utc_now(), keep=False) as state, Replacer() as replacer:
        job = Job(corpus.paths(paths), configured, state, replacer, report, dry_run=True, force=True, archive=archive)
        job.witness = lambda visit, decided: report.explain(explained(visit, decided))
        summary = crawl(job, options)
    if summary.interrupted:
        return Exit.INTERRUPTED
    return Exit.FAILED if any(not failed.reason for failed in summary.failures) else Exit.WELL
