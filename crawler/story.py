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

BEFORE: Final = 40
AFTER: Final = 160
"""Text nodes before and after the headline that are read; bylines and datelines stand nearer."""

_BOXES = re.compile(
    r"(?<![a-z])(?:comment|disqus|related|recommend|sidebar|side-bar|aside|teaser|promo|widget|popular|trending|mostread|"
    r"most-read|newsletter|foot|nav|menu|breadcrumb|caption|fig|credit|copyright|ticker|weather|clock|calendar|event|advert|"
    r"ads?(?![a-z])|cookie|card|latest|readmore|read-more|slider|carousel|banner|similar|repl(?:y|ies)|topbar|top-bar|search|"
    r"login|modal|popup|hidden|sponsor)",
    re.IGNORECASE,
)


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
        return is_boxed(self.trail)


@dataclass(frozen=True)
class Story:
    """The headline of a page, if it has one, and the text around it."""

    page: Page
    headline: Element | None

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
        after = islice(_texts(nodes, range(start, len(nodes))), AFTER)
        runs = [*_joined(before, lineage)]
        distance = -len(runs)
        return tuple(
            Run(text, at, trail, distance + index)
            for index, (text, at, trail) in enumerate([*runs, *_joined(after, lineage)])
        )


def is_boxed(trail: str) -> bool:
    """Tell whether a trail says that what it leads to is not of the story itself."""
    return _BOXES.search(trail) is not None


@lru_cache(maxsize=1)
def of(page: Page) -> Story:
    """Return the story of a page under the likeliest headline."""
    titles = [fold(title) for title in (page.title, *page.metas("ogtitle", "twittertitle")) if title]
    site = {fold(name) for name in page.metas("ogsitename", "applicationname")}
    scored = [(score, -e.at, e) for e in page.markup.elements if (score := _rank(e, titles, site)) > 0]
    return Story(page, max(scored, key=lambda s: s[:2])[2] if scored else None)


_LEVELS: Final = {"h1": 3, "h2": 2, "h3": 1, "h4": 1}


def _rank(element: Element, titles: list[str], site: set[str]) -> int:
    """Return how likely an element is the headline: by what the page calls itself first, by its level second."""
    level = _LEVELS.get(element.tag, 0)
    if not level:
        return 0
    text = fold(element.text)
    if not text or text in site:
        return 0
    if text in titles:
        return 20 + level
    if len(text) >= 12 and any(text in title for title in titles):
        return 10 + level
    return level if level == 3 else 0


def _texts(nodes: list[LexborNode], order: range) -> Iterator[tuple[int, LexborNode]]:
    """Yield the visible text nodes in an order."""
    for at in order:
        if nodes[at].tag == "-text":
            parent = nodes[at].parent
            if parent is not None and parent.tag not in SILENT:
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
        names.append(f"{parent.tag} {attributes.get('class') or ''} {attributes.get('id') or ''}")
    return " < ".join(names)
