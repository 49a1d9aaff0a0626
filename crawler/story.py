"""A story: the part of a page that its headline heads, as a reader sees it, told apart from the boxes around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborNode

from crawler import headline, lexicon
from crawler.markup import BLOCKS, LONGEST_TEXT, SILENT, Element, Markup, names
from crawler.page import Page
from crawler.prose import clean

BEFORE: Final = 16
AFTER: Final = 40
"""Text nodes before and after the headline that are read; bylines and datelines stand nearer."""

WHOLE: Final = 500
"""Text nodes of a page that are read where its headline leads to nothing."""

NEAR: Final = 8
"""Runs after the headline that stand right beside it; half as many before it."""

SIDE, PICTURE, BOX = 1, 2, 3
"""What may enclose what is not of the story: a card or an aside; a picture with its caption; a menu, a comment, a list
of other stories."""

_CALLED: Final = {
    BOX: "comment disqus related recommend popular trending mostread most-read newsletter foot nav menu breadcrumb "
    "ticker weather clock calendar event advert ads ad cookie latest readmore read-more similar reply replies search "
    "login modal popup sponsor",
    PICTURE: "caption fig credit copyright",
    SIDE: "sidebar side-bar aside teaser promo widget card topbar top-bar slider carousel banner hidden",
}
"""The words by which templates call boxes, each at the beginning of a part of a name."""

_KINDS: Final = {word: kind for kind, words in _CALLED.items() for word in words.split()}
_ONLY: Final = {
    "foot": "foot(?<!post-foot)(?<!entry-foot)(?<!article-foot)",
    "ad": "ad(?![a-z])",
    "ads": "ads(?![a-z])",
}
_BOX = lexicon.starting(_ONLY.get(word, word) for word in _KINDS)
_DIGIT = re.compile(r"[\d元&]")  # the first year of an era has a name; digits may be escaped twice
_OWN_FOOTER = re.compile(r"(?<![a-z])(?:post|entry|article|meta)", re.IGNORECASE)


@dataclass(slots=True)
class Run:
    """A stretch of text in one block; ``distance`` counts the runs from the headline on (before it: negative)."""

    nodes: list[LexborNode]
    distance: int
    _text: str | None = None

    @property
    def text(self) -> str:
        """What the run says, in one line."""
        if self._text is None:
            self._text = clean(_said(self.nodes)[:LONGEST_TEXT])
        return self._text

    @property
    def has_digits(self) -> bool:
        """Whether the run may name a year or a number; told before its text is put together."""
        return any(_DIGIT.search(node.text_content or "") for node in self.nodes)

    @property
    def is_near(self) -> bool:
        """Whether the run stands right beside the headline."""
        return -NEAR // 2 <= self.distance <= NEAR


@dataclass(frozen=True)
class Story:
    """The headline of a page, if it has one, and the text around it; ``limit`` is how many text nodes are read.

    It holds the page's markup, not the page, so that a page and what was read of it are freed together.
    """

    markup: Markup
    url: str
    headline: Element | None
    limit: int = AFTER
    _boxes: dict[int, int] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """The position of the headline, 0 without one."""
        return self.headline.at if self.headline else 0

    def is_of_another(self, at: int) -> bool:
        """Tell whether a position stands under another main heading: pages that scroll on and on have many stories."""
        if self.headline is None or self.headline.tag != "h1":
            return False
        last = next((place for place in reversed(self.markup.places["h1"]) if place < at), self.start)
        return last > self.start and self.markup.element(last).text != self.headline.text

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The text around the headline in the order of reading; from the top of the page where there is none."""
        before = _joined([*islice(self._texts(range(self.start - 1, -1, -1)), BEFORE)][::-1])
        after = _joined([*islice(self._texts(range(self.start, len(self.markup.nodes))), self.limit)])
        runs = [*before, *after]
        return tuple(Run(nodes, index - len(before)) for index, nodes in enumerate(runs))

    def is_boxed(self, node: LexborNode, *, beyond: int = 0) -> bool:
        """Tell whether something around a node, up to what also holds the headline, is not of the story.

        Kinds of boxes up to ``beyond`` do not count: right beside the headline a card or an aside is where many
        templates put the byline, and a picture is what stands in a figure.
        """
        return self._box(node) > beyond

    def is_beside(self, run: Run) -> bool:
        """Tell whether something around a run says that it is not of the story itself."""
        return self.is_boxed(run.nodes[0], beyond=SIDE if run.is_near else 0)

    def names(self, place: LexborNode | Run, levels: int) -> str:
        """Return tag, class and id of a node, or of what a run is in, and of what encloses it, up to what also holds
        the headline."""
        node = place.nodes[0].parent if isinstance(place, Run) else place
        return " < ".join(f"{n.tag} {names(n.attributes)}" for n in islice(self.enclosing(node), levels))

    @cached_property
    def _lineage(self) -> frozenset[int]:
        found = {node.mem_id for node in ancestors(self.headline.node)} if self.headline else set()
        return frozenset(found)

    def enclosing(self, node: LexborNode | None) -> Iterator[LexborNode]:
        """Yield a node and what it is in, inside out, up to what also holds the headline."""
        while node is not None and node.tag != "body" and node.mem_id not in self._lineage:
            yield node
            node = node.parent

    def _box(self, node: LexborNode) -> int:
        passed, found = [], 0
        for enclosing in self.enclosing(node if node.tag != "-text" else node.parent):
            known = self._boxes.get(enclosing.mem_id)
            if known is not None:
                found = known
                break
            passed.append(enclosing)
        for enclosing in reversed(passed):
            found = max(found, _box_of(_called(enclosing)))
            self._boxes[enclosing.mem_id] = found
        return found

    def _texts(self, order: range) -> Iterator[tuple[LexborNode, int]]:
        """Yield the texts that are seen, each with the identity of the block that it is in."""
        nodes, tags = self.markup.nodes, self.markup.tags
        for at in order:
            if tags[at] == "-text" and (block := _block(nodes[at])) is not None:
                yield nodes[at], block


def of(page: Page) -> Story:
    """Return the story of a page under its headline."""
    return page.once(_read)


def _read(page: Page) -> Story:
    return Story(page.markup, page.url, headline.of(page).element)


def full(page: Page) -> Story:
    """Return the story with all of its text, not only what stands around the headline."""
    return Story(page.markup, page.url, headline.of(page).element, limit=WHOLE)


def whole(page: Page) -> Story:
    """Return all of a page as one story without headline, for want of a better."""
    return Story(page.markup, page.url, None, limit=WHOLE)


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """Yield what encloses a node, inside out."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _called(node: LexborNode) -> str:
    # An article's own footer is where its byline may stand; only the page's is a box.
    attributes = node.attributes
    if node.tag == "footer" and (_OWN_FOOTER.search(attributes.get("class") or "") or _tag(node.parent) == "article"):
        return names(attributes)
    return f"{node.tag} {names(attributes)}"


def _tag(node: LexborNode | None) -> str | None:
    return node.tag if node is not None else None


@lru_cache(maxsize=8192)
def _box_of(names: str) -> int:
    return max(map(_KINDS.__getitem__, _BOX.findall(names.lower())), default=0)


def _joined(texts: list[tuple[LexborNode, int]]) -> list[list[LexborNode]]:
    """Return the texts of each block together."""
    runs: list[list[LexborNode]] = []
    last = -1
    for node, block in texts:
        if block == last:
            runs[-1].append(node)
        else:
            runs.append([node])
        last = block
    return runs


def _said(texts: list[LexborNode]) -> str:
    if len(texts) == 1:
        return texts[0].text_content or ""
    return "".join([f"{' ' * _is_apart(text)}{text.text_content or ''}" for text in texts])


def _is_apart(node: LexborNode) -> bool:
    """Tell whether a text begins after a blank between elements; blanks alone are not among the nodes of a page."""
    here: LexborNode | None = node
    while here is not None and here.prev is None:
        here = here.parent
    before = here.prev if here is not None else None
    return before is not None and before.tag == "-text" and not before.text().strip()


def _block(text: LexborNode) -> int | None:
    """Return the identity of the block that a text is in, 0 where it is in none; None where nobody sees it."""
    parent = text.parent
    tag = _tag(parent)
    if tag in SILENT:
        return None
    while parent is not None and tag not in BLOCKS:
        parent = parent.parent
        tag = _tag(parent)
    return parent.mem_id if parent is not None else 0
