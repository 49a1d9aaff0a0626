"""Write: a revision becomes a file, whole or not at all, and its record is done."""

from scrapy.crawler import Crawler

from crawler import corpus
from crawler.change import Outcome, Revision
from crawler.errors import FileError, FrontMatterError
from crawler.job import Job, job_of


class WritePipeline:
    """``Revision -> Outcome``, of which the job is told at once, so that no interrupt can come between."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "WritePipeline":
        """Build the pipeline for one crawl."""
        return cls(crawler)

    def process_item(self, item: Revision | Outcome) -> Outcome:
        """Write one record, if it has changes and this is no dry run."""
        job = job_of(self.crawler)
        outcome = item if isinstance(item, Outcome) else written(item, job)
        job.end(outcome)
        return outcome


def written(revision: Revision, job: Job) -> Outcome:
    """Return what became of a record; that its file cannot be written is no exception, but the record's failure.

    Nothing is written once the run's allowance has kept a request back: it may have been this record's, and of two
    pictures the poorer may be the only one that was seen.
    """
    if job.allowance.refused:
        verdicts, sightings = revision.verdicts, revision.sightings
        return Outcome(revision.record.path, verdicts=verdicts, sightings=sightings, is_unfinished=True)
    try:
        return corpus.write(revision, job.replacer, dry_run=job.dry_run, diff=job.diff)
    except FrontMatterError as error:
        # It will be as hard to edit next time: what was seen says how long it is left alone.
        seen, stated = revision.sightings, revision.stated
        return Outcome(
            revision.record.path, verdicts=revision.verdicts, error=str(error), sightings=seen, stated=stated
        )
    except FileError as error:
        return Outcome(revision.record.path, verdicts=revision.verdicts, error=str(error))
