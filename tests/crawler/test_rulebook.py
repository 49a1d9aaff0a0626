"""robots.txt as servers give it (RFC 9309), met by both engines: refresh, on Scrapy, and check, on libcurl.

Each case is a site of its own; one run meets them all, and the server's log tells what was asked.
"""

import sqlite3
import time
from dataclasses import dataclass, field

import pytest

from crawler.robots import FRESH, MAX_BYTES

NOTHING = "User-agent: *\nDisallow: /"
PADDING = "# " + "x" * MAX_BYTES + "\n"

CASES = {
    "200: nothing is allowed": "robots-disallowed",
    "200: all is allowed": "ok",
    "200: our own group counts": "ok",
    "200: the longest match counts": "ok",
    "200: wildcards": "robots-disallowed",
    "200: no rules but a page": "ok",
    "200: rules in the first 500 KiB": "robots-disallowed",
    "200: rules behind them": "ok",
    "301: five redirects": "robots-disallowed",
    "301: six redirects": "ok",
    "302: to another host": "robots-disallowed",
    "302: in a circle": "ok",
    "401": "ok",
    "403": "ok",
    "404": "ok",
    "410": "ok",
    "429": "robots-unreachable",
    "500": "robots-unreachable",
    "503": "robots-unreachable",
    "503: with Retry-After": "robots-unreachable",
    "dropped": "robots-unreachable",
    "cut off": "robots-unreachable",
    "late": "robots-unreachable",
}
"""What becomes of the page of a site, by what its robots.txt is."""

HOSTS = {name: f"127.0.1.{number}" for number, name in enumerate(CASES, 1)}
KEPT = [name for name, state in CASES.items() if state in ("ok", "robots-disallowed")]
FAILING = ["500", "503", "dropped", "cut off", "late"]
LEFT_ALONE = ["429", "503: with Retry-After"]

BODIES = {
    "200: nothing is allowed": NOTHING,
    "200: all is allowed": "",
    "200: our own group counts": f"{NOTHING}\n\nUser-agent: recrawl\nAllow: /",
    "200: the longest match counts": f"{NOTHING}\nAllow: /story",
    "200: wildcards": "User-agent: *\nDisallow: /*.html$",
    "200: no rules but a page": "<!doctype html><title>Welcome</title><p>Disallow: /",
    "200: rules in the first 500 KiB": f"{NOTHING}\n{PADDING}",
    "200: rules behind them": f"{PADDING}{NOTHING}",
}


def drop(handler):
    handler.close_connection = True


def cut_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"User-agent: *\n")
    handler.close_connection = True


def keep_waiting(handler):
    time.sleep(2)


def lay_out(web, article):
    """Give each case its robots.txt, and its page."""
    for name, host in HOSTS.items():
        web.page("/story.html", article(), host=host)
        if name in BODIES:
            web.robots(BODIES[name], host=host)
        elif name[:3].isdigit():
            web.robots(NOTHING, int(name[:3]), host=host)
    for name, length in (("301: five redirects", 5), ("301: six redirects", 6)):
        host = HOSTS[name]
        web.redirect("/robots.txt", "/1", host=host)
        for number in range(1, length):
            web.redirect(f"/{number}", f"/{number + 1}", host=host)
        web.page(f"/{length}", NOTHING, host=host, Content_Type="text/plain")
    elsewhere = web.url("/robots.txt", HOSTS["200: nothing is allowed"])
    web.redirect("/robots.txt", elsewhere, 302, HOSTS["302: to another host"])
    web.redirect("/robots.txt", "/round", 302, HOSTS["302: in a circle"])
    web.redirect("/round", "/robots.txt", 302, HOSTS["302: in a circle"])
    web.page("/robots.txt", "", 503, HOSTS["503: with Retry-After"], Retry_After="3600")
    for name, answer in (("dropped", drop), ("cut off", cut_off), ("late", keep_waiting)):
        web.answer("/robots.txt", answer, HOSTS[name])


@dataclass
class Run:
    """What each case was found to be, and what its host was asked."""

    states: dict[str, str]
    asked: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def runs(engine, shared_web, article, record_in, tmp_path_factory):
    """Three runs: the first ever, one right after it, and one a day later, by when every robots.txt fails."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "recrawl.yml").write_text("timeout: 1\n")
    lay_out(shared_web, article)
    for host in HOSTS.values():
        record_in(folder, shared_web.url("/story.html", host), f"{host}.md")

    def run():
        del shared_web.asked[:]
        found = engine(folder)
        asked = {name: [one.path for one in shared_web.asked if one.host == host] for name, host in HOSTS.items()}
        return Run({name: found[host] for name, host in HOSTS.items()}, asked)

    first, second = run(), run()
    grow_old(folder)
    for host in HOSTS.values():
        shared_web.robots("", 503, host=host)
    return first, second, run()


def grow_old(folder):
    """Put back what the state says of robots.txt and of sites that want to be left alone by a day."""
    seconds = int(FRESH.total_seconds())
    with sqlite3.connect(folder / ".recrawl/state.sqlite3") as state:
        state.execute("UPDATE robots SET at = at - ?, failing_since = failing_since - ?", (seconds, seconds))
        state.execute("UPDATE restraint SET until = until - ?", (seconds,))
    state.close()


@pytest.mark.parametrize("name", CASES)
def test_a_page_is_asked_only_where_robots_txt_allows_it(name, runs):
    first = runs[0]
    assert first.states[name] == CASES[name]
    assert ("/story.html" in first.asked[name]) is (CASES[name] == "ok")


@pytest.mark.parametrize("name", KEPT)
def test_what_robots_txt_said_serves_the_runs_of_a_day(name, runs):
    second = runs[1]
    assert second.states[name] == CASES[name]
    assert second.asked[name] == (["/story.html"] if CASES[name] == "ok" else [])


@pytest.mark.parametrize("name", FAILING)
def test_what_was_not_to_be_had_is_asked_for_again_in_the_next_run(name, runs):
    assert "/robots.txt" in runs[1].asked[name]
    assert "/story.html" not in runs[1].asked[name]


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_a_site_that_asks_for_time_is_left_alone_in_the_next_run(name, runs):
    assert runs[1].states[name] == "rate-limited"
    assert runs[1].asked[name] == []


@pytest.mark.parametrize("name", KEPT)
def test_the_last_good_copy_holds_while_robots_txt_fails(name, runs):
    third = runs[2]
    assert third.states[name] == CASES[name]
    assert third.asked[name][0] == "/robots.txt"
    assert ("/story.html" in third.asked[name]) is (CASES[name] == "ok")


@pytest.mark.parametrize("name", [name for name in CASES if name not in KEPT])
def test_where_there_is_no_good_copy_nothing_is_asked_but_robots_txt(name, runs):
    third = runs[2]
    assert third.states[name] == "robots-unreachable"
    assert set(third.asked[name]) == {"/robots.txt"}
