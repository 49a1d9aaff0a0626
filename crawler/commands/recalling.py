"""What commands share that ask nobody, and only use what was remembered: their options, and which link is meant."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from crawler import config
from crawler.errors import UsageError
from crawler.job import utc_now
from crawler.state import FILE, State
from crawler.url import host, is_web

_OPTIONS = (
    click.option(
        "--in",
        "place",
        type=click.Path(path_type=Path, exists=True),  # a folder above may have a state of other records
        default=Path(),
        metavar="PATH",
        help="What was checked: the state beside it is used. The current folder by default.",
    ),
    click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="The configuration, recrawl.yml."),
    click.option("--state", type=click.Path(path_type=Path, file_okay=False), help="Where what was seen is kept."),
)


def recalling(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options to a command; they arrive as keyword arguments."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def recall(options: Mapping[str, Any], *, keep: bool) -> State:
    """Open the state that the options name; with ``keep=False`` a copy of it.

    Raises UsageError where there is none, StateError where another run uses it, or it cannot be read: nothing must
    pass for all that is remembered.
    """
    folder = options["state"] or config.find((options["place"],), options["config"]).state
    if not (folder / FILE).is_file():
        raise UsageError(f"{folder}: nothing is remembered here; name what was checked with --in, or its --state")
    return State.open(folder, utc_now()) if keep else State.copy(folder)


def meant(state: State, url: str) -> str:
    """Return the URL of a state that a user means: the one that is written so, else the one that names the same page.

    Raises UsageError where there is none, or more than one.
    """
    if state.urls.get(url):
        return url
    address = url if is_web(url) else f"https://{url}"
    found = state.urls.like(address)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{url}: more than one address is that page; name one: {', '.join(found)}")
    others = len(state.urls.on(host(address)))
    raise UsageError(f"{url}: nothing is remembered of it (known addresses of {host(address)}: {others:,})")
