import json
from pathlib import Path

import pytest

from crawler.amp import cache_url, origin_url, subdomain
from crawler.url import split

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "amp-cache-urls.json"

PAIRS = [
    ("https://news.example.com", "https://news-example-com.cdn.ampproject.org/c/s/news.example.com"),
    ("http://example.com/a?b=c%20d", "https://example-com.cdn.ampproject.org/c/example.com/a?b=c%20d"),
    ("https://a-b.example.com/x.html", "https://a--b-example-com.cdn.ampproject.org/c/s/a-b.example.com/x.html"),
    ("https://example.com/p/bridge.JPG", "https://example-com.cdn.ampproject.org/i/s/example.com/p/bridge.JPG"),
    ("https://example.com/f.woff2", "https://example-com.cdn.ampproject.org/r/s/example.com/f.woff2"),
    ("https://點看.com/a", "https://xn---com-k47jg78q.cdn.ampproject.org/c/s/點看.com/a"),
]


@pytest.mark.parametrize(("origin", "cached"), PAIRS)
def test_both_ways(origin, cached):
    assert cache_url(origin) == cached
    assert origin_url(cached) == origin


def test_the_viewer_has_addresses_of_its_own():
    cached = cache_url("https://example.com/a", viewer=True)
    assert cached == "https://example-com.cdn.ampproject.org/v/s/example.com/a"
    assert origin_url(cached) == "https://example.com/a"


@pytest.mark.parametrize("host", ["localhost", "a" * 70 + ".example.com", "ab--cd.example.com", "x.אב-ab.com"])
def test_hosts_that_make_no_label_get_a_digest(host):
    assert len(subdomain(host)) == 52
    assert subdomain(host).isalnum()


def test_a_label_that_looks_like_punycode_is_wrapped():
    assert subdomain("en-us.example.com") == "0-en--us-example-com-0"


@pytest.mark.parametrize(
    "url",
    ["https://example.com:8080/a", "https://me@example.com/", "ftp://example.com/", "mailto:a@b.c", "", "https://"],
)
def test_what_the_cache_does_not_take(url):
    assert cache_url(url) is None


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://www.google.com/amp/s/example.com/a?usqp=mq&x=b%20c", "https://example.com/a?x=b%20c"),
        ("https://www.bing.com/amp/s/example.com/a", "https://example.com/a"),
        ("https://example-com.cdn.ampproject.org/wp/s/example.com/a", None),
        ("https://evil-com.cdn.ampproject.org/c/s/example.com/a", None),
        ("https://cdn.ampproject.org/c/s/example.com/a", "https://example.com/a"),
        ("https://example.com/c/s/example.com", None),
    ],
)
def test_origin_url(url, origin):
    assert origin_url(url) == origin


@pytest.mark.skipif(not VECTORS.exists(), reason="the vectors of the AMP toolbox are not beside this checkout")
def test_vectors():
    for vector in json.loads(VECTORS.read_text(encoding="utf-8")):
        origin, cached, kind = vector["origin_url"], vector["cache_url"], vector["kind"]
        if kind == "subdomain":
            assert f"https://{subdomain(split(origin).hostname)}.cdn.ampproject.org" == cached
        else:
            assert cache_url(origin, viewer=kind == "viewer") == cached
            assert origin_url(cached) == origin
