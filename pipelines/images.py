"""Images: the picture that leads an article."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from crawler import jsonld, story
from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.picture import Picture, largest, pixels
from crawler.site import Site

FIELDS: Final = (Field.IMAGE,)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every picture that a page offers as its own."""
    yield from _from_metas(page)
    yield from _from_graph(page)
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
        for index, value in enumerate(page.metas(name)):
            size = (width, height) if source == "og:image" and not index else (None, None)
            yield from _evidence(page, value, source, trust - 0.02 * index, size)
    for url in page.links("image_src"):
        yield Evidence(Field.IMAGE, Picture(url), "link image_src", page.url, 0.8, url)


def _from_graph(page: Page) -> Iterator[Evidence]:
    for node in [*page.graph.articles(), *page.graph.pages()][:3]:
        for name, trust in (("thumbnailUrl", 0.93), ("image", 0.83), ("primaryImageOfPage", 0.83)):
            for value in page.graph.all(node, name):
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
    told = story.of(page)
    start = told.headline.at if told.headline else 0
    found = 0
    for element in page.markup.elements:
        if element.tag != "img" or element.at < start - 60 or found > 5:
            continue
        trail = told.trail(element.node)
        if story.is_boxed(trail.replace("fig", "").replace("caption", "")):
            continue
        reference = (
            largest(element.get("srcset") or element.get("data-srcset"))
            or element.get("data-src")
            or element.get("src")
        )
        if reference.startswith("data:"):
            continue
        found += 1
        yield from _evidence(
            page, reference, "img", 0.55 - 0.05 * found, (pixels(element.get("width")), pixels(element.get("height")))
        )


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the most trusted picture that is no placeholder."""
    fit = [item for item in evidence if not item.value.is_placeholder]
    if not fit:
        return None
    best = max(fit, key=lambda item: item.confidence)
    return Choice(Field.IMAGE, best.value, "the most trusted", (best,), best.confidence)
