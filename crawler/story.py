"""A story: the part of a page that its headline heads, as a reader sees it, told apart from the boxes around it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, islice
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.page import BLOCKS, SILENT, Element, Page
from crawler.prose import clean, fold
from crawler.url import site

BEFORE: Final = 40
AFTER: Final = 160
"""Text nodes before and after the headline that are read; bylines and datelines stand nearer."""

WHOLE: Final = 1500
"""Text nodes of a page that are read where its headline leads to nothing."""

_BOXES = re.compile(
    r"(?<![a-z])(?:comment|disqus|related|recommend|popular|trending|mostread|most-read|newsletter|(?<!post-)(?<!entry-)(?<!article-)foot|nav|menu|breadcrumb|"
    r"caption|fig|credit|copyright|ticker|weather|clock|calendar|event|advert|ads?(?![a-z])|cookie|latest|readmore|read-more|"
    r"similar|repl(?:y|ies)|search|login|modal|popup|sponsor)",
    re.IGNORECASE,
)
_SIDE_BOXES = re.compile(
    r"(?<![a-z])(?:sidebar|side-bar|aside|teaser|promo|widget|card|topbar|top-bar|slider|carousel|banner|hidden)", re.IGNORECASE
)


NEAR: Final = 8
"""Runs after the headline that stand right beside it; half as many before it."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one block: ``at`` is the position of its first node, ``trail`` says who encloses it up to
    what also holds the headline (tags, classes and ids, inside out), ``distance`` counts the runs from the headline
    on (before it: negative)."""

    text: str
    at: int
    trail: str
    distance: int

    @property
    def is_boxed(self) -> bool:
        """Whether something around the run says that it is not of the story itself."""
        return is_boxed(self.trail, near=-NEAR // 2 <= self.distance <= NEAR)


@dataclass(frozen=True)
class Story:
    """The headline of a page, if it has one, and the text around it.

    ``is_confirmed`` where the page calls itself by that headline elsewhere too, ``is_alone`` where it is the only h1.
    """

    page: Page
    headline: Element | None
    is_confirmed: bool = False
    is_alone: bool = False
    limit: int = AFTER

    @cached_property
    def _lineage(self) -> frozenset[int]:
        return frozenset(node.mem_id for node in _ancestors(self.headline.node)) if self.headline else frozenset()

    def trail(self, node: LexborNode) -> str:
        """Return who encloses a node, itself included, up to what also holds the headline."""
        attributes = node.attributes
        return (
            f"{node.tag} {attributes.get('class') or ''} {attributes.get('id') or ''} < {_trail(node, self._lineage)}"
        )

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The text around the headline in the order of reading; from the top of the page where there is none."""
        nodes = self.page.markup.nodes
        start = self.headline.at if self.headline else 0
        lineage = self._lineage
        before = [*islice(_texts(nodes, range(start - 1, -1, -1)), BEFORE)][::-1]
        after = islice(_texts(nodes, range(start, len(nodes))), self.limit)
        runs = [*_joined(before, lineage)]
        distance = -len(runs)
        return tuple(
            Run(text, at, trail, distance + index)
            for index, (text, at, trail) in enumerate([*runs, *_joined(after, lineage)])
        )


def whole(page: Page) -> Story:
    """Return all of a page as one story without headline, for want of a better."""
    return Story(page, None, limit=WHOLE)


def is_boxed(trail: str, *, near: bool = False) -> bool:
    """Tell whether a trail says that what it leads to is not of the story itself.

    Right beside the headline a card or an aside is where many templates put the byline.
    """
    return _BOXES.search(trail) is not None or (not near and _SIDE_BOXES.search(trail) is not None)


@lru_cache(maxsize=1)
def of(page: Page) -> Story:
    """Return the story of a page under the likeliest headline."""
    titles = [fold(title) for title in (page.title, *page.metas("ogtitle", "twittertitle")) if title]
    names = {fold(name) for name in page.metas("ogsitename", "applicationname")}
    scored = [(score, -e.at, e) for e in page.markup.elements if (score := _rank(e, titles, names, page.url)) > 0]
    score, _, headline = max(scored, key=lambda found: found[:2], default=(0, 0, None))
    alone = headline is not None and [e.tag for _, _, e in scored].count("h1") == 1
    return Story(page, headline, is_confirmed=score >= CONFIRMED, is_alone=alone)


CONFIRMED: Final = 10
"""Rank from which on a heading is confirmed."""

_LEVELS: Final = {"h1": 3, "h2": 2, "h3": 1, "h4": 1}
_UNSEEN = re.compile(r"hidden|sr-only|screen-reader|invisible|offscreen", re.IGNORECASE)


def _rank(element: Element, titles: list[str], names: set[str], url: str) -> float:
    """Return how likely an element is the headline: by what the page calls itself first, by its level second."""
    level = _LEVELS.get(element.tag, 0)
    if not level:
        return 0
    text = fold(element.text)
    if not text or text in names or is_name_of_host(text, url):
        return 0
    if _UNSEEN.search(element.names):
        level -= 3
    if text in titles:
        return 2 * CONFIRMED + level
    shares = [len(text) / len(title) + title.startswith(text) / 2 for title in titles if text in title]
    if shares and len(text) >= 8:
        return CONFIRMED + level / 2 + 5 * max(shares)
    parts = [len(title) / len(text) for title in titles if len(title) >= 12 and title in text]
    if parts:
        return CONFIRMED + level / 2 + 5 * max(parts)
    return level if level == 3 else 0


def is_name_of_host(text: str, url: str) -> bool:
    """Tell whether a folded text is little more than the site's domain name (``Example``, ``example.com``)."""
    domain = site(url)
    label = fold(domain.partition(".")[0])
    if text == fold(domain):
        return True
    return len(label) >= 4 and text.startswith(label) and len(text) <= len(fold(domain)) + 6


def _texts(nodes: list[LexborNode], order: range) -> Iterator[tuple[int, LexborNode]]:
    """Yield the visible text nodes in an order."""
    for at in order:
        if nodes[at].tag == "-text":
            parent = nodes[at].parent
            if parent is not None and parent.tag not in SILENT and parent.tag != "title":
                yield at, nodes[at]


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _joined(texts: Iterable[tuple[int, LexborNode]], lineage: frozenset[int]) -> Iterator[tuple[str, int, str]]:
    """Yield the text of each block with its place and trail."""
    for _, group in groupby(((at, node, _block(node)) for at, node in texts), key=lambda found: found[2].mem_id):
        members = [*group]
        text = clean("".join(node.text() for _, node, _ in members))
        if text:
            yield text, members[0][0], _trail(members[0][1], lineage)


def _block(node: LexborNode) -> LexborNode:
    return next((parent for parent in _ancestors(node) if parent.tag in BLOCKS), node)


def _trail(node: LexborNode, lineage: frozenset[int]) -> str:
    names = []
    for parent in _ancestors(node):
        if parent.mem_id in lineage or parent.tag == "body":
            break
        attributes = parent.attributes
        # An article's own footer is where its byline may stand; only the page's is a box.
        own = parent.tag == "footer" and (_OWN.search(attributes.get("class") or "") or _is_in_article(parent))
        names.append(f"{'' if own else parent.tag} {attributes.get('class') or ''} {attributes.get('id') or ''}")
    return " < ".join(names)


_OWN = re.compile(r"(?<![a-z])(?:post|entry|article|meta)", re.IGNORECASE)


def _is_in_article(node: LexborNode) -> bool:
    return node.parent is not None and node.parent.tag == "article"
