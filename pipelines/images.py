"""Images: the picture that leads an article."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final
from urllib.parse import unquote

from crawler import hero, jsonld
from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.picture import Picture, pixels, reference
from crawler.site import Site

FIELDS: tuple[Field, ...] = (Field.IMAGE,)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every picture that a page offers as its own."""
    stated = [*_from_metas(page), *_from_graph(page)]
    yield from stated
    yield from _from_body(page, stated)


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


def _from_body(page: Page, stated: Sequence[Evidence]) -> Iterator[Evidence]:
    """Yield the picture that leads the text; the first ones of the text where nothing at all is stated."""
    fit = [item for item in stated if not item.value.is_placeholder]
    if lead := hero.of(page):
        trust = _trust(page, lead, fit)
        yield Evidence(Field.IMAGE, lead.picture, HERO, page.url, trust, lead.alt)
    elif not fit:
        for index, shown in enumerate(islice(hero.in_text(page), MOST)):
            yield Evidence(Field.IMAGE, shown.picture, TEXT, page.url, 0.5 - 0.05 * index, shown.alt)


def _trust(page: Page, lead: hero.Shown, stated: Sequence[Evidence]) -> float:
    """Return how far the picture that leads is to be trusted beside those that are stated.

    What is told to other sites and shown nowhere on the page is a card made for them, with words on it or of another
    moment. Where both are shown, the one that comes first leads.
    """
    best = max(stated, key=lambda item: item.confidence, default=None)
    key = lead.picture.key
    if best is None or any(item.value.key == key for item in stated):
        return 0.9 if best is None or key == best.value.key else 0.97
    if not (lead.is_framed and lead.alt):
        return 0.5
    return DISPUTED if _is_shown(page, best.value.key) else 0.97


def _is_shown(page: Page, key: str) -> bool:
    elements = (element for tag in ("img", "amp-img") for element in page.found(tag))
    return any(key in unquote(f"{reference(element)} {element.get('src')}").lower() for element in elements)


EACH: Final = 3
"""Values of one meta element that are looked at."""

MOST: Final = 5
"""Pictures of the body that may lead the text."""

DISPUTED: Final = 0.96
"""Trust in a picture that leads where another one is stated, and both are shown."""

HERO: Final = "hero"
TEXT: Final = "img"


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the most trusted picture in its widest rendition; never a placeholder, nor one of the site."""
    fit = [item for item in evidence if not item.value.is_placeholder and not site.is_own_picture(item.value.key)]
    if not fit:
        return None
    best = max(fit, key=lambda item: item.confidence)
    same = tuple(item for item in fit if item.value.key == best.value.key)
    widest = max(same, key=lambda item: (item.value.width or 0, item.source != HERO, item.confidence))
    rule = "the picture that leads the text" if best.source == HERO else "the most trusted"
    return Choice(field, widest.value, rule, same, best.confidence)
