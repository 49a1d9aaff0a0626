"""The markup of a page: its elements and texts in document order, read in one pass."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress, count
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from crawler.prose import clean

BLOCKS: Final[frozenset[str | None]] = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
})  # fmt: skip
"""Elements that begin and end a line."""

SILENT: Final[frozenset[str | None]] = frozenset({
    "script", "style", "template", "noscript", "svg", "iframe", "object", "textarea", "select", "title",
})  # fmt: skip
"""Elements whose content no reader sees as text."""

HEADINGS: Final = ("h1", "h2", "h3", "h4")

_READ_FIRST: Final = frozenset(
    (*HEADINGS, "html", "title", "base", "meta", "link", "script", "time", "img", "source", "amp-img")
)
_NO_LETTERS = re.compile(r"[^a-z0-9]")


class Element(NamedTuple):
    """One element; ``at`` is its position among all nodes of the page in document order."""

    at: int
    tag: str
    attributes: dict[str, str | None]
    node: LexborNode

    def get(self, name: str) -> str:
        """Return an attribute, empty where there is none."""
        return self.attributes.get(name) or ""

    @property
    def names(self) -> str:
        """The element's class and id, by which authors say what it is."""
        return names(self.attributes)

    @property
    def text(self) -> str:
        """What a reader sees of the element, in one line."""
        return text_of(self.node)


@dataclass(frozen=True)
class Markup:
    """What one pass over a page finds.

    ``nodes`` are all elements and all text that is not blank, in document order, ``tags`` their tags (``-text`` for
    text). ``places`` are the positions of the elements that every page is asked for, by tag. ``metas`` maps the
    letters and digits of a name in lower case (``og:title`` is ``ogtitle``) to its values in order.
    """

    nodes: list[LexborNode]
    tags: list[str | None]
    places: dict[str | None, list[int]]
    metas: dict[str, list[str]]

    @classmethod
    def of(cls, root: LexborNode | None) -> "Markup":
        """Read all of a document."""
        nodes = [*root.traverse(include_text=True, skip_empty=True)] if root is not None else []
        tags = [node.tag for node in nodes]
        places: dict[str | None, list[int]] = {tag: [] for tag in _READ_FIRST}
        for at in compress(count(), map(_READ_FIRST.__contains__, tags)):
            places[tags[at]].append(at)
        metas: dict[str, list[str]] = {}
        for at in places["meta"]:
            _note_meta(metas, nodes[at].attributes)
        return cls(nodes, tags, places, metas)

    def element(self, at: int) -> Element:
        """Return the element at a position."""
        node = self.nodes[at]
        return Element(at, self.tags[at] or "", node.attributes, node)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All elements in document order; reading them takes as long as the first pass, so they are asked for last."""
        return tuple(self.element(at) for at, tag in enumerate(self.tags) if tag and tag[0] != "-")

    @cached_property
    def positions(self) -> dict[int, int]:
        """The position of each node by its identity."""
        return {node.mem_id: at for at, node in enumerate(self.nodes)}


def names(attributes: Mapping[str, str | None]) -> str:
    """Return class and id as one string."""
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


@lru_cache(maxsize=4096)
def letters(name: str) -> str:
    """Return the letters and digits of a name in lower case: ``og:title``, ``OG_Title`` and ``og.title`` are one."""
    return _NO_LETTERS.sub("", name.lower())


LONGEST_TEXT: Final = 2**20
"""Characters of a text that are read, a book's; each step of cleaning and comparing it takes its size again."""


def text_of(node: LexborNode) -> str:
    """Return what a reader sees of a node, in one line; what stands in blocks of its own is kept apart.

    What goes beyond `LONGEST_TEXT` characters is left out; blanks between blocks are not counted.
    """
    parts: list[str] = []
    room = LONGEST_TEXT
    stack: list[LexborNode | None] = [node]
    while stack and room > 0:
        here = stack.pop()
        if here is None:
            parts.append(" ")
            continue
        tag = here.tag
        if tag == "-text":
            parts.append(here.text()[:room])
            room -= len(parts[-1])
        elif tag not in SILENT:
            if tag in BLOCKS:
                parts.append(" ")
                stack.append(None)
            stack.extend(reversed([*here.iter(include_text=True)]))
    return clean("".join(parts))


def _note_meta(metas: dict[str, list[str]], attributes: Mapping[str, str | None]) -> None:
    """File a meta element under its names; ``itemprop`` is a name of its own, since it may speak of other things."""
    content = attributes.get("content") or attributes.get("value")
    if not content:
        return
    said = attributes.get("property")
    if said:
        metas.setdefault(letters(said), []).append(content)
    other = attributes.get("name") or attributes.get("http-equiv")
    if other and other != said:
        metas.setdefault(letters(other), []).append(content)
    if itemprop := attributes.get("itemprop"):
        metas.setdefault(letters(f"itemprop{itemprop}"), []).append(content)
