"""`recrawl run` as its users run it, against a real server."""

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "articles"


@pytest.fixture
def run(player, live, folder, tmp_path):
    """Run the command some hours from now."""

    def run(*options, hours=0):
        return player(tmp_path, (folder, *live, *options), datetime.now(UTC) + timedelta(hours=hours), "run")

    return run


@pytest.fixture
def story(web, article, record):
    """Serve a page with an ETag, and have a record of it."""

    def story(number, **more):
        def answer(handler):
            known = handler.headers["If-None-Match"] == '"1"'
            body = b"" if known else article(**more).encode()
            handler.send_response(304 if known else 200)
            handler.send_header("ETag", '"1"')
            handler.send_header("Content-Type", "text/html")
            if not known:
                handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        return record(web.answer(f"/{number}", answer), f"{number}.md")

    return story


def test_a_run_refreshes_what_is_due_and_the_next_one_has_nothing_to_do(web, story, run):
    paths = [story(number) for number in range(3)]
    first = run()
    assert first.status == 0
    assert "3 records, 3 with changes (3 excerpt), 3 files written" in first.out
    assert f"{len(web.asked)} of 500 requests spent" in first.out
    assert all("two storms" in path.read_text() for path in paths)
    web.asked.clear()
    assert "0 of 500 requests spent" in run().out
    assert web.asked == []


def test_every_request_counts_and_none_is_sent_beyond_the_budget(web, story, run):
    for number in range(8):
        story(number, head='<meta property="og:image" content="/p.png">')
    seen = []
    for _ in range(8):
        web.asked.clear()
        result = run("--budget", 9)
        assert len(web.asked) <= 9
        assert f"{len(web.asked)} of 9 requests spent" in result.out
        seen += [path for path in web.paths() if path.strip("/").isdigit()]
        if len(set(seen)) == 8:
            break
    assert sorted(set(seen), key=lambda path: int(path[1:])) == [f"/{number}" for number in range(8)]
    assert len(seen) == 8, "a record was asked twice"


def test_records_that_cannot_be_edited_do_not_keep_others_from_being_asked(web, article, run, folder):
    folder.mkdir()
    for number in range(6):
        url = web.page(f"/{number}", article(title="New pier opens"))
        text = f'+++\ntitle = "New pier opens"\noriginalUrl = "{url}"\nexcerpt = ""\n+++\n'
        (folder / f"{number}.md").write_text(text)
    failed = [run("--budget", 6, "--rot-share", "0%") for _ in range(4)]
    assert sorted(web.paths()) == [f"/{number}" for number in range(6)]
    assert "TOML" in failed[0].out
    web.asked.clear()
    run("--rot-share", "0%", hours=24 * 4)
    assert sorted(web.paths()) == [f"/{number}" for number in range(6)]
    assert not any("If-None-Match" in asked.headers for asked in web.asked)


def test_a_dry_run_says_what_would_be_asked_and_why(web, story, run, folder):
    story(1)
    run()
    story(2)
    web.asked.clear()
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    result = run("--dry-run")
    assert result.status == 0
    assert f"{folder / '2.md'}\n  new: it was never read" in result.out
    assert "2 records, 1 due, 1 would be asked at most" in result.out
    assert web.asked == []
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    line = json.loads(run("--dry-run", "--format", "jsonl").out)
    assert line["why"] == "new: it was never read"
    assert line["path"].endswith("2.md")


def test_links_that_are_due_are_checked_with_what_is_left(web, article, record, run):
    url = web.page("/story", article())
    record(url, images=[{"url": web.url("/gone.jpg")}])
    result = run("--format", "jsonl")
    lines = [json.loads(line) for line in result.out.splitlines()]
    found = {line["url"].rpartition("/")[2]: line["state"] for line in lines if "url" in line}
    assert found == {"gone.jpg": "not-found"}
    assert len(web.requests("/story")) == 1, "refresh and check share one request"
    assert web.requests("/gone.jpg")


def test_a_broken_file_is_named_and_the_others_are_refreshed(story, run, folder):
    path = story(1)
    (folder / "broken.md").write_text("---\ntitle: [\n---\n")
    result = run()
    assert result.status == 1
    assert "broken.md" in result.err
    assert "two storms" in path.read_text()


@pytest.mark.parametrize(
    "options",
    [
        *(("--budget", "0"), ("--rot-share", "10"), ("--delay", "nan"), ("--delay", "inf")),
        *(
            ("--max-time", "20"),
            ("--max-time", "99999d"),
            ("--max-time", "99999999999d"),
            ("--max-time", "9" * 5000 + "s"),
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(recrawl, story, folder, options):
    story(1)
    assert recrawl("run", folder, *options).status == 2


def test_the_records_of_a_site_that_wants_to_be_left_alone_are_not_due(web, story, run, folder):
    story(1)
    for number in (2, 3):
        path = story(number)
        web.page(f"/{number}", "slow down", 429, Retry_After="3600")
        path.write_text(path.read_text().replace("127.0.0.1", "127.0.0.2"))
    assert run().status == 1
    (complained,) = web.paths("127.0.0.2")
    web.asked.clear()
    again = run()
    assert (again.status, web.asked) == (0, [])
    with sqlite3.connect(folder / ".recrawl/state.sqlite3") as state:
        state.execute("UPDATE restraint SET until = until - 3600")
    state.close()
    run()
    assert web.paths("127.0.0.2") == [path for path in ("/2", "/3") if path != complained]


def test_what_an_outlet_announces_is_read_first(web, article, record, folder, run):
    published = f"{datetime.now(UTC) - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    for number in range(8):
        record(web.page(f"/{number}", article()), f"{number}.md", publishedDateTime=published)
        text = (folder / f"{number}.md").read_text()
        (folder / f"{number}.md").write_text(text.replace("publishedDateTime: 2020-10-20T17:40:00Z\n", ""))
    web.robots(f"Sitemap: {web.url('/news.xml')}\n")

    assert "8 records" in run("--rot-share", "0%").out
    said = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    web.page("/news.xml", f"<urlset><url><loc>{web.url('/5')}</loc><lastmod>{said}</lastmod></url></urlset>")
    web.asked.clear()
    done = run("--budget", "5", "--rot-share", "0%", hours=5)
    assert done.status == 0, done.err
    assert web.paths()[:2] == ["/news.xml", "/5"]


def test_two_records_of_one_article_are_both_refreshed(web, story, run, folder):
    path = story(1)
    run()
    (folder / "copy.md").write_text(path.read_text().replace("two storms", "..."))
    text = (folder / "copy.md").read_text()
    assert "new: its article is known, but not it" in run("--dry-run").out
    assert "1 record, " in run().out
    assert (folder / "copy.md").read_text() != text or "unchanged" not in run().out
    web.asked.clear()
    run()
    assert web.asked == []


LATER = """
import sys
import time
from datetime import timedelta
from crawler.commands.run import command
from crawler.job import utc_now

now = utc_now() + timedelta(hours=float(sys.argv[1]))
context = command.make_context("run", sys.argv[2:])
sys.exit(context.invoke(command.callback, **context.params, now=lambda: now))
"""


def test_a_run_ends_when_its_time_is_over_and_the_next_one_goes_on(web, story, run, folder, live, tmp_path):
    for number in range(6):
        story(number)
    over, last = tmp_path / "over", web.find("", "/2")
    web.answer("/2", lambda handler: (over.touch(), last(handler)))
    clock = f"utc_now() + timedelta(hours=__import__('pathlib').Path({str(over)!r}).exists())"
    words = [sys.executable, "-c", LATER.replace("now=lambda: now", f"now=lambda: {clock}"), "0", str(folder), *live]
    done = subprocess.run([*words, "--max-time", "20m"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert web.paths() == ["/0", "/1", "/2"]
    web.asked.clear()
    run()
    assert sorted(web.paths()) == ["/2", "/3", "/4", "/5"]


def test_in_no_time_nobody_is_asked(web, story, run):
    story(1)
    assert "0 of 500 requests spent" in run("--max-time", "0s").out
    assert web.asked == []


def test_a_second_run_says_who_has_the_state(web, story, recrawl, start, folder, live):
    story(1)
    web.answer("/1", lambda handler: time.sleep(3))
    first = start("run", folder, *live)
    while not web.paths():
        time.sleep(0.05)
    second = recrawl("run", folder, *live)
    assert second.status == 1
    assert f"the state is in use, held by pid {first.pid} on " in second.err


def test_an_interrupt_ends_a_run_with_130_and_what_was_done_is_kept(web, story, start, run, folder, live):
    for number in range(4):
        story(number)
    web.answer("/2", lambda handler: time.sleep(5))
    process = start("run", folder, *live)
    while "/2" not in web.paths():
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "interrupted: " in out
    done = set(web.paths()) - {"/2"}
    story(2)
    web.asked.clear()
    run()
    assert not done & set(web.paths())


def test_no_record_rests_for_a_network_that_is_down(record, recrawl, folder, live, names):
    record("http://www.port-calder.example/story")
    offline = names(**{"www.port-calder.example": socket.EAI_AGAIN})
    assert recrawl("run", folder, *live, **offline).status == 1
    line = json.loads(recrawl("status", folder, "--format", "jsonl").out)
    assert (line["due"], line["rests_until"], line["verdict"]) == (True, None, "unsure")
