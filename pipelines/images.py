"""Images: the picture that leads an article."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from crawler import jsonld, story
from crawler.evidence import Choice, Evidence, Field
from crawler.page import Element, Page
from crawler.picture import Picture, is_small, largest, pixels
from crawler.site import Site

FIELDS: tuple[Field, ...] = (Field.IMAGE,)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every picture that a page offers as its own."""
    stated = [*_from_metas(page), *_from_graph(page)]
    yield from stated
    # Where structured data and what is told to other sites differ, what readers are shown decides.
    if len({item.value.key for item in stated if not item.value.is_placeholder}) != 1:
        yield from _from_body(page)


def _evidence(
    page: Page, reference: str, source: str, confidence: float, size: tuple[int | None, int | None] = (None, None)
) -> Iterator[Evidence]:
    url = page.absolute(reference)
    if url:
        yield Evidence(Field.IMAGE, Picture(url, *size), source, page.url, confidence, reference)


def _from_metas(page: Page) -> Iterator[Evidence]:
    width = next((pixels(v) for v in page.metas("ogimagewidth")), None)
    height = next((pixels(v) for v in page.metas("ogimageheight")), None)
    for name, source, trust in (
        ("ogimage", "og:image", 0.955),
        ("ogimageurl", "og:image", 0.95),
        ("ogimagesecureurl", "og:image", 0.95),
        ("twitterimage", "twitter:image", 0.937),
        ("twitterimagesrc", "twitter:image", 0.937),
        ("parselyimageurl", "parsely-image-url", 0.9),
        ("itempropimage", "itemprop image", 0.8),
        ("thumbnail", "meta thumbnail", 0.7),
        ("sailthruimagefull", "sailthru.image.full", 0.9),
    ):
        for index, value in enumerate(islice(page.metas(name), EACH)):
            size = (width, height) if source == "og:image" and not index else (None, None)
            yield from _evidence(page, value, source, trust - 0.02 * index, size)
    for url in page.links("image_src"):
        yield Evidence(Field.IMAGE, Picture(url), "link image_src", page.url, 0.8, url)


def _from_graph(page: Page) -> Iterator[Evidence]:
    for node in [*page.articles, *page.graph.pages()][:2]:
        for name, trust in (("thumbnailUrl", 0.93), ("image", 0.83), ("primaryImageOfPage", 0.83)):
            for value in islice(page.graph.all(node, name), MOST):
                yield from _from_object(page, value, f"json-ld {name}", trust)


def _from_object(page: Page, value: Any, source: str, trust: float) -> Iterator[Evidence]:
    if isinstance(value, str):
        yield from _evidence(page, value, source, trust)
    elif isinstance(value, Mapping):
        size = pixels(jsonld.text(value.get("width"))), pixels(jsonld.text(value.get("height")))
        for key in ("url", "contentUrl", "@id"):
            if reference := jsonld.text(value.get(key)):
                yield from _evidence(page, reference, source, trust, size)
                break


def _from_body(page: Page) -> Iterator[Evidence]:
    """Yield the pictures of the body from shortly before the headline on; the first that fits leads the text."""
    told = story.of(page)
    places = sorted(at for tag in ("img", "source", "amp-img") for at in page.markup.places[tag])
    shown = [at for at in places if at >= told.start - BEFORE]
    found: set[str] = set()
    for element in map(page.markup.element, shown[:LOOKED_AT]):
        size = pixels(element.get("width")), pixels(element.get("height"))
        if is_small(*size) or told.is_boxed(element.node, beyond=story.PICTURE):
            continue
        url = page.absolute(_reference(element))
        if url is None or url in found or (picture := Picture(url, *size)).is_placeholder:
            continue
        found.add(url)
        yield Evidence(Field.IMAGE, picture, HERO, page.url, 0.55 - 0.05 * len(found), element.get("alt"))
        if len(found) == MOST:
            return


def _reference(element: Element) -> str:
    """Return the address of the picture itself: the largest of a set, or what a script is to put in for a blank."""
    for name in ("srcset", "data-srcset", "data-lazy-srcset"):
        if (found := largest(element.get(name))) and not found.startswith("data:"):
            return found
    names = ("data-src", "data-lazy-src", "data-original", "data-hi-res-src", "src")
    return next((found for name in names if (found := element.get(name)) and not found.startswith("data:")), "")


BEFORE: Final = 60
"""Nodes before the headline at which a leading picture may stand."""

EACH: Final = 3
"""Values of one meta element that are looked at."""

LOOKED_AT: Final = 30
"""Elements that are looked at for pictures of the body."""

MOST: Final = 5
"""Pictures of the body that may lead the text."""

HERO: Final = "img"


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the picture that both the structured data and the body show, else the most trusted; never a placeholder."""
    fit = [item for item in evidence if not item.value.is_placeholder and not site.is_own_picture(item.value.key)]
    if not fit:
        return None
    best, rule = max(fit, key=lambda item: item.confidence), "the most trusted"
    stated = [item for item in fit if item.source.startswith("json-ld")]
    hero = next((item for item in fit if item.source == HERO), best)
    shown = [item for item in stated if item.value.key == hero.value.key]
    if shown:
        best, rule = (
            max(shown, key=lambda item: (item.confidence, item.value.width or 0)),
            "the picture of the structured data, shown elsewhere too",
        )
    same = tuple(item for item in fit if item.value.key == best.value.key)
    return Choice(field, best.value, rule, same, best.confidence)
