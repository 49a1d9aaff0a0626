"""Write: a revision becomes a file, whole or not at all."""

from scrapy.crawler import Crawler

from crawler import corpus
from crawler.change import Outcome, Revision
from crawler.errors import FileError
from crawler.job import job_of
from crawler.replace import Replacer


class WritePipeline:
    """``Revision -> Outcome``"""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.replacer = Replacer()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "WritePipeline":
        """Build the pipeline for one crawl."""
        return cls(crawler)

    def close_spider(self) -> None:
        """Sync the folders that were written to."""
        self.replacer.close()

    def process_item(self, item: Revision | Outcome) -> Outcome:
        """Write one record, if it has changes and this is no dry run."""
        if isinstance(item, Outcome):
            return item
        job = job_of(self.crawler)
        outcome = Outcome(item.record.path, item.changes, item.verdicts, sightings=item.sightings)
        try:
            return corpus.write(item, dry_run=job.dry_run, diff=job.diff)
        except FileError:
            return outcome
