"""`recrawl check` as its users run it: every option, against a real server."""

import json
import os
import signal
import socket
import sqlite3
import time
from contextlib import ExitStack
from datetime import timedelta
from itertools import pairwise

import pytest

CACHED = "https://127-0-0-1.example.cdn.ampproject.org/c/s/127.0.0.1.example/story"


@pytest.fixture
def check(recrawl, live, tmp_path):
    """Check URLs, as a list; the state is kept from one call to the next."""

    def check(*urls, options=(), **environment):
        listed = tmp_path / "urls.txt"
        listed.write_text("\n".join(urls))
        given = ("--urls", listed, "--format", "tsv", *live, *options)
        return recrawl("check", *given, cwd=tmp_path, **environment)

    return check


@pytest.fixture
def found(check):
    """Check URLs, and return (state, verdict) of each."""

    def found(*urls, options=(), **environment):
        rows = [line.split("\t") for line in check(*urls, options=options, **environment).out.splitlines()]
        return {url: (state, verdict) for state, verdict, url, *_ in rows}

    return found


def before(folder, **time):
    """Have everything that was seen be so much older."""
    seconds = int(timedelta(**time).total_seconds())
    with sqlite3.connect(folder / ".recrawl" / "state.sqlite3") as state:
        state.execute("UPDATE observation SET at = at - ?", (seconds,))
        state.execute("UPDATE url SET at = at - ?", (seconds,))
        state.execute("UPDATE move SET first_at = first_at - ?, last_at = last_at - ?", (seconds, seconds))


def test_a_line_a_link_with_its_url_as_it_was_given(web, check, article):
    there = web.page("/story%20a", article())
    result = check(there.replace("%20", " ") + "#part", web.url("/gone"), options=("--strikes", "1"))
    assert sorted(line.split("\t")[:4] for line in result.out.splitlines()) == [
        ["not-found", "dead", web.url("/gone"), web.url("/gone")],
        ["ok", "alive", web.url("/story a#part"), web.url("/story%20a")],
    ]
    assert result.status == 3
    assert result.err == "2 links, 1 alive, 1 dead\n"


@pytest.mark.parametrize(
    ("options", "status"),
    [((), 0), (("--fail-on", "failing"), 3), (("--strikes", "1"), 3), (("--strikes", "1", "--fail-on", "never"), 0)],
)
def test_the_exit_status_says_whether_what_was_looked_for_was_found(options, status, web, check):
    assert check(web.url("/gone"), options=options).status == status


def test_what_cannot_be_asked_is_told_at_once(found):
    assert found("nonsense", "http://", "http://u:p@127.0.0.1/", "mailto:a@b.example") == {
        "nonsense": ("invalid-url", "dead"),
        "http://": ("invalid-url", "dead"),
        "http://u:p@127.0.0.1/": ("invalid-url", "dead"),
        "mailto:a@b.example": ("skipped", "unsure"),
    }


def test_two_links_to_one_page_are_one_request(web, article, found):
    there = web.page("/story", article())
    assert set(found(there, f"{there}#a", f"{there}#b").values()) == {("ok", "alive")}
    assert web.paths() == ["/story"]


def test_a_copy_in_the_amp_cache_lives_as_long_as_its_page(web, article, recrawl, live, tmp_path, names):
    page = web.page("/story", article()).replace("127.0.0.1", "www.a.example")
    host = f"www.a.example:{web.port}"
    record = tmp_path / "a.md"
    record.write_text(f"---\noriginalUrl: {page}\nampWebUrl: {page}\ncdnAmpWebUrl: {CACHED}\n---\n")
    result = recrawl("check", record, "--format", "tsv", *live, cwd=tmp_path, **names(**{"www.a.example": "127.0.0.1"}))
    assert host in result.out
    assert "ampproject" not in {asked.host for asked in web.asked}


def test_a_folder_is_checked_without_our_fields_and_every_spot_has_its_line(web, article, recrawl, live, tmp_path):
    there, gone = web.page("/story", article()), web.url("/gone")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(f"---\nname: A\nsee:\n  - {there}\n  - {gone}\n---\n\n[x]({gone})\n")
    (tmp_path / "docs/b.yml").write_text(f"home: {gone}\n")
    result = recrawl("check", "docs", "--body", "--strikes", "1", "--format", "jsonl", *live, cwd=tmp_path)
    (dead,) = [found for line in result.out.splitlines() if (found := json.loads(line))["verdict"] == "dead"]
    assert dead["spots"] == [
        {"path": "docs/a.md", "line": 5, "place": "see[1]"},
        {"path": "docs/a.md", "line": 8, "place": None},
        {"path": "docs/b.yml", "line": 1, "place": "home"},
    ]


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_checked(web, article, recrawl, live, tmp_path):
    (tmp_path / "a.md").write_text("---\na: [\n---\n")
    (tmp_path / "b.md").write_text(f"---\na: {web.page('/story', article())}\n---\n")
    result = recrawl("check", ".", *live, "--format", "tsv", cwd=tmp_path)
    assert result.status == 1
    assert "a.md:" in result.err
    assert result.out.startswith("ok\talive")


@pytest.mark.parametrize("arguments", [(), ("nowhere",), ("--urls", "nowhere.txt"), ("--only", "body,feet", ".")])
def test_a_wrong_call_does_nothing_and_says_why(arguments, recrawl, tmp_path):
    result = recrawl("check", *arguments, cwd=tmp_path)
    assert (result.status, result.out) == (2, "")
    assert result.err
    assert not (tmp_path / ".recrawl").exists()


def test_what_was_seen_alive_not_long_ago_is_not_asked_again(web, article, found, tmp_path):
    there, gone = web.page("/story", article()), web.url("/gone")
    found(there, gone)
    web.asked.clear()
    assert found(there, gone, options=("--since", "7d")) == {
        there: ("skipped", "alive"),
        gone: ("not-found", "failing"),
    }
    assert web.paths() == ["/gone"]
    before(tmp_path, days=8)
    found(there, options=("--since", "7d"))
    assert web.paths() == ["/gone", "/story"]


def test_a_dead_link_takes_strikes_in_a_row_apart(web, found, tmp_path):
    gone = web.url("/gone")
    verdicts = []
    for _ in range(5):
        verdicts += [found(gone)[gone][1]]
        before(tmp_path, days=2)
    assert verdicts == ["failing"] * 4 + ["dead"]


def test_links_of_a_host_that_fail_together_are_one_event(web, article, check, tmp_path):
    urls = [web.page(f"/{number}", article()) for number in range(5)]
    check(*urls)
    before(tmp_path, days=10)
    for number in range(5):
        web.page(f"/{number}", "gone", 410)
    result = check(*urls)
    assert {line.split("\t")[1] for line in result.out.splitlines()} == {"alive"}
    assert "5 of 5 links that were alive fail together (gone)" in result.err
    before(tmp_path, days=4)


def test_a_page_that_has_not_changed_is_not_sent_again(web, article, found, tmp_path):
    def answer(handler):
        known = handler.headers.get("If-None-Match") == '"1"'
        handler.send_response(304 if known else 200)
        handler.send_header("ETag", '"1"')
        handler.send_header("Content-Length", "0" if known else str(len(article())))
        handler.end_headers()
        handler.wfile.write(b"" if known else article().encode())

    there = web.answer("/story", answer)
    assert [found(there)[there], found(there)[there]] == [("ok", "alive")] * 2
    assert [asked.headers.get("If-None-Match") for asked in web.requests("/story")] == [None, '"1"']


def test_head_is_sent_only_to_hosts_that_have_proven_to_answer_it_honestly(web, article, found):
    methods = []

    def answer(handler):
        methods.append(handler.command)
        body = b"" if handler.command == "HEAD" else article().encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(article())))
        handler.end_headers()
        handler.wfile.write(body)

    urls = [web.answer(f"/{number}", answer) for number in range(120)]
    assert list(found(*urls, web.url("/gone")).values()).count(("ok", "alive")) == 120
    assert "HEAD" not in methods
    methods.clear()
    assert set(found(*urls).values()) == {("ok", "alive")}
    assert methods == ["HEAD"] * 120


def test_robots_txt_is_obeyed_and_asked_once(web, article, found):
    web.robots("User-agent: *\nDisallow: /private")
    urls = [web.page("/private/a", article()), web.page("/public/a", article()), web.page("/public/b", article())]
    assert list(found(*urls).values()).count(("robots-disallowed", "unsure")) == 1
    assert sorted(asked.path for asked in web.asked) == ["/public/a", "/public/b", "/robots.txt"]


def test_a_site_is_asked_no_faster_than_it_may_be(web, article, found):
    urls = [web.page(f"/{number}", article()) for number in range(4)]
    found(*urls, options=("--delay", "0.3"))
    times = [asked.at for asked in web.asked]
    assert len(times) == 5
    assert all(later - earlier > 0.25 for earlier, later in pairwise(times))


def test_a_site_that_asks_for_less_is_left_alone(web, article, found):
    first = web.page("/1", "slow down", 429, Retry_After="3600")
    urls = [first, *(web.page(f"/{number}", article()) for number in range(2, 9))]
    states = found(*urls)
    assert states[first] == ("rate-limited", "unsure")
    assert {verdict for _, verdict in states.values()} <= {"unsure", "alive"}
    asked = [path for path in web.paths() if path == "/1"]
    assert len(asked) == 1
    assert web.paths()[-1] == "/1"


@pytest.mark.parametrize("hangs", [True, False])
def test_a_host_that_is_not_there_is_not_waited_for_link_by_link(hangs, found, tmp_path):
    (tmp_path / "recrawl.yml").write_text("timeout: 2\n")
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as stack:
        port = server.getsockname()[1]
        if hangs:  # its queue is full, and nobody ever takes anything from it
            for _ in range(3):
                waiting = stack.enter_context(socket.socket())
                waiting.setblocking(False)
                waiting.connect_ex(("127.0.0.1", port))
        else:
            server.close()
        begun = time.monotonic()
        states = found(*(f"http://127.0.0.1:{port}/{number}" for number in range(300)))
    state = "timeout" if hangs else "connection-refused"
    assert {verdict for _, verdict in states.values()} == {"unsure"}
    assert state in {seen for seen, _ in states.values()}
    assert time.monotonic() - begun < 60


def test_ten_thousand_links_of_a_dead_network_are_unsure(check, names):
    result = check(*(f"http://host{number}.example/{number}" for number in range(10_000)), **names())
    rows = [line.split("\t") for line in result.out.splitlines()]
    assert {verdict for _, verdict, *_ in rows} == {"unsure"}
    assert len(rows) == 10_000
    assert "is this machine connected?" in result.err


def test_an_interrupt_ends_it_soon_with_a_summary(web, article, start, live, tmp_path):
    urls = [web.page(f"/{number}", article()) for number in range(60)]
    (tmp_path / "urls.txt").write_text("\n".join(urls))
    options = ("--urls", tmp_path / "urls.txt", "--format", "tsv", "--state", tmp_path / "state")
    running = start("check", *options, *live, "--delay", "0.2")
    while len(web.paths()) < 5:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    begun = time.monotonic()
    out, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "interrupted: " in err
    assert len(out.splitlines()) >= 3
    assert time.monotonic() - begun < 5


def test_a_run_that_was_killed_is_gone_on_with(web, article, start, recrawl, live, tmp_path):
    urls = [web.page(f"/{number}", article()) for number in range(200)]
    (tmp_path / "urls.txt").write_text("\n".join(urls))
    options = ("--urls", tmp_path / "urls.txt", "--format", "tsv", "--state", tmp_path / "state", *live)
    at_once = 4
    kills = 0
    for limit in (20, 60, 100):
        running = start("check", *options, "--delay", "0.01", "--per-site", str(at_once))
        while len(web.paths()) < limit and running.poll() is None:
            time.sleep(0.01)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        kills += 1
        time.sleep(0.3)
    result = recrawl("check", *options, "--per-site", str(at_once))
    assert {line.split("\t")[1] for line in result.out.splitlines()} == {"alive"}
    assert len(result.out.splitlines()) == 200

    def asked():
        return len([path for path in web.paths() if web.url(path) in urls])

    assert 200 <= asked() <= 200 + kills * (at_once + 10)
    web.asked.clear()
    recrawl("check", *options, "--per-site", str(at_once))
    assert asked() == 200
