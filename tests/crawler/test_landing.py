"""Where a redirect has led."""

import pytest

from crawler import landing
from crawler.verdict import State

A = "https://example.org"
PIER = f"{A}/2020/10/new-pier-opens-to-the-public"


def state(start, end, *own):
    found = landing.astray(start, end, own)
    return found and found[0]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (PIER, PIER),
        (PIER, "http://www.example.org/2020/10/new-pier-opens-to-the-public/?utm_source=x"),
        (PIER, f"{A}/news/new-pier-opens-to-the-public"),
        (PIER, f"{A}/77001"),
        (PIER, f"{A}/new-pier-opens-to-the-public"),
        (f"{PIER}/amp", PIER),
        (f"{PIER}/2", PIER),
        (f"{PIER}/index.html", PIER),
        (f"{PIER}/single-page", PIER),
        (f"{A}/p/1", f"{A}/p/2"),
        (f"{A}/", f"{A}/en/"),
        (f"{A}/index.html", f"{A}/"),
        (PIER, f"{A}/?p=77001"),
        (PIER, f"{A}/?article=new-pier-opens-to-the-public"),
        (f"{A}/login/help", f"{A}/login/reset"),
        ("https://accounts.example.org/help", "https://accounts.example.org/help-2"),
        ("https://sedo.com/a", "https://sedo.com/b"),
        (f"{A}/errors/404", f"{A}/not-found"),
        (f"{A}/a/b", f"{A}/c"),
        (PIER, f"{A}/new-pier-opens"),
        (PIER, f"{A}/頭版"),
        (PIER, f"{A}/?a={'x' * 21}"),
        (f"{A}/2020/new-pier-opens", f"{A}/news/today"),
        (f"{A}/new-pier-opens", f"{A}/news/today"),
        (f"{A}/en/new-pier-opens", f"{A}/news"),
        (f"{A}/about/us/amp", f"{A}/about/us"),
        ("about:blank", "about:srcdoc"),
        (f"{A}/a/頭", f"{A}/頭"),
    ],
)
def test_it_may_be_the_page(start, end):
    assert state(start, end) is None


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (f"{A}/", State.REDIRECT_HOME),
        (f"{A}/en", State.REDIRECT_HOME),
        (f"{A}/en-GB/", State.REDIRECT_HOME),
        (f"{A}/index.php", State.REDIRECT_HOME),
        (f"{A}/startseite", State.REDIRECT_HOME),
        (f"{A}/2020/10", State.REDIRECT_HOME),
        (f"{A}/technology", State.REDIRECT_HOME),
        (f"{A}/?p=77", State.REDIRECT_HOME),
        (f"{A}/?a={'x' * 20}", State.REDIRECT_HOME),
        (f"{A}/new-pier", State.REDIRECT_HOME),
        ("https://other.example/", State.REDIRECT_HOME),
        ("https://www.sedo.com/search?d=example.org", State.PARKED),
        (f"{A}/lander", State.PARKED),
        (f"{A}/cgi-sys/suspendedpage.cgi", State.PARKED),
        (f"{A}/login?to=pier", State.LOGIN),
        ("https://accounts.example.org/x/y/z/w-w-w", State.LOGIN),
        (f"{A}/consent?to=pier", State.BLOCKED),
        ("https://consent.example.net/x/y/z/w", State.BLOCKED),
        (f"{A}/captcha", State.BLOCKED),
        ("https://captcha.example.net/x/y/z/w", State.BLOCKED),
        (f"{A}/error/404.html", State.SOFT_404),
        (f"{A}/search", State.SOFT_404),
    ],
)
def test_it_is_another_page(end, expected):
    assert landing.astray(PIER, end) == (expected, f"redirected to {end}")


@pytest.mark.parametrize("end", [f"{A}/technology", f"{A}/login", f"{A}/"])
def test_but_not_where_the_article_is_known_to_be_there(end):
    assert state(PIER, end, "https://example.org/elsewhere", end) is None


def test_what_is_no_article_may_move_up_sideways():
    assert state(f"{A}/about/us", f"{A}/team") is None
    assert state(f"{A}/about/us", f"{A}/about") is State.REDIRECT_HOME
    assert state(f"{A}/about/us", f"{A}/") is State.REDIRECT_HOME
    assert state(f"{A}/about/12345", f"{A}/team") is State.REDIRECT_HOME
    assert state(f"{A}/about/0123456789ab", f"{A}/team") is State.REDIRECT_HOME


def test_what_is_left_out_on_the_way_up_tells():
    assert state(f"{A}/about/pier/2", f"{A}/about") is State.REDIRECT_HOME
    assert state(f"{A}/en/about/us", f"{A}/about") is State.REDIRECT_HOME
    assert state(f"{A}/home/new-pier-opens", f"{A}/") is State.REDIRECT_HOME
    assert state(f"{A}/home", f"{A}/") is None


@pytest.mark.parametrize(
    ("url", "sought"),
    [
        (PIER, set()),
        (f"{A}/login", {"login"}),
        (f"{A}/search", {"listing"}),
        (f"{A}/tag/pier", {"listing"}),
        (f"{A}/?s=pier", {"listing"}),
        (f"{A}/login?q=pier", {"login", "listing"}),
    ],
)
def test_an_address_may_ask_for_what_is_no_article(url, sought):
    assert landing.sought(url) == sought


@pytest.mark.parametrize(
    ("url", "names"),
    [
        (PIER, {"new-pier-opens-to-the-public"}),
        (f"{PIER}.html", {"new-pier-opens-to-the-public"}),
        (f"{PIER}.amp.html", {"new-pier-opens-to-the-public"}),
        (f"{PIER}/amp", {"new-pier-opens-to-the-public"}),
        (f"{A}/news/77001-pier", {"77001", "77001-pier"}),
        (f"{A}/news/77001/pier", {"77001"}),
        (f"{A}/20201020/pier", set()),
        (f"{A}/202010/pier", set()),
        (f"{A}/20201020/pier-77001", {"77001", "pier-77001"}),
        (f"{A}/en/pier", set()),
        (f"{A}/", set()),
    ],
)
def test_an_address_names_its_article(url, names):
    assert landing.names(url) == names


@pytest.mark.parametrize(
    ("url", "language"),
    [
        (f"{A}/de/pier", "de"),
        (f"{A}/pt-BR/pier", "pt"),
        (f"{A}/pt_BR/pier", "pt"),
        ("https://fr.example.org/pier", "fr"),
        ("https://fr.example.org/de/pier", "de"),
        (f"{A}/pier/de", ""),
        (f"{A}/dex/pier", ""),
        (f"{A}/", ""),
    ],
)
def test_an_address_may_say_its_language(url, language):
    assert landing.language(url) == language
