"""That robots.txt is asked for once a host, and obeyed."""

import time

import pytest

from crawler import __version__


@pytest.fixture
def refresh(recrawl, live, tmp_path):
    def refresh(*options, **environment):
        return recrawl("refresh", tmp_path / "articles", *live, "--format", "jsonl", *options, **environment)

    return refresh


def test_all_that_wait_for_one_robots_txt_are_held_to_it(web, article, record, refresh):
    def slowly(handler):
        time.sleep(0.5)
        disallow(handler)

    web.robots("User-agent: *\nDisallow: /")
    disallow = web.find("", "/robots.txt")
    web.answer("/robots.txt", slowly)
    for number in range(6):
        record(web.page(f"/{number}", article()), f"{number}.md")
    result = refresh("--per-site", "6")
    assert {states[0][1] for states in result.states.values()} == {"robots-disallowed"}
    assert [asked.path for asked in web.asked] == ["/robots.txt"]


def test_each_host_has_its_own_and_is_asked_once(web, article, record, refresh):
    web.robots("User-agent: *\nDisallow: /b", host="127.0.0.2")
    for number, path in enumerate(["/a", "/b", "/c"]):
        web.page(path, article())
        record(web.url(path), f"1-{number}.md")
        record(web.url(path, "127.0.0.2"), f"2-{number}.md")
    result = refresh()
    assert [name for name, states in result.states.items() if states[0][1] != "ok"] == ["2-1.md"]
    assert len(web.requests("/robots.txt")) == 2


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("User-agent: recrawl\nDisallow: /story", "robots-disallowed"),
        ("User-agent: Otherbot\nDisallow: /", "ok"),
        ("User-agent: *\nDisallow: /\n\nUser-agent: recrawl\nAllow: /", "ok"),
        ("User-agent: *\nDisallow: /*?", "ok"),
        ("<!doctype html><title>Welcome</title>", "ok"),
        ("", "ok"),
    ],
)
def test_the_rules_for_us_are_obeyed(text, state, web, article, record, refresh, tmp_path):
    web.robots(text)
    record(web.page("/story", article()))
    (tmp_path / "articles/recrawl.yml").write_text("contact: https://example.org/bot")
    assert refresh().states["one.md"] == [("article", state)]
    agents = {asked.headers["User-Agent"] for asked in web.asked}
    assert agents == {f"recrawl/{__version__} (+https://example.org/bot)"}


def test_redirects_are_followed_to_its_rules_and_checked_against_the_rules_of_their_target(
    web, article, record, refresh
):
    web.redirect("/robots.txt", "/moved/robots.txt")
    web.page("/moved/robots.txt", "User-agent: *\nDisallow: /private", Content_Type="text/plain")
    web.robots("User-agent: *\nDisallow: /private", host="127.0.0.2")
    record(web.page("/private/1", article()), "1.md")
    record(web.redirect("/2", web.url("/private/2", "127.0.0.2")), "2.md")
    result = refresh()
    assert result.states == {"1.md": [("article", "robots-disallowed")], "2.md": [("article", "robots-disallowed")]}
    assert web.paths() == ["/moved/robots.txt", "/2"]


def test_a_crawl_delay_is_kept_whatever_delay_we_would_have_chosen(web, article, record, refresh):
    web.robots("User-agent: *\nCrawl-delay: 1")
    for number in range(4):
        record(web.page(f"/{number}", article()), f"{number}.md")
    refresh()
    assert web.asked[-1].at - web.asked[0].at > 4 - 1.5


def test_a_crawl_delay_of_an_archive_is_of_no_concern(archive, article, record, recrawl, tmp_path):
    pages = {f"https://www.example.com/{number}": article() for number in range(4)}
    for number, url in enumerate(pages):
        record(url, f"{number}.md")
    robots = {"https://www.example.com/robots.txt": "User-agent: *\nCrawl-delay: 60"}
    replay = archive(tmp_path / "web.warc.gz", pages | robots)
    # Ends, or is killed: three delays are more than any command of these tests may take.
    assert recrawl("refresh", tmp_path / "articles", "--replay", replay).status == 0
