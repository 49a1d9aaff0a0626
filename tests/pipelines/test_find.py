"""What is read of the pages of a visit, and of which."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import restored
from crawler.change import Outcome
from crawler.evidence import Field
from crawler.fetch import Fetch, Hop
from crawler.record import Record
from crawler.target import Role, Target
from crawler.verdict import State
from crawler.visit import Visit
from pipelines.find import FindPipeline, found
from pipelines.judge import judged

URL = "https://example.org/2020/10/new-pier-opens-to-the-public"
COPY = f"https://web.archive.org/web/20201021000000id_/{URL}"
TITLE = "New pier opens to the public"
NOW = datetime(2024, 5, 6, tzinfo=UTC)
TEXT = "Nine hundred people walked to its end and back on the first day, the harbour office counted. "
TOLD = '<meta property="og:description" content="What the pier cost, and who paid for it in the ...">'
LOCKED = '<meta property="article:content_tier" content="locked">'


def page(title=TITLE, head=TOLD):
    return f"<title>{title}</title>{head}<article><h1>{title}</h1>{f'<p>{TEXT * 5}</p>' * 4}</article>"


def answered(body="", status=200, role=Role.ARTICLE, url=URL, end="", kind="text/html", headers=()):
    hops = (Hop(301, url),) if end else ()
    return Fetch(
        Target(url, role), end or url, NOW, status, hops, {"content-type": kind, **dict(headers)}, body.encode()
    )


def visited(*fetches, related=(), **fields):
    known = Record(Path("a.md"), {"title": TITLE, "originalUrl": URL} | fields, "0")
    return found(judged(Visit(known, fetches, related=related)))


def states(visit):
    return [verdict.state for verdict in visit.verdicts]


def sources(visit, field=Field.EXCERPT):
    return {item.source for reading in visit.readings for item in reading.evidence if item.field is field}


def test_the_article_is_read():
    visit = visited(answered(page()))
    assert states(visit) == [State.OK]
    assert [reading.fetch for reading in visit.readings] == list(visit.fetches)
    assert sources(visit) == {"og:description", "paragraph"}
    assert visit.readings[0].likeness.is_same_article


@pytest.mark.parametrize(
    ("fetch", "state"),
    [
        (answered(page(), 404), State.NOT_FOUND),
        (answered(page("Just a moment...")[:80]), State.BLOCKED),
        (answered("%PDF-1.4", kind="application/pdf"), State.OK),
        (answered("", 304), State.OK),
    ],
)
def test_what_is_no_page_is_not_read(fetch, state):
    visit = visited(fetch)
    assert (states(visit), visit.readings) == ([state], ())


def test_another_article_is_not_read():
    visit = visited(answered(page("Old mill closes for good")))
    assert (states(visit), visit.readings) == ([State.DRIFTED], ())
    assert visit.verdicts[0].evidence[-1].startswith("title differs, ")


def test_another_article_at_another_domain_has_taken_the_place():
    there = "https://elsewhere.example/2020/10/new-pier-opens-to-the-public"
    assert states(visited(answered(page("Old mill closes for good"), end=there))) == [State.PARKED]
    visit = visited(answered(page("Old mill closes for good"), end=there), excerpt=TEXT)
    assert states(visit) == [State.DRIFTED]
    visit = visited(answered("<div>It is here no more, and nobody says where.</div>", end=there))
    assert states(visit) == [State.DRIFTED]
    assert visited(answered(page("Old mill closes"), end=URL.replace("example", "www.example"))).verdicts[0].state is (
        State.DRIFTED
    )


def test_a_paywalled_page_gives_only_what_it_tells_of_itself():
    visit = visited(answered(page(head=TOLD + LOCKED)))
    assert states(visit) == [State.PAYWALLED]
    assert sources(visit) == {"og:description"}
    assert sources(visit, Field.TITLE)


def archived(copy, *own):
    return visited(*own, restored(answered(copy, role=Role.ARCHIVE, url=COPY)))


@pytest.mark.parametrize("status", [404, 410])
def test_a_copy_is_read_where_the_page_is_gone(status):
    visit = archived(page(), answered("", status))
    assert states(visit)[-1] is State.OK
    assert {item.url for item in visit.readings[0].evidence} == {COPY}
    assert sources(visit) == {"og:description", "paragraph"}


@pytest.mark.parametrize(
    "own",
    [
        (),
        (answered(page()),),
        (answered("", 403),),
        (answered("", 500),),
        (answered("", 404), answered("", 500, role=Role.WEB)),
    ],
)
def test_a_copy_is_not_read_where_the_page_is_not_surely_gone(own):
    visit = archived(page(), *own)
    assert states(visit)[-1] is State.SKIPPED
    assert visit.verdicts[-1].evidence[-1] == "the page itself is not surely gone"
    assert all(reading.fetch.target.role is not Role.ARCHIVE for reading in visit.readings)


def test_other_addresses_do_not_tell_whether_it_is_gone():
    visit = archived(page(), answered("", 404), answered("", 500, role=Role.AMP))
    assert states(visit)[-1] is State.OK


@pytest.mark.parametrize("head", [LOCKED, '<meta name="robots" content="noarchive">'])
def test_a_copy_that_was_not_free_is_not_read(head):
    visit = archived(page(head=head), answered("", 404))
    assert (states(visit)[-1], visit.readings) == (State.SKIPPED, ())
    assert visit.verdicts[-1].evidence[-1] == "it asks not to be copied"


def test_a_copy_of_another_article_is_not_read():
    visit = archived(page("Old mill closes for good"), answered("", 404))
    assert (states(visit)[-1], visit.readings) == (State.DRIFTED, ())


def test_the_list_of_captures_is_no_page():
    listed = answered('[["timestamp", "original"]]', role=Role.ARCHIVE_INDEX, url=COPY, kind="text/plain")
    assert states(visited(answered("", 404), listed)) == [State.NOT_FOUND, State.OK]


def test_related_articles_are_read_as_well():
    record = Record(Path("a.md"), {"title": TITLE, "originalUrl": URL}, "0")
    visit = visited(answered("", 404), related=(Visit(record, (answered(page()),)),))
    assert visit.readings == ()
    assert len(visit.related[0].readings) == 1


def test_what_has_an_outcome_is_past_reading():
    outcome = Outcome(Path("a.md"))
    assert FindPipeline().process_item(outcome) is outcome
    visit = judged(Visit(Record(Path("a.md"), {"title": TITLE, "originalUrl": URL}, "0"), (answered(page()),)))
    assert len(FindPipeline().process_item(visit).readings) == 1
