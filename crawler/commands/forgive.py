"""``recrawl forgive``: say that links live which were called failing or dead, and have their hosts remember it."""

from typing import Any

import click

from crawler.commands.recalling import meant, recall, recalling
from crawler.exit import Exit
from crawler.job import utc_now
from crawler.line import line
from crawler.mercy import Forgiven, forgive, revoke
from crawler.state import State

EPILOG = """\b
Examples:
  recrawl forgive https://example.org/2021/05/story
  recrawl forgive example.org
  recrawl forgive --undo example.org

\b
Exit status: 0 it was done, or there was nothing to forgive, 2 nothing is remembered of it, or usage.
"""


@click.command("forgive", epilog=EPILOG)
@click.argument("names", nargs=-1, required=True, metavar="HOST|URL...")
@click.option("--undo", is_flag=True, help="Have hosts be held to everything again that they were forgiven.")
@recalling
def command(names: tuple[str, ...], undo: bool, **options: Any) -> int:
    """Say that links live which were called failing or dead.

    For a URL, its strikes are wiped out; for a host, those of all its links. What they were struck for (such as
    not-found) is no strike on that host any more: it has shown that it answers so for links that live.
    """
    with recall(options, keep=True) as state, state.transaction():
        for name in names:
            click.echo("\n".join(_undone(state, name) if undo else _forgiven(state, name)))
    return Exit.WELL


def _forgiven(state: State, name: str) -> list[str]:
    # A host has no slash, and is no address that a file holds.
    is_host = "/" not in name and state.urls.get(name) is None
    urls = state.urls.on(name.lower()) if is_host else [meant(state, name)]
    if not urls:
        raise click.UsageError(f"{name}: nothing is remembered of this host")
    found = [one for url in urls if (one := forgive(state, url, utc_now()))]
    return [*map(_said, found), *_lessons(found)] or [f"{line(name)}: nothing to forgive"]


def _said(one: Forgiven) -> str:
    return f"{line(one.url)}: was {one.before.life} ({one.before.rule}), is alive"


def _lessons(found: list[Forgiven]) -> list[str]:
    lessons = {(one.host, state) for one in found for state in one.lesson}
    return [f"{line(host)}: {state} is no strike any more" for host, state in sorted(lessons)]


def _undone(state: State, name: str) -> list[str]:
    host = name.lower()
    states = revoke(state, host)
    return [f"{line(host)}: {kind} is a strike again" for kind in states] or [f"{line(host)}: it was forgiven nothing"]
