"""A run: one crawl in this process, from its first record to its summary, however it ends."""

import asyncio
import logging
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, cast

from scrapy import Spider, signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure as TwistedFailure

from crawler import heap, place
from crawler.__main__ import STOPPING
from crawler.breaker import NETWORK_HOSTS
from crawler.change import Outcome, Revision
from crawler.errors import ReportError, StateError
from crawler.job import Job
from crawler.layout import SMARTABLE, Key
from crawler.progress import Unwatched, Watch
from crawler.report.summary import Summary
from crawler.visit import Visit

GRACE: Final = 0.5
"""Seconds that requests in flight get to end after Ctrl-C; a second Ctrl-C ends them at once."""

FILES: Final = 8192
"""Open files that a run may need: connections are kept open for a while, and a run meets many hosts."""

_TICK: Final = 0.5

log = logging.getLogger(__name__)


class Run:
    """One crawl over a job's records: every one of them ends as one `Outcome`, also where a part of ours breaks."""

    def __init__(self, job: Job, settings: Settings, progress: Watch | None = None) -> None:
        self.job = job
        self.progress = progress or Unwatched()
        self.process = AsyncCrawlerProcess(settings)
        self.crawler: Crawler | None = None
        self.began = job.now()
        self.stopping = False
        self.error: BaseException | None = None
        _quieten(settings["LOG_LEVEL"])

    def crawl(self, spider: type[Spider] | str) -> Summary:
        """Run a spider to its end, or until a signal stops it. Raises what kept it from starting or reporting."""
        _allow_files()
        heap.give_back()
        self.crawler = crawler = self.process.create_crawler(spider)
        crawler.signals.connect(self._item_failed, signals.item_error)
        crawler.signals.connect(self._callback_failed, signals.spider_error)
        crawling = self.process.crawl(crawler, job=self.job)
        loop = asyncio.get_event_loop()
        with self._listening(loop):
            ticking = loop.create_task(self._tick(crawler))
            self.process.start(install_signal_handlers=False)
            ticking.cancel()
            with suppress(asyncio.CancelledError):
                loop.run_until_complete(ticking)
        return self._ended(crawling)

    @contextmanager
    def _listening(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """Have signals end the crawl in good order while the block runs."""
        before = {signum: signal.getsignal(signum) for signum in STOPPING}
        heard = [signum for signum in STOPPING if before[signum] is not signal.SIG_IGN]  # as nohup has it
        for signum in heard:
            loop.add_signal_handler(signum, self._interrupt)
        yield
        for signum in heard:
            loop.remove_signal_handler(signum)
            signal.signal(signum, before[signum])

    def _ended(self, crawling: asyncio.Task[None]) -> Summary:
        summary = self.job.summary
        if not summary.interrupted and crawling.done():
            self.error = self.error or crawling.exception()
        if isinstance(self.error, ReportError):
            raise self.error
        summary.hint = self._hint()
        if self.job.breaker.failed and not self.job.breaker.answered:
            with suppress(StateError):  # every record has said so
                self.job.state.tracks.wake(self.began)
        self.job.report.end(summary)
        if self.error:
            raise self.error
        return summary

    def _hint(self) -> str:
        summary, breaker = self.job.summary, self.job.breaker
        if not (summary.checked or summary.passed or summary.postponed) and summary.others:
            names = ", ".join(map(place.text, SMARTABLE.places[Key.URL]))
            return f"No record: a record has the address of its article in its front matter, as {names}; see `fields`."
        is_offline = not breaker.answered and len(breaker.failed) >= NETWORK_HOSTS
        return f"None of {len(breaker.failed)} hosts has answered: is this machine connected?" if is_offline else ""

    def _item_failed(self, item: Visit | Revision | Outcome, failure: TwistedFailure) -> None:
        error = cast("Exception", failure.value)
        path = item.path if isinstance(item, Outcome) else item.record.path
        if isinstance(error, ReportError):
            self._give_up(error)
        else:
            self._broken(path, failure)

    def _callback_failed(self, failure: TwistedFailure, response: Response | TwistedFailure | None) -> None:
        # Of an errback, what is called the response is what it was told of.
        request = getattr(response, "request", None)
        if request is None:
            self._give_up(cast("Exception", failure.value))
        else:
            self._broken(request.cb_kwargs["record"].path, failure)

    def _broken(self, path: Path, failure: TwistedFailure) -> None:
        log.info("%s: a part of recrawl broke\n%s", path, failure.getTraceback())
        try:
            self.job.end(Outcome.broken(path, cast("Exception", failure.value)))
        except ReportError as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self.error = error
        self._stop()

    async def _tick(self, crawler: Crawler) -> None:
        while True:
            await asyncio.sleep(_TICK)
            with suppress(RuntimeError):  # there is no engine yet
                downloader = crawler.engine.downloader
                waiting = len(cast("Scheduler", crawler.engine.scheduler) or ()) + len(downloader.active)
                self.progress.update(self.job.summary, len(downloader.slots), waiting)
                # What still waits could not leave any more; what has left is waited for.
                is_over = self.job.allowance.problem(self.job.now()) is not None
                if is_over and not self.job.manners.is_asking and not self.stopping:
                    self._stop()

    def _interrupt(self) -> None:
        self.job.summary.interrupted = True
        self._stop()

    def _stop(self) -> None:
        from twisted.internet import reactor

        if self.stopping:
            cast("Any", reactor).crash()
        self.stopping = True
        asyncio.get_running_loop().create_task(self._wind_down())

    async def _wind_down(self) -> None:
        from twisted.internet import reactor

        with suppress(RuntimeError, TimeoutError):  # there is no engine yet, or requests are still in flight
            await asyncio.wait_for(cast("Crawler", self.crawler).stop_async(), GRACE)
        # Not `stop`: it would wait for those requests, up to their own time limit.
        cast("Any", reactor).crash()


def _quieten(level: str) -> None:
    # Scrapy would print whole visits, with the bytes of their pages, where an item fails.
    logging.getLogger("scrapy.core.scraper").setLevel(logging.CRITICAL)
    if level == "WARNING":  # what Scrapy warns of, the report names
        logging.getLogger("scrapy").setLevel(logging.ERROR)


def _allow_files() -> None:
    """Let this process open as many files as it may need, as far as its owner is allowed to."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
