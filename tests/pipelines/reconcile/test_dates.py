from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crawler.change import Change, Kept
from crawler.evidence import Evidence, Field
from crawler.fetch import Fetch
from crawler.frontmatter import Stamp
from crawler.layout import Key
from crawler.likeness import Likeness, Match
from crawler.record import Record
from crawler.site import Site
from crawler.target import Role, Target
from crawler.verdict import State, Verdict
from crawler.visit import Reading, Visit
from pipelines.reconcile import dates
from pipelines.reconcile.case import Case

URL = "https://example.org/pier"
NOW = datetime(2024, 6, 1, tzinfo=UTC)
OLD = datetime(2023, 1, 2, 3, 4, tzinfo=UTC)
DAY = date(2024, 5, 6)
INSTANT = datetime(2024, 5, 6, 10, 30, tzinfo=timezone(timedelta(hours=2)))
SURE = Likeness(title=Match.AGREES, excerpt=Match.AGREES, day=Match.DIFFERS, has_body=True)
PROVEN = Likeness(title=Match.AGREES, picture=Match.AGREES, day=Match.DIFFERS, has_body=True)
NAMED = Likeness(title=Match.AGREES, day=Match.DIFFERS, has_body=True)


def said(source, value, trust=0.95, field=Field.PUBLISHED, url=URL, other=None):
    return Evidence(field, value, source, url, trust, "", other)


JSON_LD, META, TIME = said("json-ld article datePublished", DAY), said("meta date", DAY), said("time", DAY, 0.92)


def settle(*evidence, likeness=SURE, role=Role.ARTICLE, write=(), **fields):
    """Settle the dates of a record by what its page states: what becomes of each."""
    target = Target(URL, role)
    reading = Reading(Fetch(target, URL, NOW, 200), Verdict(target, State.OK), evidence, likeness)
    known = {"originalUrl": URL, "publishedDateTime": OLD} | fields
    record = Record(Path("a.md"), {name: value for name, value in known.items() if value is not None}, "")
    return [*dates.settle(Case(Visit(record, readings=(reading,)), Site(), NOW, frozenset(write)))]


def published(*evidence, **how):
    """Return the new date of publication, None where the old one is kept."""
    decision = settle(*evidence, **how)[0]
    return decision.new if isinstance(decision, Change) else None


def test_a_missing_date_is_filled_in_the_shape_of_such_records():
    assert published(JSON_LD, publishedDateTime=None) == Stamp(DAY, "2020-10-20T17:40:00Z")
    assert published(said("text", DAY, 0.6), publishedDateTime="") == Stamp(DAY, "2020-10-20T17:40:00Z")


def test_what_is_hardly_to_be_trusted_fills_nothing():
    assert published(said("text", DAY, 0.5), publishedDateTime=None) is None
    assert published(said("json-ld x", date(2024, 6, 3)), publishedDateTime=None) is None


def test_an_instant_is_written_only_where_its_zone_is_known_and_it_is_more_than_a_day():
    assert dates.to_write(INSTANT) == INSTANT
    assert dates.to_write(INSTANT.replace(tzinfo=None)) == DAY
    assert dates.to_write(datetime(2024, 5, 6, tzinfo=UTC)) == DAY


def test_a_date_of_which_the_page_knows_nothing_is_corrected():
    assert published(JSON_LD) == DAY


@pytest.mark.parametrize(
    "more",
    [
        said("text", OLD.date(), 0.3),
        said("meta modified", OLD, field=Field.UPDATED),
        said("text", date(2023, 1, 3), 0.3),
        said("text", date(2023, 2, 1), 0.3),
        said("text", date(2022, 12, 1), 0.3, other=date(2023, 1, 2)),
    ],
    ids=["in any text", "as that of an update", "a day off", "with day and month exchanged", "in the other order"],
)
def test_a_date_that_the_page_knows_in_any_way_stays(more):
    assert published(JSON_LD, TIME, more) is None


def test_a_day_off_is_no_error():
    assert published(said("json-ld x", date(2023, 1, 3))) is None


def test_one_kind_of_source_is_enough_only_where_the_page_is_surely_the_article():
    assert published(JSON_LD, likeness=SURE) == DAY
    assert published(JSON_LD, likeness=PROVEN) is None
    assert published(JSON_LD, said("json-ld page datePublished", DAY), likeness=PROVEN) is None
    assert published(JSON_LD, TIME, likeness=PROVEN) == DAY


def test_the_amp_page_is_another_witness():
    assert published(JSON_LD, said(JSON_LD.source, DAY, url=f"{URL}/amp"), likeness=PROVEN) == DAY


def test_a_page_under_the_right_headline_alone_proves_nothing():
    assert published(JSON_LD, TIME, META, likeness=NAMED) is None
    assert published(JSON_LD, likeness=NAMED, publishedDateTime=None) is not None


def test_an_archived_copy_corrects_nothing():
    assert published(JSON_LD, TIME, role=Role.ARCHIVE) is None


RIVAL = said("meta pubdate", date(2024, 4, 1), 0.91)


def test_sources_that_contradict_each_other_prove_nothing_unless_three_agree():
    assert published(JSON_LD, TIME, RIVAL) is None
    assert published(JSON_LD, TIME, said("microdata", DAY), RIVAL) == DAY
    assert published(JSON_LD, TIME, said("text", date(2024, 4, 1), 0.85)) == DAY


def test_an_address_may_have_the_day_of_a_draft():
    assert published(JSON_LD, said("url", date(2024, 5, 5), 0.94)) == DAY
    assert published(JSON_LD, said("url", date(2024, 4, 1), 0.94)) is None


def test_a_weak_source_corrects_nothing():
    assert published(said("text", DAY, 0.79)) is None


def test_what_is_no_date_is_not_overwritten():
    assert published(JSON_LD, publishedDateTime="last spring") is None


UPDATE = said("json-ld article dateModified", INSTANT, field=Field.UPDATED)


def updated(*evidence, **how):
    decision = settle(*evidence, **how)[1]
    return decision.new if isinstance(decision, Change) else None


def test_the_last_change_is_kept_up_where_the_record_has_a_place_for_it_or_is_to_have_one():
    assert updated(UPDATE) is None
    assert updated(UPDATE, updatedDateTime=OLD) == INSTANT
    assert updated(UPDATE, write={Key.UPDATED}) == Stamp(INSTANT, "2020-10-20T17:40:00Z")


def test_the_last_change_never_goes_back_nor_before_publication():
    assert updated(UPDATE, updatedDateTime=datetime(2024, 5, 7, tzinfo=UTC)) is None
    assert updated(UPDATE, updatedDateTime=OLD, publishedDateTime=datetime(2024, 5, 8, tzinfo=UTC)) is None


def test_a_reason_names_what_was_seen():
    kept = settle(JSON_LD, said("text", OLD.date(), 0.3))[0]
    assert isinstance(kept, Kept)
    assert kept.why == "nothing proves it wrong"
    assert len(kept.seen) == 2


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("new", "old", "is_later"),
    [
        ("2024-05-06T10:01:00+00:00", "2024-05-06T10:00:00+00:00", True),
        ("2024-05-06T10:00:59+00:00", "2024-05-06T10:00:00+00:00", False),
        ("2024-05-06T10:02:00+00:00", "2024-05-06T10:00:00+00:00", True),
        ("2024-05-06T09:00:00+00:00", "2024-05-06T10:00:00+00:00", False),
        ("2024-05-08T10:00:00", "2024-05-06T10:00:00+00:00", True),
        ("2024-05-06T23:00:00", "2024-05-06T10:00:00+00:00", False),
        ("2024-05-07T01:00:00+02:00", "2024-05-06", False),
        ("2024-05-08T01:00:00", "2024-05-07T01:00:00+02:00", True),
        ("2024-05-07T01:00:00", "2024-05-07T01:00:00+02:00", False),
    ],
)
def test_when_a_change_is_later(new, old, is_later):
    before = at(old) if "T" in old else date.fromisoformat(old)
    assert dates._is_later(at(new), before) is is_later


@pytest.mark.parametrize(
    ("moment", "published", "is_before"),
    [
        (date(2024, 5, 5), date(2024, 5, 6), True),
        (date(2024, 5, 6), date(2024, 5, 6), False),
        (at("2024-05-06T01:00:00+02:00"), date(2024, 5, 6), False),
        (date(2024, 5, 5), at("2024-05-06T01:00:00+02:00"), False),
        (date(2024, 5, 5), "soon", False),
    ],
)
def test_when_a_change_is_before_publication(moment, published, is_before):
    assert dates._is_before(moment, published) is is_before


@pytest.mark.parametrize(
    ("day", "is_filled"),
    [(date(2024, 6, 1), True), (date(2024, 6, 2), True), (date(2024, 6, 3), False)],
)
def test_a_day_to_come_is_not_believed_but_for_the_day_that_clocks_differ_by(day, is_filled):
    assert (published(said("time", day), publishedDateTime=None) is not None) is is_filled


@pytest.mark.parametrize(
    ("old", "is_changed"),
    [
        (datetime(2023, 12, 1, tzinfo=UTC), False),
        (datetime(2023, 11, 1, tzinfo=UTC), False),
        (datetime(2023, 1, 11, tzinfo=UTC), False),
        (datetime(2023, 1, 9, tzinfo=UTC), True),
    ],
)
def test_day_and_month_may_have_been_exchanged(old, is_changed):
    month = {12: date(2023, 1, 12), 11: date(2023, 1, 11)}.get(old.month, date(2023, 11, 1))
    assert (published(said("time", month), publishedDateTime=old) is not None) is is_changed


def test_a_day_beyond_the_twelfth_is_no_month():
    thirteenth = datetime(2023, 1, 13, tzinfo=UTC)
    assert published(said("time", date(2024, 1, 13)), publishedDateTime=thirteenth) is not None
    twelfth = datetime(2023, 1, 12, tzinfo=UTC)
    assert published(said("time", date(2023, 12, 1)), publishedDateTime=twelfth) is None


@pytest.mark.parametrize(("trust", "is_changed"), [(0.79, False), (0.8, True)])
def test_how_far_a_date_has_to_be_trusted_to_correct(trust, is_changed):
    assert (published(said("time", DAY, trust), publishedDateTime=OLD) is not None) is is_changed
