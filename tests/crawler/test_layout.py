from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.layout import SMARTABLE, Key, Layout
from crawler.place import parse, value
from crawler.presets import PRESETS, detect

WEB = "https://example.org/a"
DAY = date(2024, 1, 2)
INSTANT = datetime(2024, 1, 2, 3, 4, tzinfo=UTC)


def place(preset, key, fields):
    return PRESETS[preset].place(key, fields)


SMARTABLE_RECORD = {
    "title": "A",
    "publishedDateTime": INSTANT,
    "originalUrl": WEB,
    "published": False,
    "provider": {"name": "A", "domain": "a.org"},
    "images": [{"url": WEB, "width": 1, "height": 1, "isCached": True}],
    "related": [{"title": "B", "webUrl": WEB, "images": [{"url": WEB}]}],
}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Key.URL, "originalUrl"),
        (Key.TITLE, "title"),
        (Key.PUBLISHED, "publishedDateTime"),
        (Key.IMAGE, "images[0].url"),
        (Key.SITE, "provider.name"),
        (Key.DOMAIN, "provider.domain"),
        (Key.RELATED, "related"),
    ],
)
def test_a_smartable_record_keeps_each_key_in_its_place(key, expected):
    assert SMARTABLE.find(key, SMARTABLE_RECORD) == parse(expected)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Key.EXCERPT, "excerpt"),
        (Key.UPDATED, "updatedDateTime"),
        (Key.WEB_URL, "webUrl"),
        (Key.AMP, "ampWebUrl"),
        (Key.AMP_CACHE, "cdnAmpWebUrl"),
    ],
)
def test_what_a_smartable_record_lacks_has_its_place_too(key, expected):
    assert SMARTABLE.find(key, SMARTABLE_RECORD) is None
    assert SMARTABLE.place(key, SMARTABLE_RECORD) == parse(expected)


def test_a_related_entry_has_the_names_of_its_record():
    entry = SMARTABLE_RECORD["related"][0]
    assert SMARTABLE.find(Key.URL, entry) == ("webUrl",)
    assert SMARTABLE.find(Key.IMAGE, entry) == ("images", 0, "url")


@pytest.mark.parametrize(
    ("preset", "key", "fields", "expected"),
    [
        ("jekyll", Key.URL, {"url": "/2020/a.html", "link": WEB}, "link"),
        ("jekyll", Key.URL, {"permalink": "/a/", "canonical_url": WEB}, "canonical_url"),
        ("hugo", Key.URL, {"url": "/a/"}, None),
        ("hugo", Key.URL, {"url": WEB}, "url"),
        ("obsidian", Key.URL, {"source": WEB}, "source"),
        ("obsidian", Key.URL, {"source": "the library"}, None),
        ("jekyll", Key.URL, {"source": {"name": "A", "url": WEB}}, "source.url"),
        ("jekyll", Key.PUBLISHED, {"published": True, "date": DAY}, "date"),
        ("jekyll", Key.PUBLISHED, {"published": True}, None),
        ("hugo", Key.PUBLISHED, {"published": DAY}, "published"),
        ("hugo", Key.PUBLISHED, {"published": "2024-01-02"}, "published"),
        ("hugo", Key.PUBLISHED, {"date": "15 Oct 2023"}, "date"),
        ("astro", Key.PUBLISHED, {"pubDate": "Jul 08 2022"}, "pubDate"),
        ("obsidian", Key.PUBLISHED, {"created": DAY, "published": INSTANT}, "published"),
        ("obsidian", Key.PUBLISHED, {"created": DAY}, None),
        ("jekyll", Key.UPDATED, {"ms.date": "01/02/2024"}, '["ms.date"]'),
        ("jekyll", Key.IMAGE, {"image": {"path": WEB, "alt": "x"}}, "image.path"),
        ("jekyll", Key.IMAGE, {"header": {"teaser": WEB}}, "header.teaser"),
        ("hugo", Key.IMAGE, {"cover": {"image": WEB}}, "cover.image"),
        ("hugo", Key.IMAGE, {"images": [WEB, WEB]}, "images[0]"),
        ("decap", Key.IMAGE, {"thumbnail": WEB}, "thumbnail"),
        ("eleventy", Key.EXCERPT, {"summary": "S", "description": "D"}, "description"),
        ("jekyll", Key.EXCERPT, {"excerpt": "", "description": "D"}, "description"),
        ("hugo", Key.EXCERPT, {"seo": {"description": "D"}}, "seo.description"),
        ("hugo", Key.SITE, {"publisher": {"name": "A"}}, "publisher.name"),
        ("hugo", Key.AMP, {"ampWebUrl": WEB}, None),
    ],
)
def test_a_generators_record_keeps_it_where_the_first_value_of_its_kind_is(preset, key, fields, expected):
    assert PRESETS[preset].find(key, fields) == (parse(expected) if expected else None)


@pytest.mark.parametrize(
    ("preset", "key", "expected"),
    [
        ("hugo", Key.PUBLISHED, "date"),
        ("astro", Key.PUBLISHED, "pubDate"),
        ("decap", Key.PUBLISHED, "date"),
        ("obsidian", Key.PUBLISHED, "published"),
        ("jekyll", Key.EXCERPT, "excerpt"),
        ("hugo", Key.EXCERPT, "description"),
        ("jekyll", Key.IMAGE, "image"),
        # What the generator has from elsewhere, or would refuse, is not added.
        ("jekyll", Key.PUBLISHED, None),
        ("eleventy", Key.PUBLISHED, None),
        ("astro", Key.IMAGE, None),
        ("jekyll", Key.URL, None),
        ("hugo", Key.SITE, None),
    ],
)
def test_what_a_generators_record_lacks_goes_to_its_usual_place_or_nowhere(preset, key, expected):
    assert place(preset, key, {"title": "A"}) == (parse(expected) if expected else None)


@pytest.mark.parametrize(
    ("preset", "key", "fields", "expected"),
    [
        ("hugo", Key.EXCERPT, {"summary": ""}, "summary"),
        ("hugo", Key.EXCERPT, {"summary": None}, "summary"),
        ("hugo", Key.IMAGE, {"cover": {"image": ""}}, "cover.image"),
        ("smartable", Key.IMAGE, {"images": []}, "images[0].url"),
        ("smartable", Key.IMAGE, {"images": None}, "images[0].url"),
        ("smartable", Key.IMAGE, {"images": [{"url": "", "width": 1}]}, "images[0].url"),
        ("smartable", Key.SITE, {"provider": {"domain": "a.org"}}, "provider.name"),
        ("smartable", Key.SITE, {"provider": None}, "provider.name"),
        ("hugo", Key.PUBLISHED, {"published": False}, "date"),
    ],
)
def test_an_empty_value_is_filled_where_it_stands(preset, key, fields, expected):
    assert place(preset, key, fields) == parse(expected)


@pytest.mark.parametrize(
    ("preset", "key", "fields"),
    [
        ("eleventy", Key.PUBLISHED, {"date": "git Last Modified"}),
        ("eleventy", Key.PUBLISHED, {"date": "Created"}),
        ("hugo", Key.PUBLISHED, {"date": "git Last Modified"}),
        ("hugo", Key.PUBLISHED, {"date": False}),
        ("hugo", Key.PUBLISHED, {"date": 2024}),
        ("hugo", Key.PUBLISHED, {"date": {"year": 2024}}),
        ("jekyll", Key.IMAGE, {"image": {"alt": "x"}}),
        ("jekyll", Key.IMAGE, {"image": "/assets/a.jpg"}),
        ("jekyll", Key.IMAGE, {"header": {"teaser": "/assets/a.jpg"}}),
        ("jekyll", Key.IMAGE, {"image": False}),
        ("hugo", Key.IMAGE, {"images": ["a.jpg"]}),
        ("hugo", Key.IMAGE, {"images": [{"src": "a.jpg"}]}),
        ("jekyll", Key.EXCERPT, {"excerpt": ["a", "b"]}),
        ("jekyll", Key.EXCERPT, {"excerpt": 0}),
        ("jekyll", Key.TITLE, {"title": 2024}),
        ("smartable", Key.IMAGE, {"images": "https://example.org/a.jpg"}),
        ("smartable", Key.IMAGE, {"images": [{"src": WEB}]}),
        ("smartable", Key.IMAGE, {"images": {"url": WEB}}),
        ("smartable", Key.SITE, {"provider": "al.com"}),
        ("smartable", Key.AMP, {"ampWebUrl": "/amp/"}),
        ("smartable", Key.PUBLISHED, {"publishedDateTime": True}),
    ],
)
def test_nothing_is_written_over_a_value_of_another_kind_nor_beside_it(preset, key, fields):
    assert place(preset, key, fields) is None


def test_the_names_of_the_configuration_take_the_place_of_the_presets():
    layout = PRESETS["jekyll"].override({Key.PUBLISHED: (("date",),), Key.AMP: (("amp", "url"), ("amp_url",))})
    assert layout.place(Key.PUBLISHED, {}) == ("date",)
    assert layout.place(Key.AMP, {"amp_url": WEB}) == ("amp_url",)
    assert layout.place(Key.AMP, {}) == ("amp", "url")
    assert layout.place(Key.AMP, {"amp": True}) is None
    assert layout.place(Key.IMAGE, {}) == ("image",)
    assert layout.find(Key.PUBLISHED, {"published": DAY}) is None


@pytest.mark.parametrize(
    ("fields", "preset"),
    [
        (SMARTABLE_RECORD, "smartable"),
        ({"title": "A", "webUrl": WEB}, "smartable"),
        ({"title": "A", "pubDate": "x", "draft": False}, "astro"),
        ({"title": "A", "pubDatetime": INSTANT, "tags": []}, "astro"),
        ({"title": "A", "date": DAY, "draft": True}, "hugo"),
        ({"title": "A", "date": DAY, "lastmod": DAY}, "hugo"),
        ({"layout": "post.njk", "date": DAY, "eleventyNavigation": {}}, "eleventy"),
        ({"templateKey": "blog-post", "title": "A", "date": INSTANT}, "decap"),
        ({"title": "A", "source": WEB, "published": DAY, "created": DAY, "tags": ["clippings"]}, "obsidian"),
        ({"layout": "post", "title": "A", "date": INSTANT, "categories": "x"}, "jekyll"),
        ({"title": "A", "date": DAY, "link": WEB}, "jekyll"),
        ({"title": "A"}, "smartable"),
        ({}, "smartable"),
    ],
)
def test_a_layout_is_told_by_its_keys(fields, preset):
    assert detect(fields).name == preset


@pytest.mark.parametrize("layout", PRESETS.values(), ids=PRESETS)
def test_every_preset_is_sound(layout: Layout):
    assert Key.URL not in layout.usual
    for key, usual in layout.usual.items():
        assert usual in layout.places[key]
        assert usual[0] in layout.order
    assert layout.date_like.startswith("2020-10-20")
    assert set(layout.picture) <= set(layout.order)


scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.just(WEB), st.dates(), st.just("2024-01-02")
)
names = st.sampled_from(
    sorted(
        {str(step) for layout in PRESETS.values() for found in layout.places.values() for at in found for step in at}
    )
)
records = st.dictionaries(
    names, st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(names, inner), max_leaves=6)
)


@given(records, st.sampled_from(sorted(PRESETS)), st.sampled_from(list(Key)))
def test_what_may_be_written_is_of_the_keys_kind_or_nothing_at_all(fields, preset, key):
    layout = PRESETS[preset]
    found = layout.place(key, fields)
    if found is not None and layout.find(key, fields) is None:
        assert value(fields, found) in (None, "", [], {})
        for end in range(len(found)):
            assert value(fields, found[:end]) is None or isinstance(value(fields, found[:end]), dict | list | str)
