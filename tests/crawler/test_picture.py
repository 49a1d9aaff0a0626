import pytest

from crawler.picture import Picture, is_small, largest, pixels

REFUSED = [
    "https://s0.wp.com/i/blank.jpg",
    "https://example.org/favicon-192x192.png",
    "https://example.org/static/favicons/site_150x150.png",
    "https://example.org/images/logo.png",
    "https://example.org/images/example_logo_share_en.png",
    "https://example.org/img/ExampleNews_Logo_PS.gif",
    "https://example.org/logos/big.jpg",
    "https://example.org/img/default.jpg",
    "https://example.org/img/ogimagedefault.gif",
    "https://example.org/img/og-image-default.png",
    "https://example.org/img/default-image.jpg",
    "https://example.org/img/facebook.png",
    "https://example.org/img/og-image.jpg",
    "https://example.org/img/placeholder-16x9.png",
    "https://example.org/img/spacer.gif",
    "https://example.org/img/1x1.png",
    "https://example.org/img/no-image.jpg",
    "https://secure.gravatar.com/img/avatar.jpg",
    "https://example.org/img/qrcode-app.png",
    "https://example.org/img/apple-touch-icon.png",
    "https://example.org/picture.svg",
    "https://example.org/picture.ico",
]
KEPT = [
    "https://example.org/2024/05/mayor-opens-bridge.jpg",
    "https://example.org/dims4/default/02e5dd1/strip/true/crop/2999x1575/bridge.jpg",
    "https://example.org/styles/og_image/public/bridge.jpg",
    "https://example.org/images/users/x/v0/1200x675.jpg",
    "https://example.org/img/3.jpg",
    "https://example.org/img/catalogos-de-verano.jpg",
    "https://example.org/photos/iconic-jasper-resort.jpg",
]


@pytest.mark.parametrize("url", REFUSED)
def test_placeholders_are_refused(url):
    assert Picture(url).is_placeholder


@pytest.mark.parametrize("url", KEPT)
def test_pictures_are_kept(url):
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
        ("https://example.org/a/bridge-300x200.jpg", "https://cdn.example.org/b/bridge.jpg?w=5"),
        ("https://example.org/bridge-scaled.jpg", "https://example.org/bridge@2x.jpg"),
        ("https://example.org/bridge-e1715708581580.png", "https://example.org/bridge.webp"),
        ("https://example.org/old%20bridge.jpg", "https://example.org/old%2520bridge.jpg"),
    ],
)
def test_key_is_that_of_all_renditions(one, other):
    assert Picture(one).key == Picture(other).key != Picture("https://example.org/other.jpg").key


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
