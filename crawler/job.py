"""A job: what the parts of one run share."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from crawler.allowance import Allowance
from crawler.breaker import Breaker
from crawler.change import Change, Kept, Outcome
from crawler.config import Config
from crawler.errors import ReportError, StateError
from crawler.fetch import Fetch
from crawler.manners import Manners, Paces
from crawler.replace import Replacer
from crawler.report import Report
from crawler.report.summary import Summary
from crawler.selection import Selection
from crawler.state import State
from crawler.visit import Visit


def utc_now() -> datetime:
    """Return the time by the machine's clock."""
    return datetime.now(UTC)


@dataclass
class Job:
    """One run over some files, which are read one by one, as they can be visited, or over addresses of pages.

    ``now`` is the clock. ``selection`` are the records that are meant, ``limit`` is the number to visit at most.
    ``force`` asks for pages anew that a server would call unchanged. With ``dry_run`` no article and no state is
    written. With ``archive`` an archive is asked for pages that are gone. ``allowance`` is what the run may use,
    ``under_way`` are the records that are begun and not ended, with the requests that each may need, ``paces`` those of
    sites that were asked before it. ``witness`` is told of every visit and of all that was decided from it, ``reader``
    of what each of the ``addresses`` has answered.
    """

    files: Iterable[Path]
    config: Config
    state: State
    replacer: Replacer
    report: Report
    now: Callable[[], datetime] = utc_now
    selection: Selection = field(default_factory=Selection)
    limit: int | None = None
    dry_run: bool = False
    diff: bool = False
    force: bool = False
    archive: bool = False
    witness: Callable[[Visit, Sequence[Change | Kept]], None] | None = None
    addresses: Iterable[str] = ()
    reader: Callable[[Fetch], None] | None = None
    breaker: Breaker = field(default_factory=Breaker)
    allowance: Allowance = field(default_factory=Allowance)
    under_way: dict[Path, int] = field(default_factory=dict)
    paces: Paces | None = None
    summary: Summary = field(default_factory=Summary)

    @cached_property
    def manners(self) -> Manners:
        """How its sites are asked."""
        return Manners(self.config, self.breaker, self.state.restraints, self.now, self.paces)

    def end(self, outcome: Outcome) -> None:
        """Keep, count and report what became of one record.

        It is kept after its file was written, so that no later "unchanged" can hide a lost write. Raises ReportError.
        """
        self.under_way.pop(outcome.path, None)
        if not self.dry_run:
            try:
                self.state.remember(outcome)
            except StateError as error:
                outcome = replace(outcome, error=str(error))
        if outcome.is_unfinished and not outcome.error:
            self.summary.postponed += 1
            return
        self.summary.add(outcome)
        try:
            self.report.outcome(outcome)
        except OSError as error:
            raise ReportError(f"the report cannot be written: {error.strerror}") from error


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
