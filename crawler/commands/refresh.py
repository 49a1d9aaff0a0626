"""``recrawl refresh``: refresh article records from the web."""

import click


@click.command("refresh")
def command() -> int:
    """Refresh article records from the web."""
    return 0
