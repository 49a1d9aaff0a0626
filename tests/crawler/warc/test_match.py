import pytest

from crawler.warc.match import as_asked, key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.com", "http://example.com/"),
        ("HTTP://Example.COM/a", "http://example.com/a"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com/a#part", "https://example.com/a"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://example.com/für", "https://example.com/f%C3%BCr"),
        ("http://[::1]:80/a", "http://[::1]/a"),
    ],
)
def test_the_same_request(one, other):
    assert as_asked(one) == as_asked(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.com/a", "https://example.com/a"),
        ("http://example.com:8080/a", "http://example.com/a"),
        ("https://example.com/a", "https://example.com/a/"),
        ("https://example.com/A", "https://example.com/a"),
        ("https://example.com/a%7eb", "https://example.com/a~b"),
        ("https://www.example.com/a", "https://example.com/a"),
    ],
)
def test_another_request(one, other):
    assert as_asked(one) != as_asked(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.com/a", "https://example.com/a"),
        ("https://example.com/a%7eb", "https://example.com/a~b"),
        ("https://example.com/%e2%82%ac", "https://example.com/%E2%82%AC"),
        ("https://example.com/?b=2&a=1", "https://example.com/?a=1&b=2"),
        ("https://example.com/?q=a%20b", "https://example.com/?q=a+b"),
    ],
)
def test_only_the_spelling_differs(one, other):
    assert key(as_asked(one)) == key(as_asked(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.com/a", "https://example.com/a"),
        ("https://example.com/a/", "https://example.com/a"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://example.com:8443/a", "https://example.com/a"),
    ],
)
def test_more_than_the_spelling_differs(one, other):
    assert key(as_asked(one)) != key(as_asked(other))


@pytest.mark.parametrize("url", ["http://[", "http://example.com:port/", "", "urn:x", "http://\udcff/"])
def test_what_is_no_url_is_left(url):
    assert isinstance(key(as_asked(url)), str)
