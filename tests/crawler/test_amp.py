import pytest

from crawler.amp import cache_url, origin_url, subdomain

PAIRS = [
    ("https://news.example.com", "https://news-example-com.cdn.ampproject.org/c/s/news.example.com"),
    ("http://example.com/a?b=c%20d", "https://example-com.cdn.ampproject.org/c/example.com/a?b=c%20d"),
    ("https://a-b.example.com/x.html", "https://a--b-example-com.cdn.ampproject.org/c/s/a-b.example.com/x.html"),
    ("https://example.com/p/bridge.JPG", "https://example-com.cdn.ampproject.org/i/s/example.com/p/bridge.JPG"),
    ("https://example.com/f.woff2", "https://example-com.cdn.ampproject.org/r/s/example.com/f.woff2"),
    (
        "http://example.com/p/bridge.png?w=200",
        "https://example-com.cdn.ampproject.org/i/example.com/p/bridge.png?w=200",
    ),
    ("http://example.com/style.css", "https://example-com.cdn.ampproject.org/r/example.com/style.css"),
    (
        "https://example.com/a/?q=%E2%9C%93&r=/s/",
        "https://example-com.cdn.ampproject.org/c/s/example.com/a/?q=%E2%9C%93&r=/s/",
    ),
    ("https://xn--bcher-kva.example/a", "https://xn--bcher-example-wob.cdn.ampproject.org/c/s/xn--bcher-kva.example/a"),
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


@pytest.mark.parametrize(
    ("host", "label"),
    [
        ("Example.COM", "example-com"),
        ("news--site.example.com", "news----site-example-com"),
        ("bücher.example", "xn--bcher-example-wob"),
        ("xn--bcher-kva.example", "xn--bcher-example-wob"),
        ("münchen-nord.example", "xn--mnchen--nord-example-pec"),
        ("日本.example", "xn---example-xy4qg6h"),
        # base32(sha256(host)), for hosts without a dot and for labels that would be too long
        ("localhost", "jgla3zmib2ggq5buc4hwi5taloh6jlvzukddfr4zltz3vay5s5rq"),
        ("news-desk", "vfh2yp2t5wmi37u4ygq2onmhcrraplu652237fs3qxutntynsflq"),
        ("a" * 40 + "." + "b" * 40 + ".example", "sn2kmbjoahnshizkxui4sc2hqcgfbuz4nl2wx2smdfdcp2ngc75a"),
    ],
)
def test_the_label_of_a_host(host, label):
    assert subdomain(host) == label


@pytest.mark.parametrize("host", ["a" * 70 + ".example.com", "ab--cd.example.com", "x.אב-ab.com"])
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
