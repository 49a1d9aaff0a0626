"""A record's chain of requests, asked of a real server."""

import json

import pytest


@pytest.fixture
def chain(web, record, recrawl, live, tmp_path):
    """Refresh one record, and return the role and state of each of its targets."""

    def refresh(url, *options, **fields):
        record(url, **fields)
        result = recrawl("refresh", tmp_path / "articles", *live, "--format", "jsonl", *options)
        return result.states["one.md"]

    return refresh


def test_the_article_is_asked_once_and_written(web, article, chain, record, tmp_path):
    states = chain(web.page("/story", article()))
    assert states == [("article", "ok")]
    assert web.paths() == ["/story"]
    assert "after four years of work and two storms." in (tmp_path / "articles/one.md").read_text()


def test_another_address_of_the_article_is_asked_too(web, article, chain):
    assert chain(web.page("/old", article()), web_url=web.page("/new", article())) == [("article", "ok"), ("web", "ok")]


def test_an_address_to_which_the_article_redirects_is_not_asked_again(web, article, chain):
    new = web.page("/new", article())
    assert chain(web.redirect("/old", new), web_url=new) == [("article", "moved-permanently")]
    assert web.paths() == ["/old", "/new"]


def test_an_amp_page_that_the_article_announces_is_asked(web, article, chain):
    web.page("/story/amp", article())
    states = chain(web.page("/story", article(head='<link rel="amphtml" href="/story/amp">')))
    assert [role for role, _ in states] == ["article", "amp"]
    assert web.paths() == ["/story", "/story/amp"]


def test_the_amp_page_of_the_record_is_asked_where_none_is_announced(web, article, chain):
    chain(web.page("/story", article()), ampWebUrl=web.page("/amp/story", article()))
    assert web.paths() == ["/story", "/amp/story"]


def test_an_amp_page_that_is_the_article_itself_is_not_asked_again(web, article, chain):
    chain(web.page("/story", article(head='<link rel="amphtml" href="/story">')))
    assert web.paths() == ["/story"]


@pytest.mark.parametrize("amp", ["gone", "redirects"])
def test_an_amp_page_that_is_known_to_be_pointless_is_not_asked_again(amp, web, article, chain, record, tmp_path):
    url = web.page("/story", article())
    if amp == "redirects":
        web.redirect("/amp/story", url)
    chain(url, ampWebUrl=web.url("/amp/story"))
    assert "/amp/story" in web.paths()
    web.asked.clear()
    chain(url, "--force", ampWebUrl=web.url("/amp/story"))
    assert web.paths() == ["/story"]


CACHE = "www-gone-example.cdn.ampproject.org"
CACHED = f"https://{CACHE}/c/s/www.gone.example/amp/story"


@pytest.mark.parametrize(
    ("robots", "state"),
    [("User-agent: *\nAllow: /", "ok"), ("User-agent: *\nDisallow: /", "robots-disallowed")],
)
def test_the_amp_cache_is_asked_where_nothing_else_answers_and_its_robots_txt_allows(
    robots, state, article, archive, chain, tmp_path
):
    pages = archive(tmp_path / "web.warc.gz", {f"https://{CACHE}/robots.txt": robots, CACHED: article()})
    record = {"ampWebUrl": "https://www.gone.example/amp/story"}
    assert chain("https://www.gone.example/story", "--replay", pages, **record) == [
        ("article", "not-in-archive"),
        ("amp", "not-in-archive"),
        ("amp-cache", state),
    ]


def test_the_amp_cache_is_not_asked_where_the_article_answers(web, article, chain):
    states = chain(web.page("/story", article()), ampWebUrl="https://www.gone.example/amp/story")
    assert [role for role, _ in states] == ["article", "amp"]


def test_an_unchanged_article_ends_the_visit(web, article, chain, record, recrawl, live, tmp_path):
    def answer(handler):
        unchanged = handler.headers["If-None-Match"] == '"1"'
        body = b"" if unchanged else article().encode()
        handler.send_response(304 if unchanged else 200)
        handler.send_header("ETag", '"1"')
        handler.send_header("Content-Type", "text/html")
        if not unchanged:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    amp = web.page("/amp", article())
    chain(web.answer("/story", answer), ampWebUrl=amp)
    web.asked.clear()
    result = recrawl("refresh", tmp_path / "articles", *live, "--format", "jsonl")
    assert result.states["one.md"] == [("article", "ok")]
    assert web.paths() == ["/story"]
    assert json.loads(result.out)["written"] is False
