"""A run: one crawl in this process, from its first record to its summary, however it ends."""

import asyncio
import logging
import signal
from contextlib import suppress
from typing import Any, Final, cast

from scrapy import signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure as TwistedFailure

from crawler.change import Outcome, Revision
from crawler.job import Job
from crawler.progress import Unwatched, Watch
from crawler.report import Report
from crawler.report.summary import Summary
from crawler.visit import Visit

GRACE: Final = 1.0
"""Seconds that requests in flight get to end after Ctrl-C; a second Ctrl-C ends them at once."""

_TICK: Final = 0.5
_STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

log = logging.getLogger(__name__)


class Run:
    """One crawl over a job's records.

    Every record ends as one `Outcome`, also where a part of ours breaks: the report is told of it, the state keeps
    what was seen of it (after its file was written, so that no later "unchanged" can hide a lost write), the summary
    counts it.
    """

    def __init__(self, job: Job, settings: Settings, report: Report, progress: Watch | None = None) -> None:
        self.job = job
        self.report = report
        self.progress = progress or Unwatched()
        self.summary = Summary()
        self.process = AsyncCrawlerProcess(settings)
        self.stopping = False

    def crawl(self, spider: str) -> Summary:
        """Run a spider to its end, or until a signal stops it."""
        crawler = self.process.create_crawler(spider)
        crawler.signals.connect(self._scraped, signals.item_scraped)
        crawler.signals.connect(self._item_failed, signals.item_error)
        crawler.signals.connect(self._callback_failed, signals.spider_error)
        self.process.crawl(crawler, job=self.job)
        loop = asyncio.get_event_loop()
        for signum in _STOPPING:
            loop.add_signal_handler(signum, self._stop, crawler)
        ticking = loop.create_task(self._tick(crawler))
        self.process.start(install_signal_handlers=False)
        ticking.cancel()
        self.report.end(self.summary)
        return self.summary

    def _scraped(self, item: Outcome) -> None:
        self._end(item)

    def _item_failed(self, item: Visit | Revision, failure: TwistedFailure) -> None:
        self._end(self._broken(item.record.path, failure))

    def _callback_failed(self, failure: TwistedFailure, response: Response) -> None:
        record = response.cb_kwargs.get("record") if response is not None else None
        if record is not None:
            self._end(self._broken(record.path, failure))

    def _broken(self, path: Any, failure: TwistedFailure) -> Outcome:
        log.error("%s: a part of recrawl broke\n%s", path, failure.getTraceback())
        return Outcome(
            path, error=f"recrawl itself failed: {type(failure.value).__name__}: {failure.getErrorMessage()}"
        )

    def _end(self, outcome: Outcome) -> None:
        if not self.job.dry_run:
            self.job.state.remember(outcome)
        self.summary.add(outcome)
        self.report.outcome(outcome)

    async def _tick(self, crawler: Crawler) -> None:
        while True:
            await asyncio.sleep(_TICK)
            if crawler.engine is not None:
                downloader = crawler.engine.downloader
                waiting = len(cast("Scheduler", crawler.engine.scheduler) or ()) + len(downloader.active)
                self.progress.update(self.summary.checked, len(downloader.slots), waiting)

    def _stop(self, crawler: Crawler) -> None:
        from twisted.internet import reactor

        self.summary.interrupted = True
        if self.stopping:
            cast("Any", reactor).crash()
        self.stopping = True
        asyncio.get_running_loop().create_task(self._wind_down(crawler))

    async def _wind_down(self, crawler: Crawler) -> None:
        from twisted.internet import reactor

        with suppress(TimeoutError):
            await asyncio.wait_for(crawler.stop_async(), GRACE)
        # Not `stop`: it would wait for requests that are still in flight, up to their own time limit.
        cast("Any", reactor).crash()
