"""A hero: the picture that a page shows its readers with an article, before they come to its text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from crawler import story
from crawler.markup import SILENT, names
from crawler.page import Page
from crawler.picture import Picture, is_small, pixels, reference
from crawler.url import same

BELOW: Final = 150
ABOVE: Final = 60
"""Nodes after and before the headline among which the picture is looked for."""

PARAGRAPH: Final = 100
"""Characters from which on a text is a paragraph."""

PARAGRAPHS: Final = 3
"""Paragraphs after the headline at which the text has begun: one or two may be the dek."""

MOST: Final = 30
"""Pictures of a text that are looked at."""

LEVELS: Final = 8
"""Elements around a picture that are looked at."""

_PICTURES: Final = frozenset(("img", "amp-img", "video", "amp-video"))
_SECTIONS: Final = frozenset(("article", "header", "main", "section"))
_FRAMES: Final = frozenset(("figure", "picture", "video", "amp-video"))
_INLINE: Final = frozenset(("p", "li", "td"))
_LEAD: Final = re.compile(
    r"(?:(?<![a-z])(?:hero|lead|lede|featured?|cover|opener|aufmacher|titel-?bild|poster)|"
    r"(?<![a-z])(?:header|title|main|article|post|story|entry|top|key|big|news)[-_]{0,2}"
    r"(?:image|img|picture|photo|media|visual|video|thumb(?:nail)?)|"
    r"(?-i:Hero|Lead|Lede|Cover|Featured?|Opener))(?-i:(?![a-z]))",
    re.IGNORECASE,
)
"""What templates call the place of such a picture."""

_APART: Final = re.compile(
    r"(?<![a-z])(?:authors?|avatar|byline|profile|portrait|logos?|icons?|contributor|columnist|bio|flag|badge|rating|"
    r"share|social|side-?bar|promo|recirc|widget|nav|toolbar|buttons?)(?![a-z])",
    re.IGNORECASE,
)
"""What stands beside an article and bears pictures of its own."""

_PHOTO: Final = re.compile(r"\.(?:jpe?g|png|webp|avif)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as readers see it, and what is said to those who cannot see it.

    It ``leads`` where templates put the picture that leads an article, and is ``framed`` in a figure, as what editors
    choose for one is.
    """

    picture: Picture
    alt: str
    is_framed: bool = False
    leads: bool = False


def of(page: Page) -> Shown | None:
    """Return the picture between headline and text, one in a figure before all others; else the nearest one before
    the headline; None without one."""
    told = story.of(page)
    if told.headline is None:
        return None
    found = []
    for shown in _shown(page, told, _below(told)):
        if shown.leads and shown.is_framed and shown.alt:
            return shown
        if shown.leads:
            found.append(shown)
    return found[0] if found else next((shown for shown in _shown(page, told, _above(told)) if shown.leads), None)


def in_text(page: Page) -> Iterator[Shown]:
    """Yield the pictures after the headline, wherever they stand, for want of a better.

    Counters and buttons stand there as well: a picture gives its size, or the type of a photograph.
    """
    told = story.of(page)
    tags = told.markup.tags
    places = (at for at in range(told.start, len(tags)) if tags[at] in _PICTURES)
    for shown in _shown(page, told, islice(places, MOST)):
        if (shown.picture.width and shown.picture.height) or _PHOTO.search(shown.picture.url):
            yield shown


def _below(told: story.Story) -> Iterator[int]:
    """Yield where pictures stand from the headline down to where the text has begun."""
    nodes, tags = told.markup.nodes, told.markup.tags
    paragraphs = 0
    for at in range(told.start, min(told.start + BELOW, len(tags))):
        if tags[at] in _PICTURES:
            yield at
        elif tags[at] == "-text" and _is_paragraph(nodes[at]):
            paragraphs += 1
            if paragraphs == PARAGRAPHS:
                return


def _is_paragraph(text: LexborNode) -> bool:
    if len((text.text_content or "").strip()) < PARAGRAPH:
        return False
    holder = text.parent
    return holder is not None and holder.tag not in SILENT and holder.tag not in ("a", "button")


def _above(told: story.Story) -> Iterator[int]:
    """Yield where pictures stand from the headline up, within the section that it heads."""
    nodes, tags = told.markup.nodes, told.markup.tags
    headline = told.headline.node if told.headline else nodes[0]
    sections = {node.mem_id for node in story.ancestors(headline) if node.tag in _SECTIONS}
    for at in range(told.start - 1, max(told.start - ABOVE, -1), -1):
        if tags[at] in _PICTURES and any(node.mem_id in sections for node in story.ancestors(nodes[at])):
            yield at


def _shown(page: Page, told: story.Story, places: Iterable[int]) -> Iterator[Shown]:
    """Yield the pictures of the story itself: large enough, of no box, and no link to something else."""
    for element in map(page.markup.element, places):
        size = pixels(element.get("width")), pixels(element.get("height"))
        if is_small(*size):  # most are: the rest takes longer
            continue
        around = [*islice(told.enclosing(element.node), LEVELS)]
        tags = {node.tag for node in around}
        said = [_called(f"{node.tag} {names(node.attributes)}") for node in around]
        if any(one.is_apart for one in said):
            continue
        if told.is_boxed(element.node, beyond=story.PICTURE) or ("a" in tags and _leads_elsewhere(page, around)):
            continue
        url = page.absolute(reference(element))
        if url is None or (picture := Picture(url, *size)).is_placeholder:
            continue
        leads = not tags & _INLINE and (bool(tags & _FRAMES) or any(one.is_lead for one in said))
        yield Shown(picture, element.get("alt"), "figure" in tags, leads)


class _Called(NamedTuple):
    is_apart: bool
    is_lead: bool


@lru_cache(maxsize=8192)
def _called(names: str) -> _Called:
    return _Called(_APART.search(names) is not None, _LEAD.search(names) is not None)


def _leads_elsewhere(page: Page, around: Iterable[LexborNode]) -> bool:
    """Tell whether a picture is a link to another page; one to a picture, or within the page, enlarges it."""
    link = next(node for node in around if node.tag == "a")
    url = page.absolute(link.attributes.get("href") or "")
    return url is not None and not _PHOTO.search(url) and not same(url, page.url)
