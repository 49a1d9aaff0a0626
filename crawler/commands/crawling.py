"""What every command shares that crawls: its options, how they change the configuration, and the crawl itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from ipaddress import ip_network
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from crawler.config import Config
    from crawler.job import Job
    from crawler.progress import Watch
    from crawler.report.summary import Summary
    from crawler.run import Run


class NetworkType(click.ParamType[str]):
    """A network in CIDR notation."""

    name = "CIDR"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the network."""
        try:
            return str(ip_network(value, strict=False))
        except ValueError:
            self.fail(f"{value!r} is no network such as 10.0.0.0/8", param, ctx)


class SecondsType(click.FloatRange):
    """A number of seconds: 0 or more, and finite."""

    def __init__(self) -> None:
        super().__init__(0)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read it: neither ``nan``, which no bound keeps out, nor ``inf``, which is never over."""
        seconds = float(super().convert(value, param, ctx))
        if not isfinite(seconds):
            self.fail(f"{value!r} is no number of seconds", param, ctx)
        return seconds


_ARCHIVES = (
    click.option(
        "--replay",
        multiple=True,
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="FILE.warc.gz",
        help="Take every answer from this web archive and none from the network. May be given several times.",
    ),
    click.option(
        "--record",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE.warc.gz",
        help="Write every answer to this web archive.",
    ),
)
_OPTIONS = (
    click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="The configuration, recrawl.yml."),
    click.option("--state", type=click.Path(path_type=Path, file_okay=False), help="Where what was seen is kept."),
    click.option("--delay", type=SecondsType(), metavar="SECONDS", help="Between two requests to one site."),
    click.option("--per-site", type=click.IntRange(1), metavar="N", help="Requests to one site at a time."),
    click.option("--concurrency", type=click.IntRange(1), metavar="N", help="Requests at a time in all."),
    click.option(
        "--allow-private",
        multiple=True,
        type=NetworkType(),
        help="Also ask addresses of this private network. May be given several times.",
    ),
    click.option("-v", "--verbose", count=True, help="Print more; twice for the log."),
)


def asking(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options of every command that asks the network; they arrive as keyword arguments."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def crawling(command: Callable[..., int]) -> Callable[..., int]:
    """Add those of a command that can also read archives and write them."""
    command = asking(command)
    for option in reversed(_ARCHIVES):
        command = option(command)
    return command


def overridden(config: "Config", options: Mapping[str, Any]) -> "Config":
    """Return the configuration with what the command line says put over it. Reading an archive needs no delay."""
    replay = options.get("replay")
    if replay and options["record"]:
        raise click.UsageError("--record of a --replay would only copy the archive: give one of them")
    given = {name: options[name] for name in ("state", "delay", "per_site", "concurrency") if options[name] is not None}
    if replay:
        given = {"delay": 0.0, "per_site": config.concurrency, **given}
    if options["allow_private"]:
        given["allow_private"] = (*config.allow_private, *options["allow_private"])
    return replace(config, **given)


def opened(options: Mapping[str, Any]) -> object:
    """Open the archives of a replay or a recording; the result is to be held until the crawl has ended.

    Scrapy only logs what its handlers raise. Raises UsageError.
    """
    replay, record = options["replay"], options["record"]
    if not replay and not record:
        return None
    from crawler.handlers import archives, recording

    try:
        return archives(replay) if replay else recording(record)
    except ArchiveError as error:
        raise UsageError(str(error)) from error


def crawl(job: "Job", options: Mapping[str, Any], progress: "Watch | None" = None) -> "Summary":
    """Refresh the records of a job."""
    return run_of(job, options, progress).crawl("refresh")


def run_of(job: "Job", options: Mapping[str, Any], progress: "Watch | None" = None) -> "Run":
    """Return the run of a job."""
    # Scrapy and Twisted take a third of a second to import: not before the arguments are known to be good.
    from crawler.run import Run
    from crawler.settings import settings_for

    settings = settings_for(job.config, options.get("replay", ()), options.get("record"), options["verbose"])
    return Run(job, settings, progress)
