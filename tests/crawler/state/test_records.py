import os
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crawler.state import Checked
from crawler.state.database import Database
from crawler.state.records import Records, hash_of

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ARTICLE = Path("content/a.md")


@pytest.fixture
def database():
    return Database(None)


@pytest.fixture
def records(database):
    return Records(database, Path())


def test_a_check_is_remembered(records):
    assert records.get(ARTICLE) is None
    records.put(ARTICLE, Checked("old", NOW))
    records.put(ARTICLE, Checked("new", NOW))
    assert records.get(ARTICLE) == Checked("new", NOW)


def test_a_record_is_known_from_wherever_it_is_looked_at(database, tmp_path, monkeypatch):
    Records(database, tmp_path).put(tmp_path / "content" / "a.md", Checked("d", NOW))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    monkeypatch.chdir("content")
    assert Records(database, tmp_path).get(Path("a.md"))
    assert Records(database, tmp_path).get(Path("../content/./a.md"))
    assert Records(database, Path("..")).get(Path("a.md"))


def test_a_record_is_known_when_all_is_carried_elsewhere(database, tmp_path):
    Records(database, tmp_path / "here").put(tmp_path / "here" / "a.md", Checked("d", NOW))
    assert Records(database, tmp_path / "there").get(tmp_path / "there" / "a.md")


def test_a_name_that_is_no_text_is_a_name(records):
    one, other = (Path(os.fsdecode(name)) for name in (b"caf\xe9.md", b"caf\xe8.md"))
    records.put(one, Checked("one", NOW))
    records.put(other, Checked("other", NOW))
    assert records.get(one) == Checked("one", NOW)


FIELDS = {
    "title": "A",
    "publishedDateTime": NOW,
    "provider": {"name": "B"},
    "images": [{"url": "u", "width": 1, "isCached": False}, {"url": "v"}],
}


def test_what_we_wrote_is_ours_until_it_is_changed(records):
    records.put_written(ARTICLE, [("title",), ("images",)], FIELDS, NOW)
    written = records.written(ARTICLE)
    assert not written.is_by_hand(("title",), FIELDS)
    assert written.is_by_hand(("title",), {**FIELDS, "title": "by hand"})
    assert written.is_by_hand(("title",), {**FIELDS, "title": None})
    assert written.is_by_hand(("title",), {})


def test_what_we_did_not_write_is_nobodys(records):
    records.put_written(ARTICLE, [("title",)], FIELDS, NOW)
    assert not records.written(ARTICLE).is_by_hand(("excerpt",), {"excerpt": "by hand"})
    assert not records.written(Path("other.md")).is_by_hand(("title",), {"title": "by hand"})


def test_each_value_in_what_we_wrote_is_watched_by_itself(records):
    records.put_written(ARTICLE, [("images",)], FIELDS, NOW)
    written = records.written(ARTICLE)
    cached = {**FIELDS, "images": [{"url": "u", "width": 1, "isCached": True}, {"url": "v"}]}
    assert written.is_by_hand(("images", 0, "isCached"), cached)
    assert written.is_by_hand(("images", 0), cached)
    assert not written.is_by_hand(("images", 0, "url"), cached)
    assert not written.is_by_hand(("images", 1), cached)


def test_what_is_written_again_takes_the_place_of_what_was_written(records):
    records.put_written(ARTICLE, [("images",), ("title",)], FIELDS, NOW)
    fewer = {**FIELDS, "images": [{"url": "w"}]}
    records.put_written(ARTICLE, [("images",)], fewer, NOW)
    assert set(records.written(ARTICLE).values) == {("images", 0, "url"), ("title",)}
    assert not records.written(ARTICLE).is_by_hand(("images",), fewer)
    records.put_written(ARTICLE, [("images", 0)], FIELDS, NOW)
    assert not records.written(ARTICLE).is_by_hand(("images",), FIELDS)


def test_a_value_that_became_a_mapping_is_forgotten(records):
    records.put_written(ARTICLE, [("image",)], {"image": "u"}, NOW)
    fields = {"image": {"url": "v"}}
    records.put_written(ARTICLE, [("image", "url")], fields, NOW)
    assert not records.written(ARTICLE).is_by_hand(("image",), fields)


def test_a_moment_is_the_same_in_any_zone():
    elsewhere = NOW.astimezone(timezone(timedelta(hours=2)))
    assert hash_of(NOW) == hash_of(elsewhere)
    assert hash_of(NOW) != hash_of(NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("one", "other"), [("1", 1), (True, 1), (None, ""), (None, "null"), ("a", "A"), (date(2026, 1, 2), NOW), (1, 1.5)]
)
def test_different_values_are_told_apart(one, other):
    assert hash_of(one) != hash_of(other)


def test_the_names_of_all_that_was_checked_are_known(records):
    odd = os.fsdecode(b"caf\xe9.md")
    for path in (ARTICLE, Path(odd)):
        records.put(path, Checked("d", NOW))
    checked = records.checked()
    assert bytes(ARTICLE) in checked
    assert os.fsencode(odd) in checked
    assert b"caf\xe8.md" not in checked
    assert b"other.md" not in checked
