"""A job: what the parts of one run share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.breaker import Breaker
from crawler.config import Config
from crawler.state import State


def utc_now() -> datetime:
    """Return the time by the machine's clock."""
    return datetime.now(UTC)


@dataclass
class Job:
    """One run over some paths.

    ``now`` is the clock. ``limit`` is the number of records to visit at most. ``force`` asks for pages anew that a
    server would call unchanged. With ``dry_run`` no article and no state is written.
    """

    paths: Iterable[Path]
    config: Config
    state: State
    now: Callable[[], datetime] = utc_now
    limit: int | None = None
    dry_run: bool = False
    diff: bool = False
    force: bool = False
    breaker: Breaker = field(default_factory=Breaker)


async def ask(crawler: Any, request: Any) -> Any:
    """Send a Scrapy request through a running crawl, with its politeness and guards, and return the response.

    Raises `crawler.fetch.Unanswered` where there is none.
    """
    return await engine_of(crawler).download_async(request)


def engine_of(crawler: Any) -> Any:
    """Return the engine of a running crawl."""
    return crawler.engine


def job_of(crawler: Any) -> Job:
    """Return the job of a running crawl: every spider of ours has one."""
    job: Job = crawler.spider.job
    return job
