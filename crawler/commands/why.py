"""``recrawl why``: say all that is remembered of a link, and what it means."""

import sys
from typing import Any

import click

from crawler.account import Account
from crawler.commands.recalling import meant, recall, recalling
from crawler.exit import Exit
from crawler.job import utc_now
from crawler.report.jsonl import dumped
from crawler.report.why import as_json, as_text
from crawler.rule import STRIKES, rules

EPILOG = """\b
Examples:
  recrawl why https://example.org/2021/05/story
  recrawl why --in content/articles https://example.org/2021/05/story
  recrawl why --format jsonl https://example.org/a https://example.org/b | jq .rules

\b
Exit status: 0 it was said, 2 nothing is remembered of it, or usage.
"""


@click.command("why", epilog=EPILOG)
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--strikes", type=click.IntRange(1), default=STRIKES, show_default=True, metavar="N", help="As the check was run."
)
@click.option("--format", "style", type=click.Choice(["text", "jsonl"]), default="text", help="How to say it.")
@recalling
def command(urls: tuple[str, ...], strikes: int, style: str, **options: Any) -> int:
    """Say why a link is called alive, failing, dead or unsure.

    Prints every look that is remembered, with what was seen and what it counts as, how far each rule is met, and what
    is known of the host. Nobody is asked, and nothing is changed.
    """
    with recall(options, keep=False) as state:
        accounts = [Account.of(state, meant(state, url), utc_now(), rules(strikes)) for url in urls]
    for number, account in enumerate(accounts):
        if style == "jsonl":
            click.echo(dumped(as_json(account), sys.stdout.encoding))
        else:
            click.echo("\n".join(("",) * bool(number) + tuple(as_text(account))))
    return Exit.WELL
