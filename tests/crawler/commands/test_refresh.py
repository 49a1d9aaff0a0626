"""`recrawl refresh` as its users run it: every option, against a real server."""

import json
import os
import re
import sqlite3

import pytest


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "articles"


@pytest.fixture
def refresh(recrawl, live, folder):
    def refresh(*options, **environment):
        return recrawl("refresh", folder, *live, *options, **environment)

    return refresh


def validated(web, path, body, etag='"1"', modified="Tue, 20 Oct 2020 17:40:00 GMT"):
    """Serve a page that its server knows to be unchanged."""

    def answer(handler):
        known = handler.headers["If-None-Match"] == etag
        handler.send_response(304 if known else 200)
        for name, value in {"ETag": etag, "Last-Modified": modified, "Content-Type": "text/html"}.items():
            handler.send_header(name, value)
        if not known:
            handler.send_header("Content-Length", str(len(body.encode())))
        handler.end_headers()
        if not known:
            handler.wfile.write(body.encode())

    return web.answer(path, answer)


def tree(folder):
    """Return the name, time and bytes of every file, those of the state left out."""
    found = [path for path in folder.rglob("*") if path.is_file() and ".recrawl" not in path.parts]
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes()) for path in found}


def test_a_second_run_asks_only_what_has_changed_and_touches_no_file(web, article, record, refresh, folder):
    for number in range(3):
        record(validated(web, f"/{number}", article()), f"{number}.md")
    first = refresh()
    assert "3 records, 3 with changes (3 excerpt), 3 files written" in first.out
    before = tree(folder)
    web.asked.clear()
    second = refresh()
    assert second.status == 0
    assert second.out == "3 records, nothing to change, no file written, 3 unchanged since they were last read\n"
    assert tree(folder) == before
    assert sorted(web.paths()) == ["/0", "/1", "/2"]
    headers = [asked.headers for asked in web.asked if asked.path != "/robots.txt"]
    assert {found["If-None-Match"] for found in headers} == {'"1"'}
    assert {found["If-Modified-Since"] for found in headers} == {"Tue, 20 Oct 2020 17:40:00 GMT"}


def asked_conditionally(web, path="/story"):
    return "If-None-Match" in web.requests(path)[-1].headers


def test_a_page_is_read_anew_for_a_record_that_was_edited_since(web, article, record, refresh):
    url = validated(web, "/story", article())
    path = record(url)
    refresh()
    path.write_text(path.read_text().replace("Body.", "Body, edited."))
    refresh()
    assert not asked_conditionally(web)
    refresh()
    assert asked_conditionally(web)


def test_a_page_is_read_anew_where_it_is_asked_for(web, article, record, refresh):
    record(validated(web, "/story", article()))
    refresh()
    refresh("--force")
    assert not asked_conditionally(web)


def test_a_page_is_read_anew_after_a_change_that_could_not_be_written(web, article, record, refresh):
    path = record(validated(web, "/story", article(description="")), excerpt="It opens. That is all there is to say.")
    refresh()
    path.parent.joinpath("two.md").hardlink_to(path)  # a file of two names is not replaced
    web.answers.clear()
    validated(web, "/story", article(head='<meta property="og:image" content="/p.png">'), etag='"2"')
    web.page("/p.png", PICTURE, Content_Type="image/png")
    failed = refresh("--format", "jsonl")
    assert failed.status == 1
    assert "hard links" in failed.outcomes["one.md"]["error"]
    path.parent.joinpath("two.md").unlink()
    again = refresh("--format", "jsonl")
    assert again.outcomes["one.md"]["written"]


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000004b0000002a30802000000"  # the beginning of a PNG of 1200 x 675
)


def test_what_is_known_of_a_page_is_not_lost_when_it_is_not_asked(web, article, record, refresh, folder):
    for number in range(2):
        record(validated(web, f"/{number}", article()), f"{number}.md")
    refresh()
    web.page("/0", "slow down", 429)
    assert refresh("--format", "jsonl").states["1.md"] == [("article", "rate-limited")]
    validated(web, "/0", article())
    with sqlite3.connect(folder / ".recrawl/state.sqlite3") as state:
        state.execute("DELETE FROM restraint")  # as when its time has come
    state.close()
    refresh()
    assert asked_conditionally(web, "/1")
    assert not asked_conditionally(web, "/0")


def test_a_dry_run_tells_all_and_writes_nothing(web, article, record, refresh, folder):
    record(validated(web, "/story", article()))
    before = tree(folder)
    result = refresh("--dry-run")
    assert "excerpt: it was cut" in result.out
    assert "1 record, 1 with changes (1 excerpt), no file written" in result.out
    assert tree(folder) == before
    assert sorted(folder.iterdir()) == [folder / "one.md"]
    assert refresh("--format", "jsonl").outcomes["one.md"]["written"]


def test_a_dry_run_leaves_the_state_as_it_is(web, article, record, refresh, folder):
    record(validated(web, "/story", article()))
    refresh()
    before = {path: path.read_bytes() for path in (folder / ".recrawl").iterdir()}
    assert "1 unchanged" in refresh("--dry-run").out
    assert {path: path.read_bytes() for path in (folder / ".recrawl").iterdir()} == before


def test_a_limit_is_a_number_of_records_that_are_visited(web, article, record, refresh, folder):
    for number in range(5):
        record(web.page(f"/{number}", article()), f"{number}.md")
    (folder / "0-notes.md").write_text("No front matter.")
    (folder / "0-broken.md").write_text("---\ntitle: [\n---\n")
    result = refresh("--limit", "2", "--format", "jsonl")
    assert sorted(name for name, outcome in result.outcomes.items() if outcome["verdicts"]) == ["0.md", "1.md"]
    assert len(web.paths()) == 2
    assert refresh("--limit", "0").out.startswith("0 records, ")


def test_files_folders_and_patterns_are_taken(web, article, record, recrawl, live, tmp_path):
    for name in ("2020-a.md", "2020-b.md", "2021-c.md", "deep/2021-d.markdown"):
        record(web.page(f"/{name}", article()), name)
    options = (*live, "--format", "jsonl")
    articles = tmp_path / "articles"
    assert recrawl("refresh", articles / "2020-a.md", *options).outcomes.keys() == {"2020-a.md"}
    assert recrawl("refresh", articles / "2020-*.md", *options).outcomes.keys() == {"2020-a.md", "2020-b.md"}
    assert len(recrawl("refresh", articles, articles / "2020-a.md", *options).outcomes) == 4
    assert recrawl("refresh", ".", *options, cwd=articles / "deep").outcomes.keys() == {"2021-d.markdown"}


def test_a_file_that_cannot_be_read_is_named_and_costs_no_other(web, article, record, refresh, folder):
    record(web.page("/story", article()))
    (folder / "broken.md").write_text("---\ntitle: [\noriginalUrl: x\n---\n")
    result = refresh()
    assert result.status == 1
    assert f"  {folder}/broken.md:" in result.out
    assert "2 records, 1 with changes (1 excerpt), 1 file written, 1 failed" in result.out


def test_a_folder_without_records_is_no_failure_but_is_told_of(refresh, folder):
    folder.mkdir()
    (folder / "notes.md").write_text("---\ntitle: Notes\n---\n")
    result = refresh()
    assert result.status == 0
    assert "originalUrl" in result.out
    assert "0 records" in result.out


def test_a_diff_can_be_applied(web, article, record, refresh, folder):
    path = record(web.page("/story", article()))
    result = refresh("--diff")
    assert f"--- a/{path}" in result.out
    assert '-excerpt: "The new pier of Port Calder opened to the public on Tuesday after ..."' in result.out
    assert "+excerpt: " in result.out
    assert json.loads(refresh("--diff", "--dry-run", "--force", "--format", "jsonl").out).get("diff") is None


def test_what_was_recorded_can_be_replayed_without_the_server(web, article, record, recrawl, live, tmp_path):
    web.redirect("/old", web.page("/story", article()))
    path = record(web.url("/old"))
    original = path.read_bytes()
    archive = tmp_path / "crawl.warc.gz"
    recrawl("refresh", path, *live, "--record", archive, "--state", tmp_path / "one")
    refreshed = path.read_bytes()
    path.write_bytes(original)
    web.answers.clear()
    web.asked.clear()
    result = recrawl("refresh", path, "--replay", archive, "--state", tmp_path / "two", "--format", "jsonl")
    assert result.states["one.md"] == [("article", "moved-permanently")]
    assert path.read_bytes() == refreshed != original
    assert web.asked == []


def test_several_archives_answer_together(archive, article, record, recrawl, tmp_path):
    urls = [f"https://www.example.com/{number}" for number in range(2)]
    archives = [archive(tmp_path / f"{number}.warc.gz", {url: article()}) for number, url in enumerate(urls)]
    for number, url in enumerate(urls):
        record(url, f"{number}.md")
    options = [word for path in archives for word in ("--replay", path)]
    result = recrawl("refresh", tmp_path / "articles", *options, "--format", "jsonl")
    assert {found[0][1] for found in result.states.values()} == {"ok"}


def test_the_state_is_kept_where_it_is_asked_for(web, article, record, refresh, folder, tmp_path):
    record(web.page("/story", article()))
    refresh("--state", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere/state.sqlite3").is_file()
    assert not (folder / ".recrawl").exists()


def test_the_configuration_is_found_named_and_overruled(web, article, record, recrawl, refresh, folder, tmp_path):
    record(web.page("/story", article()))
    (folder / "recrawl.yml").write_text("user_agent: found/1\nallow_private: 127.0.0.0/8\ndelay: 0")
    named = tmp_path / "named.yml"
    named.write_text("user_agent: named/1\nallow_private: 127.0.0.0/8\ndelay: 600")
    recrawl("refresh", folder)
    recrawl("refresh", folder, "--config", named, "--delay", "0")
    agents = [asked.headers["User-Agent"] for asked in web.asked]
    assert agents == ["found/1"] * 2 + ["named/1"] * 2


def test_quiet_tells_of_failures_only(web, article, record, refresh):
    record(web.page("/story", article()))
    assert refresh("-q").out == ""
    record(web.url("/gone"), "two.md")
    quiet = refresh("-q")
    assert "two.md" in quiet.out
    assert "one.md" not in quiet.out


def test_verbose_tells_of_every_record_and_verdict(web, article, record, refresh):
    url = web.page("/story", article())
    record(url)
    refresh()
    result = refresh("-v", "--force")
    assert f"  article: {url}: ok" in result.out
    assert "Crawled" not in result.err
    assert "Crawled (200)" in refresh("-vvv", "--force").err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--delay", "soon"], "'--delay'"),
        (["--delay", "-1"], "'--delay'"),
        (["--per-site", "0"], "'--per-site'"),
        (["--concurrency", "many"], "'--concurrency'"),
        (["--limit", "-1"], "'--limit'"),
        (["--format", "xml"], "'xml' is not one of 'text', 'jsonl'"),
        (["--allow-private", "10.0.0"], "'10.0.0' is no network such as 10.0.0.0/8"),
        (["--replay", "missing.warc.gz"], "'missing.warc.gz' does not exist"),
        (["--replay", "one.md"], "not a readable web archive"),
        (["--record", "crawl.warc"], "name it NAME.warc.gz"),
        (["--record", "nowhere/crawl.warc.gz"], "nowhere/crawl.warc.gz: "),
        (["--record", "a.warc.gz", "--replay", "b.warc.gz"], "give one of them"),
        (["--config", "missing.yml"], "missing.yml: it cannot be read: No such file or directory"),
        (["--config", "wrong.yml"], "wrong.yml:1: delay: must be a number of seconds"),
        (["missing"], "missing: no such file or folder"),
        (["*.nothing"], "*.nothing: no such file or folder"),
        (["--nonsense"], "No such option"),
    ],
)
def test_a_bad_option_is_told_and_nothing_is_done(options, message, web, record, recrawl, folder):
    record(web.url("/story"))
    (folder / "wrong.yml").write_text("delay: fast")
    (folder / "b.warc.gz").write_bytes(b"")
    before = tree(folder)
    result = recrawl("refresh", "one.md", *options, cwd=folder)
    assert result.status == 2
    assert message in result.err.replace("Did you mean", "")
    assert "Traceback" not in result.err
    assert result.out == ""
    assert tree(folder) == before
    assert not (folder / ".recrawl").exists()
    assert web.asked == []


def test_json_lines_are_stable(web, article, record, refresh, folder):
    url = web.page("/story", article())
    path = record(url)
    path.write_text(re.sub(r"publishedDateTime: .*\n", "", path.read_text()))
    missing = record(web.url("/gone"), "two.md")
    outcomes = refresh("--format", "jsonl").outcomes
    assert outcomes["one.md"] == {
        "path": str(path),
        "changes": [
            {
                "place": "excerpt",
                "old": "The new pier of Port Calder opened to the public on Tuesday after ...",
                "new": "The new pier of Port Calder opened to the public on Tuesday after "
                "four years of work and two storms.",
                "because": {"rule": "it was cut", "sources": ["og:description"], "seen": []},
            },
            {
                "place": "publishedDateTime",
                "old": None,
                "new": "2020-10-20T17:40:00+00:00",
                "because": {"rule": "there was none", "sources": ["meta articlepublishedtime"], "seen": []},
            },
        ],
        "verdicts": [{"url": url, "role": "article", "state": "ok", "evidence": [], "final_url": url}],
        "written": True,
        "failure": None,
        "error": None,
    }
    gone = web.url("/gone")
    assert outcomes["two.md"] == {
        "path": str(missing),
        "changes": [],
        "verdicts": [
            {"url": gone, "role": "article", "state": "not-found", "evidence": ["status 404"], "final_url": gone}
        ],
        "written": False,
        "failure": f"{gone}: not-found (status 404)",
        "error": None,
    }


def test_a_file_name_that_is_no_text_is_reported_all_the_same(web, article, record, refresh, folder):
    path = record(web.page("/story", article()))
    path.rename(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md"))
    assert "caf" in refresh("--dry-run").out
    outcome = json.loads(refresh("--format", "jsonl").out)
    assert os.fsencode(outcome["path"]).endswith(b"/caf\xe9.md")


def test_any_encoding_of_the_output_will_do(web, article, record, refresh):
    record(web.page("/story", article(title="東京 “pier” 🌊")), title="東京 “pier” 🌊")
    for encoding in ("ascii", "latin-1", "utf-8"):
        assert refresh("-v", "--force", PYTHONIOENCODING=encoding).status == 0


def test_only_the_records_that_are_meant_are_visited(web, article, record, refresh):
    record(web.page("/one", article()), "1.md", topics=["AI"])
    record(web.page("/two", article()), "2.md", topics=["Ships"])
    result = refresh("--where", "topics=AI", "--missing", "images")
    assert web.paths() == ["/one"]
    assert "1 record, 1 with changes (1 excerpt), 1 file written, 1 not selected" in result.out
    web.asked.clear()
    refresh("--stale", "1h")
    assert web.paths() == ["/two"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--where", "topics"), "'topics' is no condition: write it as topics=AI"),
        (("--missing", "a..b"), "'a..b' is no key path such as images"),
        (("--changed-since", "soon"), "'soon' is no date such as 2020-10-20"),
        (("--stale", "30"), "'30' is no time such as 12h, 7d or 4w"),
        (("--site", "/"), "'/' is no site such as example.org"),
    ],
)
def test_what_selects_nothing_that_can_be_meant_is_refused(refresh, folder, options, said):
    folder.mkdir()
    result = refresh(*options)
    assert result.status == 2
    assert said in result.err
