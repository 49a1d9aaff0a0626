"""The rules together, and what is over them all: pins, editors, and what is to be remembered."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.utils.test import get_crawler

from crawler.change import Change, Kept, Outcome, Revision
from crawler.config import Config, Pins
from crawler.fetch import Failure, Fetch, Problem
from crawler.job import Job
from crawler.layout import Key
from crawler.record import Record
from crawler.replace import Replacer
from crawler.report.text import Text
from crawler.state import State
from crawler.target import Role, Target
from crawler.verdict import State as Seen
from pipelines.reconcile.pipeline import ReconcilePipeline

PATH = Path("one.md")
BEFORE = datetime(2024, 5, 1, tzinfo=UTC)
TOLD = '<meta name="description" content="Nine hundred people walked to its end, and back on the first day.">'
CUT = "Nine hundred people walked to its end ..."
WHOLE = "Nine hundred people walked to its end, and back on the first day."


@pytest.fixture
def state():
    with State.in_memory() as state:
        yield state


@pytest.fixture
def reconciled(state):
    """Take a visit through the pipeline, and return the revision and all that was decided."""

    def reconcile(visit, **how):
        decided = []
        with Replacer() as replacer:
            job = Job(
                (), Config(**how), state, replacer, Text(), witness=lambda _, all_of_it: decided.extend(all_of_it)
            )
            crawler = get_crawler()
            crawler.spider = SimpleNamespace(job=job)
            return asyncio.run(ReconcilePipeline.from_crawler(crawler).process_item(visit)), decided

    return reconcile


def places(revision):
    return [change.place for change in revision.changes]


def why(decided, key):
    return next(one.why for one in decided if isinstance(one, Kept) and one.key is key)


AMP = "https://example.org/2020/10/new-pier-opens-to-the-public/amp"


@pytest.mark.parametrize(
    "fields",
    [
        {"excerpt": CUT},
        {"excerpt": WHOLE, "images": [{"url": "https://example.org/a.jpg"}], "updatedDateTime": BEFORE},
        {"ampWebUrl": AMP, "cdnAmpWebUrl": "https://example-org.cdn.ampproject.org/c/s/example.org/old"},
        {"webUrl": "https://example.org/old", "provider": {"name": "Calder Post", "domain": "example.org"}},
        {"title": None, "publishedDateTime": None, "originalUrl": "https://example.org/new-pier-opens-to-the-public"},
    ],
)
def test_something_is_decided_of_every_field(case, answer, page, reconciled, fields):
    url = fields.get("originalUrl", "https://example.org/2020/10/new-pier-opens-to-the-public")
    visit = case(answer(page(TOLD), url), answer("gone", AMP, Role.AMP), **fields).visit
    assert visit.readings
    _, decided = reconciled(visit)
    keys = [one.key if isinstance(one, Kept) else visit.record.key_of(one.place) for one in decided]
    assert sorted(keys) == sorted(set(Key) - {Key.URL, Key.RELATED})


def test_a_visit_becomes_a_revision(case, page, reconciled):
    visit = case(page(TOLD), excerpt=CUT).visit
    revision, decided = reconciled(visit)
    assert isinstance(revision, Revision)
    assert revision.record is visit.record
    assert ("excerpt",) in places(revision)
    assert [one for one in decided if isinstance(one, Change)] == list(revision.changes)
    assert why(decided, Key.TITLE) == "headlines are written only where asked for"


def test_what_has_an_outcome_is_past_deciding(reconciled):
    outcome = Outcome(PATH)
    assert reconciled(outcome)[0] is outcome


def test_a_pinned_field_stays(case, page, reconciled):
    visit = case(page(TOLD), excerpt=CUT, provider={"domain": "example.org"}).visit
    revision, decided = reconciled(visit, pin=Pins(fields=(Key.EXCERPT,)))
    assert places(revision) == []
    assert why(decided, Key.EXCERPT) == "the configuration pins it"
    assert places(reconciled(visit, pin=Pins(fields=(Key.TITLE,)))[0]) == [("excerpt",)]


def test_a_pinned_file_stays(case, page, reconciled):
    visit = case(page(TOLD), excerpt=CUT).visit
    assert places(reconciled(visit, pin=Pins(files=("one.*",)))[0]) == []
    assert places(reconciled(visit, pin=Pins(files=("two.*",)))[0]) != []


def test_an_editors_later_value_stays(case, page, reconciled, state):
    before = case(page(TOLD), excerpt=WHOLE).visit
    state.records.put_written(before.record.path, [("excerpt",)], before.record.fields, BEFORE)
    visit = case(page(TOLD), excerpt=CUT, provider={"domain": "example.org"}).visit
    revision, decided = reconciled(visit)
    assert places(revision) == []
    assert why(decided, Key.EXCERPT) == "it was changed by hand after recrawl wrote it"


def test_but_our_own_may_be_written_again(case, page, reconciled, state):
    visit = case(page(TOLD), excerpt=CUT).visit
    state.records.put_written(visit.record.path, [("excerpt",)], visit.record.fields, BEFORE)
    assert ("excerpt",) in places(reconciled(visit)[0])


def test_a_site_teaches_while_its_records_are_decided(case, page, reconciled, state):
    reconciled(case(page(TOLD)).visit)
    assert state.sites.get("example.org") is not None


def entry(visit, at):
    """Return a visit as that of a related entry."""
    record = visit.record
    return replace(visit, record=Record(record.path, record.fields, record.digest, record.layout, at))


def test_related_entries_are_decided_as_well(case, page, reconciled):
    whole = case(page(), provider={"domain": "example.org"}).visit
    inner = entry(case(page(TOLD), excerpt=CUT, provider={"domain": "example.org"}).visit, ("related", 2))
    revision, _ = reconciled(replace(whole, related=(inner,)))
    assert places(revision) == [("related", 2, "excerpt")]
    assert [verdict.target.role for verdict in revision.verdicts] == [Role.ARTICLE, Role.RELATED]
    assert [sighting.role for sighting in revision.sightings] == [Role.ARTICLE, Role.RELATED]


def test_pins_and_editors_hold_for_related_entries(case, page, reconciled, state):
    whole = case(page(), provider={"domain": "example.org"}).visit
    inner = entry(case(page(TOLD), excerpt=CUT, provider={"domain": "example.org"}).visit, ("related", 0))
    record = replace(whole.record, fields={**whole.record.fields, "related": [inner.record.fields]})
    visit = replace(whole, record=record, related=(inner,))
    revision, decided = reconciled(visit, pin=Pins(fields=(Key.EXCERPT,)))
    assert places(revision) == []
    kept = [one for one in decided if isinstance(one, Kept) and one.why == "the configuration pins it"]
    assert [one.key for one in kept] == [Key.EXCERPT]
    ours = {"related": [{"excerpt": "What recrawl wrote."}]}
    state.records.put_written(record.path, [("related", 0, "excerpt")], ours, BEFORE)
    assert places(reconciled(visit)[0]) == []


def test_what_was_seen_of_the_web_as_it_is_now_is_remembered(case, page, answer, reconciled, url):
    spared = Fetch(Target("https://example.org/a", Role.WEB), "", BEFORE, problem=Problem(Failure.SKIPPED))
    index = answer("[]", "https://web.archive.org/cdx/search/cdx?url=a", Role.ARCHIVE_INDEX)
    visit = case(page(), spared, index).visit
    revision, _ = reconciled(visit)
    assert [sighting.url for sighting in revision.sightings] == [url]
    assert [verdict.state for verdict in revision.verdicts[:2]] == [Seen.OK, Seen.SKIPPED]
    assert len(revision.verdicts) == 3
