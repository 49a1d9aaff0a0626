"""Reconcile: what the article's pages state against what the record says; a change needs the better evidence.

The rules are in modules of their own, one for each group of fields; they only decide. The pictures that one of them
would write are asked for here, through the crawl's own engine.
"""

import json
from collections.abc import Iterator

from scrapy.crawler import Crawler

from crawler.change import Change, Outcome, Revision
from crawler.job import Job, job_of
from crawler.sighting import Sighting
from crawler.site import Site
from crawler.url import site
from crawler.visit import Visit
from pipelines.gauge import Gauge
from pipelines.reconcile import dates, excerpt, links, pictures
from pipelines.reconcile.case import Case


class ReconcilePipeline:
    """``Visit + Reading* -> Revision(Change*)``"""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.gauge = Gauge(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ReconcilePipeline":
        """Build the pipeline for one crawl."""
        return cls(crawler)

    async def process_item(self, item: Visit | Outcome) -> Revision | Outcome:
        """Settle every field of a record."""
        if isinstance(item, Outcome):
            return item
        job = job_of(self.crawler)
        changes = await self._changes(item, job) if item.readings else ()
        pairs = zip(item.fetches, item.verdicts, strict=True)
        sightings = tuple(Sighting.of(*pair) for pair in pairs if pair[0].is_observation)
        return Revision(item.record, changes, item.verdicts, sightings)

    async def _changes(self, visit: Visit, job: Job) -> tuple[Change, ...]:
        case = Case(visit, _site_of(visit, job), job.now())
        found = [*excerpt.settle(case), *dates.settle(case), *links.settle(case)]
        if picture := await pictures.settle(case, self.gauge):
            found.append(picture)
        return tuple(_allowed(found, visit, job))


def _site_of(visit: Visit, job: Job) -> Site:
    known = job.state.sites.get(site(visit.record.url or ""))
    return Site.from_json(json.loads(known)) if known else Site()


def _allowed(changes: list[Change], visit: Visit, job: Job) -> Iterator[Change]:
    """Leave out what the configuration pins, and what an editor wrote after us."""
    record = visit.record
    if job.config.pin.has_file(record.path):
        return
    written = job.state.records.written(record.path)
    for change in changes:
        by_hand = written.is_by_hand(change.place, record.fields)
        if not by_hand and not job.config.pin.has_field(change.place, record.layout):
            yield change
