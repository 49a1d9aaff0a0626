"""`recrawl extract` as its users run it: files, standard input, web archives and addresses."""

import json
import subprocess
import sys

import pytest

KEYS = ["url", "title", "excerpt", "published", "updated", "image", "author", "site", "language", "canonical", "amp"]


def lines(result):
    return [json.loads(line) for line in result.out.splitlines()]


def titles(result):
    return [line["title"] for line in lines(result)]


@pytest.fixture
def file(tmp_path, article):
    path = tmp_path / "article.html"
    path.write_text(article())
    return path


def test_each_object_has_the_same_keys_and_null_for_what_is_not_known(recrawl, file):
    result = recrawl("extract", file, "--url", "https://example.org/2020/pier")
    (found,) = lines(result)
    assert list(found) == KEYS
    assert (result.status, result.err) == (0, "")
    assert found["url"] == "https://example.org/2020/pier"
    assert found["title"] == "New pier opens"
    assert found["published"] == "2020-10-20T17:40:00+00:00"
    assert found["image"] is found["amp"] is found["updated"] is None


def test_a_page_is_read_from_standard_input(file):
    done = subprocess.run(
        [sys.executable, "-m", "crawler", "extract", "-"], input=file.read_bytes(), capture_output=True
    )
    assert json.loads(done.stdout)["title"] == "New pier opens"


def test_an_archive_gives_its_pages_in_order_whoever_reads_them(recrawl, archive, article, tmp_path):
    pages = {f"https://{site}.example/{number}": article(title=f"{site} {number} opens its new pier")
             for number in range(5) for site in ("one", "two", "three")}  # fmt: skip
    path = archive(
        tmp_path / "pages.warc.gz", {**pages, "https://one.example/a.css": (200, {"Content-Type": "text/css"}, "a{}")}
    )
    alone = recrawl("extract", path)
    together = recrawl("extract", path, "--jobs", "3")
    assert [line["url"] for line in lines(alone)] == list(pages)
    assert together.out == alone.out


def test_what_is_no_page_has_a_line_too(recrawl, tmp_path):
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "zero.html").write_bytes(b"\0" * 100)
    result = recrawl("extract", tmp_path / "empty.html", tmp_path / "zero.html")
    assert result.status == 0
    assert titles(result) == [None, None]


def test_explain_says_why_each_value_was_chosen_and_what_else_was_seen(recrawl, file):
    (found,) = lines(recrawl("extract", "--explain", file))
    assert list(found) == [*KEYS, "why", "evidence"]
    assert found["why"]["title"]["rule"] == "the headline"
    assert "og:title" in found["why"]["title"]["sources"]
    assert {item["field"] for item in found["evidence"]} >= {"title", "excerpt", "published"}
    assert {"field", "value", "source", "confidence", "said"} == set(found["evidence"][0])


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["missing.html"], "missing.html: no such file"),
        (["{file}", "--url", "example.org"], "not an http(s) URL"),
        (["{file}", "{file}", "--url", "https://example.org/"], "--url is for one HTML page"),
        (["https://example.org/", "--url", "https://example.org/"], "--url is for one HTML page"),
        (["{file}", "--replay", "{file}"], "pages that are given by their address"),
        (["https://example.org/", "--replay", "{file}"], "not a readable web archive"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_done(recrawl, file, arguments, problem):
    result = recrawl("extract", *(argument.format(file=file) for argument in arguments))
    assert (result.status, result.out) == (2, "")
    assert problem in result.err


def test_an_address_is_asked_for_as_a_crawl_asks(recrawl, web, live, article):
    web.robots("User-agent: *\nDisallow: /private\n")
    pages = [web.page("/a", article()), web.page("/private", article())]
    result = recrawl("extract", *pages, *live)
    assert result.status == 1
    assert {line["url"]: line["title"] for line in lines(result)} == {pages[0]: "New pier opens", pages[1]: None}
    assert web.paths() == ["/a"]
    assert "/private: robots-disallowed" in result.err
    agent = web.requests("/a")[0].headers["User-Agent"]
    assert agent.startswith("recrawl/")


def test_an_address_on_this_machine_is_refused_unless_allowed(recrawl, web, article):
    result = recrawl("extract", web.page("/a", article()))
    assert result.status == 1
    assert "unsafe-address" in result.err
    assert web.asked == []


def test_a_redirected_page_is_printed_under_the_address_that_was_asked(recrawl, web, live, article):
    web.page("/news/new-pier-opens-today", article(head='<link rel="canonical" href="new-pier-opens-today">'))
    asked = web.redirect("/?p=7", web.url("/news/new-pier-opens-today"))
    (found,) = lines(recrawl("extract", asked, *live))
    assert (found["url"], found["canonical"]) == (asked, web.url("/news/new-pier-opens-today"))


@pytest.mark.parametrize(
    ("body", "status", "kind", "state"),
    [
        ("<h1>Not found</h1>", 404, "text/html", "not-found"),
        ("", 200, "text/html", "empty"),
        ("%PDF-1.7", 200, "application/pdf", "no HTML (application/pdf)"),
        ("<title>Just a moment...</title><h1>Checking your browser</h1>", 503, "text/html", "blocked (status 503"),
    ],
)
def test_what_is_not_the_page_teaches_nothing(recrawl, web, live, body, status, kind, state):
    result = recrawl("extract", web.page("/a", body, status, Content_Type=kind), *live)
    assert (result.status, titles(result)) == (1, [None])
    assert state in result.err


def test_addresses_come_after_files_and_hosts_that_do_not_answer_cost_only_themselves(
    recrawl, web, live, article, file
):
    page = web.page("/a", article(title="A page of the web has come"))
    result = recrawl("extract", "http://127.0.0.1:9/", page, file, *live)
    assert titles(result)[0] == "New pier opens"
    assert sorted(titles(result)[1:], key=str) == ["A page of the web has come", None]
    assert "http://127.0.0.1:9/: connection-refused" in result.err


def test_answers_are_recorded_and_replayed(recrawl, web, live, article, tmp_path):
    page = web.page("/a", article())
    kept = tmp_path / "kept.warc.gz"
    first = recrawl("extract", page, *live, "--record", kept)
    web.asked.clear()
    second = recrawl("extract", page, "--replay", kept)
    third = recrawl("extract", kept)
    assert first.out == second.out == third.out
    assert web.asked == []
    assert "not-in-archive" in recrawl("extract", web.url("/b"), "--replay", kept).err


def test_nothing_is_left_behind_unless_a_state_is_named(recrawl, web, live, article, tmp_path):
    page = web.page("/a", article())
    recrawl("extract", page, *live, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
    recrawl("extract", page, *live, "--state", "kept", cwd=tmp_path)
    assert (tmp_path / "kept" / "state.sqlite3").exists()
