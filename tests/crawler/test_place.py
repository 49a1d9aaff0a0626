import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.place import holds, parse, scalars, text, value

steps = st.one_of(st.text(), st.integers(0, 10**6))


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("title", ("title",)),
        ("images[0].url", ("images", 0, "url")),
        ("related[3].images[1].width", ("related", 3, "images", 1, "width")),
        ("matrix[0][1]", ("matrix", 0, 1)),
        ('["ms.date"]', ("ms.date",)),
        ('seo["og:image [large]"].url', ("seo", "og:image [large]", "url")),
        ("[2].url", (2, "url")),
        ("cover image", ("cover image",)),
        ("größe", ("größe",)),
        ('[""]', ("",)),
    ],
)
def test_a_place_is_read_and_written(written, place):
    assert parse(written) == place
    assert text(place) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        ".",
        ".title",
        "title.",
        "a..b",
        "a[",
        "a]",
        "a[x]",
        "a[-1]",
        "a[]",
        "a[0]b",
        "[0",
        'a["b]',
        "a['b']",
        "a[٣]",
        'a["\\q"]',
    ],
)
def test_what_is_no_key_path_is_refused(written):
    with pytest.raises(ValueError, match="key path"):
        parse(written)


@given(st.lists(steps, min_size=1).map(tuple))
def test_every_place_reads_back(place):
    assert parse(text(place)) == place


FIELDS = {
    "title": "A",
    "empty": None,
    "images": [{"url": "u", "width": 1}],
    "tags": ["x", "y"],
    "raw": b"ab",
}


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (("title",), "A"),
        (("images", 0, "url"), "u"),
        (("tags", 1), "y"),
        (("tags", 2), None),
        (("tags", -1), None),
        (("title", 0), None),
        (("raw", 0), None),
        (("images", "url"), None),
        (("tags", 0, "x"), None),
        (("empty", "x"), None),
        ((), FIELDS),
    ],
)
def test_value(place, found):
    assert value(FIELDS, place) == found


def test_a_place_may_be_there_and_hold_nothing():
    assert holds(FIELDS, ("empty",))
    assert not holds(FIELDS, ("missing",))
    assert not holds(FIELDS, ("images", 1, "url"))
    assert holds(FIELDS, ())


def test_scalars_come_in_document_order_with_their_places():
    assert list(scalars(FIELDS)) == [
        (("title",), "A"),
        (("empty",), None),
        (("images", 0, "url"), "u"),
        (("images", 0, "width"), 1),
        (("tags", 0), "x"),
        (("tags", 1), "y"),
        (("raw",), b"ab"),
    ]


leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.text())
trees = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(st.dictionaries(st.text(), trees))
def test_every_scalar_stands_at_its_place(fields):
    for place, scalar in scalars(fields):
        assert holds(fields, place)
        assert value(fields, place) == scalar
