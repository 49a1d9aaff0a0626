import pytest

from crawler.page import Page
from crawler.picture import Picture, is_small, largest, pixels, reference


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/img/logo.png?w=1200",
        "https://example.org/img/site%2Dlogo.png",
        "https://example.org/_next/image?url=%2Fimg%2Flogo.png&w=1200",
        "https://cdn.example.net/resize/1200x630/https://example.org/img/default.jpg",
    ],
)
def test_placeholders_are_told_by_the_name_of_the_picture_itself(url):
    assert Picture(url).is_placeholder


@pytest.mark.parametrize(
    "url",
    [
        "https://logos.example.org/2024/bridge.jpg",
        "https://example.org/bridge.jpg?fallback=logo.png",
        "https://example.org/logo/image?url=https%3A%2F%2Fexample.org%2Fbridge.jpg",
    ],
)
def test_what_is_not_the_name_of_the_picture_tells_nothing(url):
    assert not Picture(url).is_placeholder


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((1, 1), True),
        ((150, 150), True),
        ((1200, 90), True),
        ((600, 100), True),
        ((1200, 675), False),
        ((None, None), False),
    ],
)
def test_size(size, small):
    assert is_small(*size) is small
    assert Picture("https://example.org/a-picture.jpg", *size).is_placeholder is small


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a/bridge-300x200.jpg", "https://cdn.example.org/b/bridge.jpg?w=5"),
        ("/bridge-scaled.jpg", "/bridge@2x.jpg"),
        ("/bridge-e1715708581580.png", "/bridge.webp"),
        ("/bridge_640.jpg", "/bridge.jpg.webp"),
        ("/old%20bridge.jpg", "/old%2520bridge.jpg"),
        ("/v1/1a2b3c4d/poster.jpg?width=720", "/v2/1a2b3c4d/poster.jpg"),
        ("/images/4258/fill-1200x650/", "/images/4258/fill-640x426%7Cformat-jpeg/"),
        ("/hwjrfw1hPrVNOAk6L=s1000", "/hwjrfw1hPrVNOAk6L=w700-h400-rw"),
        ("/image/22967847ec0a/jpeg", "/image/22967847ec0a/webp"),
        ("/p/1a2b3c4d/v5/840x-1.jpg", "/p/1a2b3c4d/v5/1200x800.jpg"),
        ("/_next/image?url=%2Fimg%2Fbridge.jpg&w=1200&q=75", "/img/bridge.jpg"),
        ("/fit/1200x630/https://example.org/img/bridge.jpg", "/img/bridge.jpg"),
        ("/dims/1/crop/300x200/?url=https%3A%2F%2Fa.example%2Fbridge.jpg", "https://a.example/bridge.jpg"),
    ],
)
def test_key_is_that_of_all_renditions(one, other):
    keys = {Picture(url if url.startswith("http") else f"https://example.org{url}").key for url in (one, other)}
    assert len(keys) == 1
    assert keys != {Picture("https://example.org/other.jpg").key}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/DSC_0123.jpg", "/DSC_0124.jpg"),
        ("/a/DSC_0123-300x200.jpg", "/a/DSC_0124-300x200.jpg"),
        ("/p/1a2b3c4d/v5/840x-1.jpg", "/p/5e6f7a8b/v5/840x-1.jpg"),
        ("/img/61/51/63/default.jpg", "/img/62/51/63/default.jpg"),
        ("/gallery/09.jpg", "/gallery/10.jpg"),
        ("/gallery-a/09.jpg", "/gallery-b/09.jpg"),
        ("/news-p.v1.2025.a5dac8b4.jpg", "/news-p.v1.2025.5dbbe753.jpg"),
        ("/bridge_social.jpg", "/bridge.jpg"),
        ("/image/22967847ec0a/jpeg", "/image/da59e3922967/jpeg"),
    ],
)
def test_key_tells_pictures_apart(one, other):
    assert Picture(f"https://example.org{one}").key != Picture(f"https://example.org{other}").key


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ('<img src="a.jpg">', "a.jpg"),
        ('<img src="a.jpg" srcset="b.jpg 300w, c.jpg 1200w">', "c.jpg"),
        ('<img src="data:image/gif;base64,R0" data-src="a.jpg">', "a.jpg"),
        ('<img src="blank.gif" data-srcset="b.jpg 1x, c.jpg 2x">', "c.jpg"),
        ('<img src="data:image/gif;base64,R0">', ""),
        ('<video src="a.mp4" poster="a.jpg"></video>', "a.jpg"),
        ('<video src="a.mp4"></video>', ""),
        ("<img src=\"if(this.src!='//e.org/a.jpg') this.src='//e.org/a.jpg'\">", "//e.org/a.jpg"),
        ("<img src='load(this)'>", ""),
    ],
)
def test_an_element_shows_its_largest_picture_or_what_stands_for_it_until_it_is_loaded(markup, shown):
    markup_of = Page(f"<body>{markup}".encode(), "https://example.org/").markup
    at = next(at for at, tag in enumerate(markup_of.tags) if tag in ("img", "video"))
    assert reference(markup_of.element(at)) == shown


@pytest.mark.parametrize(
    ("srcset", "url"),
    [
        ("a.jpg 300w, b.jpg 1200w, c.jpg 600w", "b.jpg"),
        ("a.jpg, b.jpg 2x", "b.jpg"),
        (
            "https://e.org/w_300,c_fill/a.jpg 300w, https://e.org/w_900,c_fill/a.jpg 900w",
            "https://e.org/w_900,c_fill/a.jpg",
        ),
        ("a.jpg 1x,https://e.org/b.jpg 1.5x", "https://e.org/b.jpg"),
        ("", ""),
    ],
)
def test_largest(srcset, url):
    assert largest(srcset) == url


@pytest.mark.parametrize(
    ("text", "number"), [("1200", 1200), (" 640px ", 640), ("640.5", 640), ("100%", None), ("auto", None), ("0", None)]
)
def test_pixels(text, number):
    assert pixels(text) == number
