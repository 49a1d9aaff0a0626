"""The pipeline that reconciles: every field of a visited record is settled, and what was seen of its pages kept.

The rules only decide; the pictures that one of them would write are asked for here, through the crawl's own engine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scrapy.crawler import Crawler

from crawler.change import Change, Kept, Outcome, Revision
from crawler.job import Job, job_of
from crawler.record import Record
from crawler.sighting import Sighting
from crawler.stated import Stated
from crawler.target import ELSEWHERE, Role
from crawler.verdict import Verdict
from crawler.visit import Visit
from pipelines.gauge import Gauge
from pipelines.reconcile import dates, excerpt, links, names, pictures
from pipelines.reconcile.case import Case, Decision
from pipelines.reconcile.memory import Memory


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
        """Settle every field of a record, and of its related entries."""
        if isinstance(item, Outcome):
            return item
        job = job_of(self.crawler)
        visits = (item, *item.related)
        changes = [change for visit in visits for change in await self._settled(visit, item, job)]
        return Revision(item.record, tuple(changes), _verdicts(item), tuple(_sightings(item)), Stated.of(item))

    async def _settled(self, visit: Visit, whole: Visit, job: Job) -> Sequence[Change]:
        memory = Memory.of(visit, job.state, job.now())
        moves = {fetch.target.url: job.state.urls.move(fetch.target.url) for fetch in visit.fetches if fetch.redirects}
        known = {url: move for url, move in moves.items() if move}
        case = Case(visit, memory.site, job.now(), job.config.write, known)
        decided = _allowed([*settled(case), *await pictures.settle(case, self.gauge)], visit.record, whole.record, job)
        memory.learn(visit)
        if job.witness:
            job.witness(visit, decided)
        return [one for one in decided if isinstance(one, Change)]


def settled(case: Case) -> Iterator[Decision]:
    """Yield what becomes of all that can be decided without asking for anything more."""
    for rules in (names, excerpt, dates, links):
        yield from rules.settle(case)


def _verdicts(visit: Visit) -> tuple[Verdict, ...]:
    """Return the verdicts of a visit, and those on its related articles, told apart by their role."""
    others = (verdict for related in visit.related for verdict in related.verdicts)
    targets = ((verdict, replace(verdict.target, role=Role.RELATED)) for verdict in others)
    return (*visit.verdicts, *(replace(verdict, target=target) for verdict, target in targets))


def _sightings(visit: Visit) -> Iterator[Sighting]:
    """Yield what is to be remembered of all that was asked of the web as it is now."""
    for fetch, verdict in zip(visit.fetches, visit.verdicts, strict=True):
        if fetch.is_observation and fetch.target.role not in ELSEWHERE:
            yield Sighting.of(fetch, verdict)
    for related in visit.related:
        yield from (replace(sighting, role=Role.RELATED) for sighting in _sightings(related))


def _allowed(decided: Sequence[Decision], entry: Record, record: Record, job: Job) -> list[Decision]:
    """Keep what the configuration pins, and what an editor wrote after us; ``entry`` is the record or a part of it."""
    is_pinned = job.config.pin.has_file(record.path)
    written = job.state.records.written(record.path)

    def allowed(one: Decision) -> Decision:
        if not isinstance(one, Change):
            return one
        if is_pinned or job.config.pin.has_field(one.place, record.layout):
            return Kept(entry.key_of(one.place), "the configuration pins it")
        if written.is_by_hand(one.place, record.fields):
            return Kept(entry.key_of(one.place), "it was changed by hand after recrawl wrote it")
        return one

    return [allowed(one) for one in decided]
