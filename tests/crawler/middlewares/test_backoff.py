"""What becomes of a site that asks for fewer requests."""

import pytest


@pytest.fixture
def refresh(recrawl, live, tmp_path):
    def refresh(*options, **environment):
        return recrawl("refresh", tmp_path / "articles", *live, "--format", "jsonl", *options, **environment)

    return refresh


@pytest.mark.parametrize(
    ("status", "header"), [(429, {"Retry_After": "3600"}), (429, {}), (503, {"Retry_After": "60"})]
)
def test_a_site_that_asks_for_less_is_left_alone_on_all_its_hosts(status, header, web, article, record, refresh, names):
    hosts = dict.fromkeys(["www.example.com", "amp.example.com", "other.example.org"], "127.0.0.1")
    record(web.page("/a", "slow down", status, **header).replace("127.0.0.1", "www.example.com"), "a.md")
    record(web.page("/b", article()).replace("127.0.0.1", "www.example.com"), "b.md")
    record(web.page("/c", article()).replace("127.0.0.1", "amp.example.com"), "c.md")
    record(web.page("/d", article()).replace("127.0.0.1", "other.example.org"), "d.md")
    result = refresh(**names(**hosts))
    assert {name: states[0][1] for name, states in result.states.items()} == {
        "a.md": "rate-limited",
        "b.md": "rate-limited",
        "c.md": "rate-limited",
        "d.md": "ok",
    }
    assert sorted(web.paths()) == ["/a", "/d"]


def test_requests_that_already_wait_for_the_site_are_not_sent(web, article, record, refresh, tmp_path):
    picture = '<meta property="og:image" content="/picture.png">'
    record(web.page("/a", article(head=picture)), "a.md")
    record(web.page("/b", "slow down", 429), "b.md")
    for name in "cdef":
        record(web.page(f"/{name}", article()), f"{name}.md")
    result = refresh("--delay", "0.3")
    assert web.paths()[:2] == ["/a", "/b"]
    assert "/c" not in web.paths()
    assert result.status == 1


def test_a_503_without_retry_after_speaks_for_its_page_only_and_is_not_tried_again(web, article, record, refresh):
    record(web.page("/a", "busy", 503), "a.md")
    record(web.page("/b", article()), "b.md")
    result = refresh()
    assert result.states == {"a.md": [("article", "server-error")], "b.md": [("article", "ok")]}
    assert sorted(web.paths()) == ["/a", "/b"]


def test_a_replay_asks_nobody_and_leaves_nobody_alone(archive, article, record, recrawl, tmp_path):
    slow = (429, {"Retry-After": "3600"}, "slow down")
    pages = {"https://www.example.com/a": slow, "https://www.example.com/b": article()}
    for url in pages:
        record(url, f"{url[-1]}.md")
    replay = archive(tmp_path / "web.warc.gz", pages)
    result = recrawl("refresh", tmp_path / "articles", "--replay", replay, "--per-site", "1", "--format", "jsonl")
    assert result.states == {"a.md": [("article", "rate-limited")], "b.md": [("article", "ok")]}
