"""The presets: the layouts of Smartable records and of the common site generators, and which of them a record has."""

from collections.abc import Mapping
from typing import Any, Final

from crawler.layout import SMARTABLE, Key, Layout, places

_GENERAL: Final[Mapping[Key, str]] = {
    Key.URL: "canonical_url canonicalUrl canonicalURL canonical original_url originalUrl source_url sourceUrl source "
    "source.url external_url externalUrl link url permalink",
    Key.TITLE: "title name headline",
    Key.EXCERPT: "excerpt description summary subtitle lead seo.description",
    Key.PUBLISHED: "date pubDate pubDatetime pubdate published publishDate published_at datePublished created",
    Key.UPDATED: 'lastmod last_modified_at updatedDate modDatetime modified updated dateModified ["ms.date"]',
    Key.IMAGE: "image image.url image.path image.src cover cover.image cover.src heroImage heroImage.src "
    "featured_image featuredImage featuredimage thumbnail og_image ogImage header.image header.teaser "
    "images[0].url images[0]",
    Key.SITE: "publisher publisher.name source.name",
}
"""Names that generators and their themes use, in the order in which they are believed."""


def _generator(
    name: str,
    *,
    marks: str,
    own: Mapping[Key, str],
    adds: tuple[Key, ...],
    order: str,
    date_like: str,
    never: str = "",
) -> Layout:
    """Return a generator's layout: its own names first, then the general ones but for ``never``.

    A record that lacks one of ``adds`` gets it under the first of the names.
    """
    names = {key: f"{own.get(key, '')} {general}" for key, general in _GENERAL.items()}
    refused = places(never)
    found = {key: tuple(place for place in places(text) if place not in refused) for key, text in names.items()}
    return Layout(
        name=name,
        places={key: tuple(dict.fromkeys(candidates)) for key, candidates in found.items()},
        usual={key: found[key][0] for key in adds},
        order=tuple(order.split()),
        date_like=date_like,
        marks=frozenset(marks.split()),
    )


# Nothing is added that a generator has from elsewhere or may refuse: Jekyll and Eleventy take a missing date from the
# file (and Jekyll the address of the page from the date), Astro's `image()` takes no picture of another site.
_ASTRO: Final = _generator(
    "astro",
    marks="pubDate pubDatetime updatedDate modDatetime heroImage",
    own={
        Key.URL: "canonicalURL",
        Key.EXCERPT: "description",
        Key.PUBLISHED: "pubDate pubDatetime",
        Key.UPDATED: "updatedDate modDatetime",
        Key.IMAGE: "heroImage heroImage.src",
    },
    adds=(Key.TITLE, Key.EXCERPT, Key.PUBLISHED, Key.UPDATED),
    order="title description pubDate pubDatetime updatedDate modDatetime canonicalURL heroImage tags draft",
    date_like="2020-10-20T17:40:00Z",
)
_ELEVENTY: Final = _generator(
    "eleventy",
    marks="eleventyNavigation eleventyComputed eleventyExcludeFromCollections",
    own={Key.EXCERPT: "description", Key.UPDATED: "updated"},
    adds=(Key.TITLE, Key.EXCERPT, Key.IMAGE),
    order="layout title description date updated canonical_url image tags permalink",
    date_like="2020-10-20T17:40:00Z",
)
_HUGO: Final = _generator(
    "hugo",
    marks="draft lastmod publishDate expiryDate isCJKLanguage linkTitle featured_image",
    own={
        Key.URL: "canonicalURL",
        Key.EXCERPT: "description summary",
        Key.UPDATED: "lastmod",
        Key.IMAGE: "featured_image",
    },
    adds=(Key.TITLE, Key.EXCERPT, Key.PUBLISHED, Key.UPDATED, Key.IMAGE),
    order="title description summary date publishDate lastmod draft canonicalURL featured_image images tags categories",
    date_like="2020-10-20T17:40:00+00:00",
)
_DECAP: Final = _generator(
    "decap",
    marks="templateKey featuredimage featuredpost thumbnail",
    own={Key.EXCERPT: "description", Key.IMAGE: "thumbnail featuredimage"},
    adds=(Key.TITLE, Key.EXCERPT, Key.PUBLISHED, Key.IMAGE),
    order="templateKey layout title date description link thumbnail featuredimage tags",
    date_like="2020-10-20T17:40:00.000Z",
)
_OBSIDIAN: Final = _generator(
    "obsidian",
    marks="cssclasses cssclass created",
    own={Key.URL: "source url", Key.EXCERPT: "description", Key.PUBLISHED: "published", Key.UPDATED: "modified"},
    never="created",  # the day on which the note was made
    adds=(Key.TITLE, Key.EXCERPT, Key.PUBLISHED, Key.IMAGE),
    order="title source author published created modified description image tags aliases cssclasses",
    date_like="2020-10-20",
)
_JEKYLL: Final = _generator(
    "jekyll",
    marks="layout date permalink last_modified_at redirect_from categories header canonical_url excerpt_separator",
    own={Key.IMAGE: "image image.path image.url header.image header.teaser", Key.UPDATED: "last_modified_at"},
    adds=(Key.TITLE, Key.EXCERPT, Key.UPDATED, Key.IMAGE),
    order="layout title subtitle date last_modified_at canonical_url link excerpt description image categories tags",
    date_like="2020-10-20 17:40:00 +0000",
)

PRESETS: Final[Mapping[str, Layout]] = {
    layout.name: layout for layout in (SMARTABLE, _ASTRO, _ELEVENTY, _HUGO, _DECAP, _OBSIDIAN, _JEKYLL)
}
"""By name, in the order in which they are tried: the most telling names first, Jekyll's are everybody's."""


def detect(fields: Mapping[str, Any]) -> Layout:
    """Return the first preset that has one of its telling keys among a record's; Smartable's where none has."""
    return next((layout for layout in PRESETS.values() if not layout.marks.isdisjoint(fields)), SMARTABLE)
