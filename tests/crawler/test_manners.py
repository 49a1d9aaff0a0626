"""How sites that ask for fewer requests, or slower ones, are asked by both engines; seen from the server."""

import sqlite3
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

HOUR = timedelta(hours=1)


def in_an_hour():
    return format_datetime(datetime.now(UTC) + HOUR, usegmt=True)


CASES = {
    "429 with seconds": (429, lambda: {"Retry_After": "3600"}),
    "429 with a date": (429, lambda: {"Retry_After": in_an_hour()}),
    "429 without": (429, dict),
    "429 with nonsense": (429, lambda: {"Retry_After": "soon"}),
    "503 with seconds": (503, lambda: {"Retry_After": "3600"}),
    "503 with a date": (503, lambda: {"Retry_After": in_an_hour()}),
}
"""Answers after which a whole site is left alone: for as long as it says, else for five minutes."""

SITES = {name: f"site-{number}.example" for number, name in enumerate(CASES)}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    return tmp_path / "articles"


@pytest.fixture(scope="module")
def runs(engine, shared_web, article, record_in, names, tmp_path_factory):
    """Two runs, one right after the other, and one two hours later.

    Every site answers its first page with a complaint, has another page on another host, and a neighbour.
    """
    folder = tmp_path_factory.mktemp("articles")
    hosts = [f"{name}.{site}" for site in SITES.values() for name in ("www", "zzz")] + ["neighbour.example"]
    for host in hosts:
        shared_web.page("/story", article(), host=host)
        record_in(folder, shared_web.url("/story", host), f"{host}.md")
    for name, (status, headers) in CASES.items():
        shared_web.page("/story", "slow down", status, f"www.{SITES[name]}", **headers())

    def run():
        del shared_web.asked[:]
        found = engine(folder, **names(**dict.fromkeys(hosts, "127.0.0.1")))
        return found, [one.host for one in shared_web.asked if one.path == "/story"]

    first, second = run(), run()
    for name in CASES:
        shared_web.page("/story", article(), host=f"www.{SITES[name]}")
    with sqlite3.connect(folder / ".recrawl/state.sqlite3") as state:
        state.execute("UPDATE restraint SET until = until - 7200")
    state.close()
    return first, second, run()


@pytest.mark.parametrize("name", CASES)
def test_a_site_that_complains_is_left_alone_on_all_its_hosts_from_then_on(name, runs):
    states, asked = runs[0]
    one, other = f"www.{SITES[name]}", f"zzz.{SITES[name]}"
    assert states[one] == "rate-limited"
    assert asked.count(one) == 1
    assert other not in asked[asked.index(one) :]
    assert states[other] == ("ok" if other in asked else "rate-limited")
    assert states["neighbour.example"] == "ok"


@pytest.mark.parametrize("name", CASES)
def test_it_is_left_alone_by_the_next_run_too(name, runs):
    states, asked = runs[1]
    assert states[f"zzz.{SITES[name]}"] == "rate-limited"
    assert not [host for host in asked if host.endswith(SITES[name])]


@pytest.mark.parametrize("name", CASES)
def test_it_is_asked_again_when_its_time_has_come(name, runs):
    states, _ = runs[2]
    assert (states[f"www.{SITES[name]}"], states[f"zzz.{SITES[name]}"]) == ("ok", "ok")


def test_requests_that_already_wait_for_the_site_are_not_sent(web, article, record, refreshing, folder):
    picture = '<meta property="og:image" content="/picture.png">'
    record(web.page("/a", article(head=picture)), "a.md")
    record(web.page("/b", "slow down", 429), "b.md")
    for name in "cdef":
        record(web.page(f"/{name}", article()), f"{name}.md")
    refreshing(folder, "--delay", "0.3")
    assert web.paths()[:2] == ["/a", "/b"]
    assert "/c" not in web.paths()


@pytest.mark.parametrize(("status", "headers"), [(503, {}), (200, {"Retry_After": "3600"}), (404, {})])
def test_what_is_no_complaint_speaks_for_its_page_only(status, headers, engine, web, article, record, folder):
    record(web.page("/a", article(), status, **headers), "a.md")
    record(web.page("/b", article()), "b.md")
    engine(folder)
    assert {"/a", "/b"} <= set(web.paths())
    assert not complaints(folder)


def complaints(folder):
    with sqlite3.connect(folder / ".recrawl/state.sqlite3") as state:
        found = state.execute("SELECT site, level FROM restraint").fetchall()
    state.close()
    return found


def test_a_short_rest_is_waited_for_and_then_the_site_is_asked_slower(engine, web, article, record, folder):
    """What a site asks for counts from the end of an answer, so its log shows no less between two requests."""

    def busy(handler):
        web.answers["", "/0"] = whole
        complain(handler)

    web.page("/busy", "slow down", 429, Retry_After="1")
    complain = web.find("", "/busy")
    for number in range(3):
        record(web.page(f"/{number}", article()), f"{number}.md")
    whole = web.find("", "/0")
    web.answer("/0", busy)
    assert engine(folder)["127.0.0.1"] == "ok"
    assert complaints(folder) == [("127.0.0.1", 1)]
    assert sorted(web.paths()) == ["/0", "/0", "/1", "/2"]
    times = [asked.at for asked in web.asked]
    first = [asked.path for asked in web.asked].index("/0")
    assert all(later - earlier >= 1 for earlier, later in pairwise(times[first:]))


def test_a_page_that_asks_for_a_short_rest_again_and_again_does_not_cost_the_others_theirs(
    engine, web, article, record, folder, names
):
    web.page("/story", "slow down", 429, "a.site.example", Retry_After="1")
    hosts = [f"{letter}.site.example" for letter in "abc"]
    for host in hosts:
        if host[0] != "a":
            web.page("/story", article(), host=host)
        record(web.url("/story", host), f"{host}.md")
    found = engine(folder, **names(**dict.fromkeys(hosts, "127.0.0.1")))
    assert found == {"a.site.example": "rate-limited", "b.site.example": "ok", "c.site.example": "ok"}
    assert len(web.paths("a.site.example")) == 2


def test_a_crawl_delay_is_kept_by_the_server_s_log(engine, web, article, record, folder):
    web.robots("User-agent: *\nCrawl-delay: 0.4", host="127.0.0.2")
    for number in range(3):
        record(web.page(f"/{number}", article()).replace("127.0.0.1", "127.0.0.2"), f"{number}.md")
    engine(folder)
    times = [asked.at for asked in web.asked]
    assert len(times) == 4
    assert all(later - earlier >= 0.4 for earlier, later in pairwise(times[1:]))


@pytest.mark.parametrize(("delay", "state"), [("0", "robots-disallowed"), ("90", "ok")])
def test_a_site_that_asks_for_minutes_is_left_alone_unless_it_is_given_them(
    delay, state, engine, web, article, record, folder
):
    web.robots("User-agent: *\nCrawl-delay: 90")
    record(web.page("/story", article(), host="127.0.0.1"), "one.md")
    # What robots.txt says is known from an earlier run, so that nothing has to be waited for here.
    engine(folder)
    assert web.paths() == []
    (folder / "recrawl.yml").write_text(f"sites:\n  127.0.0.1: {{delay: {delay}}}\n")
    assert engine(folder) == {"127.0.0.1": state}
    assert web.paths() == ["/story"] * (state == "ok")


def test_a_replay_asks_nobody_and_leaves_nobody_alone(archive, article, record, recrawl, tmp_path):
    slow = (429, {"Retry-After": "3600"}, "slow down")
    pages = {"https://www.example.com/a": slow, "https://www.example.com/b": article()}
    for url in pages:
        record(url, f"{url[-1]}.md")
    replay = archive(tmp_path / "web.warc.gz", pages)
    result = recrawl("refresh", tmp_path / "articles", "--replay", replay, "--per-site", "1", "--format", "jsonl")
    assert result.states == {"a.md": [("article", "rate-limited")], "b.md": [("article", "ok")]}
