"""What `recrawl check` changes: addresses of articles that have moved for good; and the way from a verdict back."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from crawler import archive

NEW = "/news/new-pier-opens-to-the-public"
OLD = "/2020/10/new-pier-opens"
EXCERPT = "The new pier of Port Calder opened to the public on Tuesday after four years"


@pytest.fixture
def check(recrawl, live, tmp_path):
    def check(*options, **environment):
        given = ("--state", ".recrawl", "--format", "tsv", *live, *options)
        return recrawl("check", "articles", *given, cwd=tmp_path, **environment)

    return check


@pytest.fixture
def earlier(tmp_path):
    """Have everything that was seen be so much older."""

    def earlier(**time):
        seconds = int(timedelta(**time).total_seconds())
        with sqlite3.connect(tmp_path / ".recrawl" / "state.sqlite3") as state:
            state.execute("UPDATE observation SET at = at - ?", (seconds,))
            state.execute("UPDATE url SET at = at - ?", (seconds,))
            state.execute("UPDATE move SET first_at = first_at - ?, last_at = last_at - ?", (seconds, seconds))

    return earlier


@pytest.fixture
def moved(web, article, record):
    """Write a record of an article that has moved for good, and return its file."""
    there = web.page(NEW, article())
    web.redirect(OLD, there)
    return record(web.url("/original"), web_url=web.url(OLD))


def test_an_article_that_has_moved_for_good_is_followed_once_that_was_seen_for_a_week(web, moved, check, earlier):
    web.redirect("/original", web.url(NEW))
    before = moved.read_text()
    assert check("--fix", "moved").err.count("->") == 0
    earlier(days=3)
    check("--fix", "moved")
    assert moved.read_text() == before
    earlier(days=5)
    result = check("--fix", "moved")
    assert f"articles/one.md: webUrl: {web.url(OLD)} -> {web.url(NEW)}" in result.err
    # Of all lines one is another; the address by which the record is known has moved too, and stays.
    changed = [
        pair for pair in zip(before.splitlines(), moved.read_text().splitlines(), strict=True) if len({*pair}) > 1
    ]
    assert changed == [(f'webUrl: "{web.url(OLD)}"', f'webUrl: "{web.url(NEW)}"')]


def test_a_server_that_calls_the_page_unchanged_is_asked_for_it_all_the_same(web, article, moved, check, earlier):
    def answer(handler):
        known = handler.headers.get("If-None-Match") == '"1"'
        body = b"" if known else article().encode()
        handler.send_response(304 if known else 200)
        for name, value in {"ETag": '"1"', "Content-Type": "text/html", "Content-Length": str(len(body))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    web.answer(NEW, answer)
    check("--fix", "moved")
    earlier(days=8)
    assert f"-> {web.url(NEW)}" in check("--fix", "moved").err


def test_a_plain_list_is_told_of_the_move_by_a_page_that_has_not_changed(web, recrawl, live, tmp_path, earlier):
    web.page(NEW, "<title>New pier</title><h1>New pier</h1>", ETag='"1"')
    (tmp_path / "urls.txt").write_text(web.redirect(OLD, web.url(NEW)))
    given = ("check", "--urls", "urls.txt", "--state", ".recrawl", "--format", "jsonl", *live)
    assert '"state": "moved-permanently"' in recrawl(*given, cwd=tmp_path).out
    web.page(NEW, "", 304, ETag='"1"')
    earlier(days=8)
    again = recrawl(*given, cwd=tmp_path).out
    assert '"state": "moved-permanently"' in again
    assert f'"better": "{web.url(NEW)}"' in again


def test_without_being_told_to_it_changes_nothing(moved, check, earlier):
    before = moved.read_bytes()
    check()
    earlier(days=8)
    assert "moved for good" in check().err
    assert moved.read_bytes() == before


@pytest.mark.parametrize("kind", ["another article", "for the time being", "back again"])
def test_what_is_no_move_of_the_article_for_good_is_not_followed(kind, web, article, moved, check, earlier):
    before = moved.read_bytes()
    if kind == "another article":
        web.page(NEW, article("The council of Port Calder voted on its budget for roads and schools.", title="Budget"))
    if kind == "for the time being":
        web.redirect(OLD, web.url(NEW), 302)
    check("--fix", "moved")
    earlier(days=8)
    if kind == "back again":
        web.page(OLD, article())
    check("--fix", "moved")
    assert moved.read_bytes() == before


def test_what_is_pinned_or_was_changed_back_by_hand_stays(web, moved, check, earlier, tmp_path):
    before = moved.read_bytes()
    (tmp_path / "recrawl.yml").write_text("pin:\n  fields: [web_url]\n")
    check()
    earlier(days=8)
    check("--fix", "moved")
    assert moved.read_bytes() == before
    (tmp_path / "recrawl.yml").unlink()
    check("--fix", "moved")
    assert moved.read_bytes() != before
    moved.write_bytes(before)
    check("--fix", "moved")
    assert moved.read_bytes() == before


def test_a_related_article_that_has_moved_is_followed_in_its_entry(web, article, record, check, earlier):
    there = web.page(NEW, article())
    web.redirect(OLD, there)
    entry = {"title": "New pier opens", "excerpt": EXCERPT, "originalUrl": web.url("/old"), "webUrl": web.url(OLD)}
    path = record(web.page("/own", article(title="Ferries"), title="Ferries"), related=[entry])
    check()
    earlier(days=8)
    result = check("--fix", "moved", "--only", "related")
    assert "related[0].webUrl" in result.err
    assert web.url(NEW) in path.read_text()


def test_a_file_that_cannot_be_written_is_named_and_stays(moved, check, earlier):
    check()
    earlier(days=8)
    before = moved.read_bytes()
    (moved.parent / "other-name.txt").hardlink_to(moved)
    result = check("--fix", "moved", "--fail-on", "never")
    assert (result.status, moved.read_bytes()) == (1, before)
    assert "articles/one.md" in result.err


def test_a_verdict_is_explained_taken_back_and_not_given_again(web, record, recrawl, check, earlier, tmp_path):
    record(web.page("/gone", "not here any more", 404))
    for _ in range(5):
        dead = check("--only", "article")
        earlier(days=2)
    assert dead.status == 3
    assert dead.out.startswith("not-found\tdead\t")
    why = recrawl("why", web.url("/gone"), cwd=tmp_path)
    assert why.out.count("not-found") >= 5
    assert "not there 3 times in a row" in why.out
    assert recrawl("forgive", web.url("/gone"), cwd=tmp_path).status == 0
    assert "alive" in recrawl("why", web.url("/gone"), cwd=tmp_path).out
    after = check("--only", "article")
    assert (after.status, after.out.split("\t")[:2]) == (0, ["not-found", "alive"])


GONE = "/2020/10/gone"
ARCHIVE = "127.0.0.9"


@pytest.fixture
def dead(web, record, tmp_path):
    """Write a record of an article that is gone, for which an archive has a copy, and return its file."""
    url = web.url(GONE)
    path = record(url)
    near = datetime(2020, 10, 20, 17, 40, tzinfo=UTC)
    rows = [["timestamp", "original"], ["20201021060708", url]]
    web.page(archive.index_url("", url, near), json.dumps(rows), host=ARCHIVE, Content_Type="application/json")
    written = f"archive: {web.url('', ARCHIVE)}\narchive_field: archivedUrl\n"
    (tmp_path / "articles" / "recrawl.yml").write_text(written)
    return path


def test_a_dead_article_gets_the_address_of_its_copy_where_the_configuration_says(web, dead, check):
    before = dead.read_text()
    copy = f"{web.url('', ARCHIVE)}/web/20201021060708/{web.url(GONE)}"
    result = check("--fix", "archived", "--strikes", "1")
    assert result.status == 3
    assert f"articles/one.md: archivedUrl: {copy}" in result.err
    after = dead.read_text()
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [f'archivedUrl: "{copy}"']
    assert "archivedUrl" not in check("--fix", "archived", "--strikes", "1").err
    # Who takes it out again is heeded.
    dead.write_text(before)
    assert "archivedUrl" not in check("--fix", "archived", "--strikes", "1", "--anew").err
    assert dead.read_text() == before


def test_no_copy_is_named_of_what_may_be_back_or_lives_elsewhere(web, dead, check, article):
    before = dead.read_text()
    check("--fix", "archived")
    assert dead.read_text() == before, "one strike is no death"
    web.page("/now", article())
    dead.write_text(before.replace(f'webUrl: "{web.url(GONE)}"', f'webUrl: "{web.url("/now")}"'))
    moved = dead.read_text()
    assert moved != before
    check("--fix", "archived", "--strikes", "1", "--anew")
    assert dead.read_text() == moved


def test_an_archive_that_cannot_tell_is_a_failure_and_one_without_a_copy_is_none(web, dead, check):
    web.page(archive.index_url("", web.url(GONE), datetime(2020, 10, 20, 17, 40, tzinfo=UTC)), "[]", host=ARCHIVE)
    assert check("--fix", "archived", "--strikes", "1", "--fail-on", "never").status == 0
    (dead.parent / "recrawl.yml").write_text("archive: http://127.0.0.9:1\narchive_field: archivedUrl\n")
    result = check("--fix", "archived", "--strikes", "1", "--fail-on", "never", "--anew")
    assert result.status == 1
    assert "articles/one.md: the archive cannot tell whether it has a copy: nobody listens" in result.err


def test_a_place_for_copies_has_to_be_named(moved, check):
    result = check("--fix", "archived")
    assert result.status == 2
    assert "archive_field" in result.err
