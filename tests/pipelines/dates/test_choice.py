from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.evidence import Evidence, Field
from crawler.site import Site
from pipelines.dates import choose

NOW = datetime(2024, 6, 1, tzinfo=UTC)
DAY = date(2024, 5, 6)
INSTANT = datetime(2024, 5, 6, 10, 30, tzinfo=timezone(timedelta(hours=2)))


def stated(source, value, trust=0.9, field=Field.PUBLISHED, other=None, said=""):
    return Evidence(field, value, source, "https://example.org/pier", trust, said, other)


def updated(source, value, trust=0.9):
    return stated(source, value, trust, Field.UPDATED)


def chosen(*evidence, field=Field.PUBLISHED, site=None):
    choice = choose(field, evidence, site or Site(), NOW)
    return choice and choice.value


def test_the_day_for_which_most_kinds_of_sources_speak():
    assert chosen(stated("json-ld x", date(2024, 5, 1), 0.95), stated("time", DAY), stated("url", DAY)) == DAY


def test_sources_of_one_kind_are_copies():
    evidence = [stated("meta a", DAY), stated("meta b", DAY), stated("meta c", DAY)]
    assert chosen(stated("json-ld x", date(2024, 5, 1), 0.97), *evidence) == date(2024, 5, 1)


def test_the_best_known_instant_of_the_day():
    midnight = datetime(2024, 5, 6, tzinfo=UTC)
    assert chosen(stated("url", DAY), stated("meta a", midnight), stated("time", INSTANT)) == INSTANT


def test_a_day_stays_a_day():
    assert chosen(stated("url", DAY), stated("meta a", datetime(2024, 5, 6, tzinfo=UTC))) == DAY


def test_what_is_to_come_is_left_out():
    assert chosen(stated("json-ld x", date(2024, 7, 1), 0.97), stated("text", DAY, 0.6)) == DAY
    assert chosen(stated("json-ld x", date(2024, 7, 1), 0.97)) is None


def test_what_is_more_likely_wrong_than_right_is_not_said():
    assert chosen(stated("text", DAY, 0.24)) is None
    assert chosen(stated("text", DAY, 0.3)) == DAY


def test_an_update_stands_in_only_where_no_sure_date_of_publication_is_stated():
    assert chosen(updated("time", DAY)) == DAY
    assert chosen(updated("time", DAY), stated("text", date(2024, 5, 1), 0.6)) == date(2024, 5, 1)
    assert chosen(updated("time", DAY), field=Field.UPDATED) == DAY
    assert chosen(stated("time", DAY), field=Field.UPDATED) is None


SHOWN = stated("time", date(2024, 5, 1), 0.92)
IN_META = stated("meta date", DAY, 0.95)


def test_the_day_that_readers_are_shown_beats_one_that_meta_elements_alone_declare():
    assert chosen(IN_META, SHOWN) == date(2024, 5, 1)


@pytest.mark.parametrize(
    "more",
    [
        stated("json-ld x", DAY, 0.6),
        stated("url", DAY, 0.6),
        stated("text", date(2024, 5, 20), 0.9),
        updated("meta modified", date(2024, 5, 1)),
    ],
    ids=["the JSON-LD has the declared day", "so has the URL", "two days are shown", "the shown one is an update"],
)
def test_but_not_where(more):
    assert chosen(IN_META, SHOWN, more) == DAY


def test_nor_where_a_zone_may_explain_it():
    assert chosen(stated("meta date", DAY, 0.95), stated("time", date(2024, 5, 5), 0.92)) == DAY


def test_what_was_updated_before_it_was_published_was_published_then():
    assert chosen(IN_META, updated("text", date(2024, 5, 1), 0.92)) == date(2024, 5, 1)
    assert chosen(IN_META, updated("text", date(2024, 5, 9), 0.92)) == DAY


def either(value, other, said="06/05/2024", trust=0.92):
    return stated("text", value, trust, other=other, said=said)


JUNE = date(2024, 6, 5)


def test_numbers_are_read_in_the_order_that_agrees_with_what_is_not_ambiguous():
    assert chosen(either(date(2024, 4, 3), date(2024, 3, 4)), stated("url", date(2024, 3, 4), 0.5)) == date(2024, 3, 4)


def test_numbers_that_would_be_to_come_are_read_in_the_other_order():
    assert chosen(either(JUNE, DAY)) == DAY
    assert chosen(either(DAY, JUNE)) == DAY


def test_else_they_are_read_in_the_order_of_the_site():
    known = Site(orders={"dmy": 2})
    april, march = date(2024, 4, 3), date(2024, 3, 4)
    assert chosen(either(april, march, "04/03/2024"), site=known) == march
    assert chosen(either(april, march, "04/03/2024")) == april


def test_a_naive_clock_takes_the_offset_of_a_sibling():
    clock = datetime(2024, 5, 6, 10, 30)  # noqa: DTZ001
    sibling = datetime(2024, 5, 7, 9, tzinfo=timezone(timedelta(hours=2)))
    assert chosen(stated("time", clock), updated("meta modified", sibling)) == INSTANT


def test_the_choice_says_what_speaks_for_it():
    choice = choose(Field.PUBLISHED, [stated("url", DAY, 0.94), stated("time", DAY, 0.92)], Site(), NOW)
    assert (choice.sources, choice.confidence, choice.rule) == (("url", "time"), 0.94, "stated")
