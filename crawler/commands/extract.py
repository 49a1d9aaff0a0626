"""``recrawl extract``: print what is true of a page, as JSON."""

import click


@click.command("extract")
def command() -> int:
    """Print what is true of a page, as JSON."""
    return 0
