from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from crawler.url import (
    _as_sent,
    _plain,
    absolute,
    domain,
    has_credentials,
    host,
    is_web,
    key,
    same,
    site,
    split,
    without_tracking,
)

BASE = "https://www.example.org/news/a.html?x=1#top"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.Example.ORG/a", "www.example.org"),
        ("http://example.org.:8080/", "example.org"),
        ("http://me:pw@example.org/", "example.org"),
        ("http://[2001:DB8::1]:80/", "2001:db8::1"),
        ("http://bücher.example/", "xn--bcher-kva.example"),
        ("http://BÜCHER.example/", "xn--bcher-kva.example"),
        ("http://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("http://straße.de/", "xn--strae-oqa.de"),
        ("http://日本語。jp/", "xn--wgv71a119e.jp"),
        ("http://i❤.ws/", "xn--i-7iq.ws"),
        ("http://①②⑦.0.0.1/", "127.0.0.1"),
        ("http://foo_bar.example.org/", "foo_bar.example.org"),
        ("//cdn.example.org/x", "cdn.example.org"),
        ("example.org", "example.org"),
        ("example.org:8080", "example.org"),
        ("example.org/a//b", "example.org"),
        ("localhost:80", "localhost"),
        ("mailto:me@example.org", ""),
        ("http://[::1", ""),
        ("http:///path", ""),
        ("", ""),
    ],
)
def test_host(url, name):
    assert host(url) == name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.al.com/news/", "al.com"),
        ("al.com", "al.com"),
        ("https://blog.example.co.uk:8080/x", "example.co.uk"),
        ("https://www-al-com.cdn.ampproject.org/c/s/www.al.com/", "ampproject.org"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]:8000/", "::1"),
        ("http://localhost/", "localhost"),
        ("http://co.uk/", "co.uk"),
        ("http://www.bücher.de/", "xn--bcher-kva.de"),
        ("http://www.xn--bcher-kva.de/", "xn--bcher-kva.de"),
        ("http://a.b.xn--55qx5d.cn/", "b.xn--55qx5d.cn"),
        ("http://a.b.公司.cn/", "b.xn--55qx5d.cn"),
        ("http://a.xn--9.de/", "xn--9.de"),
        ("http://a.github.io/", "github.io"),
        ("http://a.b.ck/", "a.b.ck"),
        ("http://a.www.ck/", "www.ck"),
        ("http://WWW.AL.com./", "al.com"),
        ("http://www.news.unknowntld/", "news.unknowntld"),
        ("/just/a/path", ""),
    ],
)
def test_site(url, name):
    assert site(url) == name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.al.com/news/", "al.com"),
        ("https://blog.example.co.uk:8080/x", "example.co.uk"),
        ("http://0x.example/", "0x.example"),
        ("http://127.0.0.1:8000/", ""),
        ("http://93.184.216.34/", ""),
        ("http://93.184.0xd822/", ""),
        ("http://1.0x/", ""),
        ("http://[2001:db8::1]:8000/", ""),
        ("http://localhost/", ""),
        ("/just/a/path", ""),
    ],
)
def test_domain(url, name):
    assert domain(url) == name


def test_a_cyrillic_lookalike_is_another_site():
    assert site("https://аррle.com/") != site("https://apple.com/")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "HTTPS://EXAMPLE.ORG/a",
        " https://example.org/a ",
        "http://example.org:8080/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://bücher.example/",
        "http://foo_bar.example.org/",
        "http://localhost/",
    ],
)
def test_a_web_url(url):
    assert is_web(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "/a/b",
        "//example.org/a",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:",
        "http://",
        "http:///a",
        "http://./",
        "http://:80/",
        "http://exa mple.org/",
        "http://example.org:99999/",
        "http://example.org:x/",
        "http://[::1",
        "http://exa\\mple.org/",
        "http://<b>.org/",
        None,
        5,
        b"http://example.org/",
    ],
)
def test_no_web_url(url):
    assert not is_web(url)


def test_credentials():
    assert has_credentials("https://me:pw@example.org/")
    assert has_credentials("https://me@example.org/")
    assert not has_credentials("https://example.org/@me?x=a@b")
    assert not has_credentials("mailto:me@example.org")


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("https://other.org/a.html", "https://other.org/a.html"),
        ("/a/b.jpg?w=100", "https://www.example.org/a/b.jpg?w=100"),
        ("b.html", "https://www.example.org/news/b.html"),
        ("../b/./c", "https://www.example.org/b/c"),
        ("//cdn.example.org/a.jpg", "https://cdn.example.org/a.jpg"),
        ("?page=2", "https://www.example.org/news/a.html?page=2"),
        ("https:b.html", "https://www.example.org/news/b.html"),
        ("https://other.org", "https://other.org"),
        ("http://other.org/a/../b/./c?d=/../e#f", "http://other.org/b/c?d=/../e#f"),
        (" https://other.org/a b.jpg\n", "https://other.org/a%20b.jpg"),
        ("https://other.org/lo\n  ng", "https://other.org/lo%20%20ng"),
        ("ht\ttps://other.org/a", "https://other.org/a"),
        ("/é?q=ü", "https://www.example.org/%C3%A9?q=%C3%BC"),
        ("/%C3%A9?q=%20", "https://www.example.org/%C3%A9?q=%20"),
        ('/"<>^`{|}', "https://www.example.org/%22%3C%3E%5E%60%7B%7C%7D"),
        ("http://bücher.example:8080/a", "http://xn--bcher-kva.example:8080/a"),
        ("http://straße.de/", "http://xn--strae-oqa.de/"),
        (r"https:\\other.org\a?b=\c", "https://other.org/a?b=%5Cc"),
        (r"\a\b", "https://www.example.org/a/b"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("data:image/png;base64,AAAA", None),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("JavaScript:alert(1)", None),
        ("mailto:me@example.org", None),
        ("file:///etc/passwd", None),
        ("https://me:pw@other.org/", None),
        ("http://[::1", None),
        ("http://other.org:99999/", None),
        ("http:///a", None),
        ("//。", None),
        ("//\x80", None),
        ("https://exa\x85mple.org/a", None),
        ("http://．｡/a", None),
        ("http://exa mple.org/a", None),
        ("/\ud800", None),
        ("", None),
        (" \n", None),
    ],
)
def test_absolute(reference, found):
    assert absolute(BASE, reference) == found


def test_an_address_that_no_server_takes_is_none():
    assert absolute(BASE, "/" + "a" * 7000)
    assert absolute(BASE, "/" + "a" * 8000) is None
    assert absolute(BASE, "https://example.org/" + "a" * 1_000_000) is None


def test_a_reference_has_no_meaning_beside_a_base_that_is_no_url():
    assert absolute("", "/a") is None
    assert absolute("about:blank", "b.html") is None
    assert absolute("about:https://example.org/", "/a") is None
    assert absolute("http://[::1", "/a") is None
    assert absolute("", "https://other.org/a") == "https://other.org/a"


@pytest.mark.parametrize("base", [BASE, "http://example.org", "https://example.org/?u=http://other.org/", " " + BASE])
@pytest.mark.parametrize(
    "reference",
    ["/a", "/a/b-c.d.html", "/a/?x=1&y=2.0", "/a/b/", "https://other.org/a/b.html", "https://other.org/a?b=c-d_e"],
)
def test_the_short_way_for_plain_references_leads_to_the_same(base, reference):
    origin = base.strip().split("/")[:3]
    whole = reference if "//" in reference else "/".join(origin) + reference
    assert absolute(base, reference) == whole == safe_url_string(whole)


_PIECES = st.sampled_from([*"/?=&#,+:@!';*(~ é\\", ".", "..", "//", "a", "B-7", "%20"])


@given(st.sampled_from(["", "https://other.org", "http://a.b.example"]), st.lists(_PIECES, max_size=8).map("".join))
def test_the_short_way_is_never_taken_where_the_long_one_leads_elsewhere(origin, rest):
    if found := _plain(BASE, origin + rest):
        assert found == _as_sent(urljoin(BASE, origin + rest)) == safe_url_string(found)


@given(st.text(), st.text())
def test_absolute_is_a_web_url_without_credentials_or_nothing(base, reference):
    for found in (absolute(base, reference), absolute(BASE, reference)):
        if found is not None:
            assert is_web(found)
            assert found.isascii()
            assert not has_credentials(found)
            assert absolute(BASE, found) == found


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://example.org/a?utm_source=x&UTM_Medium=y", "https://example.org/a"),
        ("https://example.org/a?id=1&fbclid=2#comments", "https://example.org/a?id=1"),
        ("https://example.org/a?b=%20c+d&gclid=2&e=%E9", "https://example.org/a?b=%20c+d&e=%E9"),
        ("https://example.org/a?amp&amp_js_v=0.1&usqp=mq331&aoh=1", "https://example.org/a?amp"),
        ("https://example.org/a?outputType=amp", "https://example.org/a?outputType=amp"),
        ("https://example.org/a?a=1&&b=2;c", "https://example.org/a?a=1&&b=2;c"),
        ("https://example.org/a?aohx=1&xutm_a=2", "https://example.org/a?aohx=1&xutm_a=2"),
        ("https://example.org/a?", "https://example.org/a"),
    ],
)
def test_without_tracking(url, clean):
    assert without_tracking(url) == clean


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a", "https://www.example.org/a/"),
        ("https://example.org:443/a", "http://example.org:80/a"),
        ("https://EXAMPLE.org./a", "https://example.org/a"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://example.org/caf%C3%A9?q=%c3%a9", "https://example.org/café?q=é"),
        ("https://example.org/%7Eme", "https://example.org/~me"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a%2fb", "https://example.org/a%2Fb"),
        ("https://example.org/a?utm_source=x#y", "https://example.org/a"),
        ("https://example.org", "https://example.org/"),
        ("not a url", "not a url"),
    ],
)
def test_same(one, other):
    assert same(one, other)
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://news.example.org/a"),
        ("https://example.org/a", "https://example.org:8080/a"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1%26c=2"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/a%3Fb", "https://example.org/a?b"),
        ("https://example.org/%E9", "https://example.org/%E8"),
        ("https://example.org/\ud800", "https://example.org/\ud801"),
        ("https://аррle.com/", "https://apple.com/"),
    ],
)
def test_not_the_same(one, other):
    assert not same(one, other)


@given(st.text())
def test_no_text_breaks_any_of_it(text):
    for found in (host(text), site(text), key(text), without_tracking(text)):
        assert isinstance(found, str)
    assert split(text) is not None
    assert same(text, text)
    has_credentials(text)


@given(st.from_regex(r"https?://[a-z@:.\[\]%é①\\/?#&=\x00-\x20-]{0,30}", fullmatch=True))
def test_nothing_like_a_url_breaks_any_of_it(text):
    assert isinstance(site(text), str)
    assert isinstance(key(text), str)
    absolute(text, text)
    absolute(text, "/a")
