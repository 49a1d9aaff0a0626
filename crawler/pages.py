"""Pages by their addresses: each asked for as politely and as guarded as any crawl asks, judged, and only then read."""

from collections.abc import Callable, Iterable
from typing import Any, Self

from scrapy.crawler import Crawler

from crawler.change import Outcome
from crawler.config import Config
from crawler.crew import Answer, Capture, Reader, unread
from crawler.errors import ReportError
from crawler.fetch import Fetch
from crawler.job import Job, job_of, utc_now
from crawler.replace import Replacer
from crawler.report.summary import Summary
from crawler.run import Run
from crawler.settings import settings_for
from crawler.state import State
from crawler.terminal import warn
from pipelines.judge import judge

Tell = Callable[[Answer], None]


class AnswerPipeline:
    """``Fetch -> Answer``, of which whoever asked is told at once."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline for one crawl."""
        return cls(crawler)

    def process_item(self, item: Fetch) -> Fetch:
        """Pass a fetch on to the job's own reader."""
        reader = job_of(self.crawler).reader
        if reader:
            reader(item)
        return item


class Quiet:
    """A report that has nothing to say but why nothing was answered at all."""

    def outcome(self, outcome: Outcome) -> None:
        """Say nothing: no record is visited."""

    def end(self, summary: Summary) -> None:
        """Say what may explain that no host answered."""
        if summary.hint:
            warn(summary.hint)


def ask(addresses: Iterable[str], config: Config, reader: Reader, tell: Tell, options: dict[str, Any]) -> Summary:
    """Ask for pages and tell of the answer to each as it comes; ``options`` are those of `crawler.commands.crawling`.

    What was learned of their servers in earlier runs is heeded, and nothing new is kept unless a state is named.
    Raises ReportError where nobody listens.
    """

    def read(fetch: Fetch) -> None:
        try:
            tell(answer_of(fetch, reader))
        except OSError as error:
            raise ReportError(f"the output cannot be written: {error.strerror}") from error

    settings = settings_for(config, options["replay"], options["record"], options["verbose"])
    settings.set("ITEM_PIPELINES", {"crawler.pages.AnswerPipeline": 100}, priority="cmdline")
    keep = options["state"] is not None
    with State.open(config.state, utc_now(), keep=keep) as state, Replacer() as replacer:
        job = Job((), config, state, replacer, Quiet(), addresses=addresses, reader=read)
        return Run(job, settings).crawl("pages")


def answer_of(fetch: Fetch, reader: Reader) -> Answer:
    """Return what was read of an answer; an error page, a wall or a missing page teaches nothing."""
    verdict = judge(fetch)
    if not verdict.state.is_article:
        return unread(fetch.target.url, str(verdict))
    if fetch.page is None:
        return unread(fetch.target.url, f"{fetch.target.url}: no HTML ({fetch.headers.get('content-type', 'empty')})")
    return reader.read(Capture(fetch.url, fetch.body, fetch.page.content_type, asked=fetch.target.url))
