"""A passage: the longest text that stands together on a page, which on an article's page is the article."""

from collections import Counter
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.markup import BLOCKS, SILENT, text_of
from crawler.page import Page

_PARAGRAPHS: Final = frozenset(("p", "blockquote", "pre"))
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def size(page: Page) -> int:
    """Return the number of characters in the longest passage of a page, without its links and headings."""
    return max(_sizes(page)[0].values(), default=0)


def longest(page: Page) -> str:
    """Return what a reader sees of the longest passage of a page, in one line."""
    sizes, around = _sizes(page)
    return text_of(around[max(sizes, key=sizes.__getitem__)]) if sizes else ""


def _sizes(page: Page) -> tuple[Counter[int], dict[int, LexborNode]]:
    """Return how many characters of text each element of a page holds, and these elements.

    Text counts for what encloses its paragraph, and for what encloses that in turn, unless there is a heading in
    between: paragraphs may be wrapped one by one, the teasers of a list are headed one by one.
    """
    sizes: Counter[int] = Counter()
    around: dict[int, LexborNode] = {}
    headed: set[int] = set()
    markup = page.markup
    for node, tag in zip(markup.nodes, markup.tags, strict=True):
        if tag == "-text" and (holder := _holder(node)):
            sizes[holder.mem_id] += len(node.text_content or "")
            around[holder.mem_id] = holder
        elif tag in _HEADINGS and (block := _block(node.parent)):
            headed.add(block.mem_id)
    for key, length in list(sizes.items()):
        parent = around[key].parent
        if key not in headed and parent is not None:
            sizes[parent.mem_id] += length
            around.setdefault(parent.mem_id, parent)
    return sizes, around


def reaches(page: Page, least: int) -> bool:
    """Tell whether the longest passage has so many characters; most articles do with a few of their paragraphs."""
    sizes: Counter[int] = Counter()
    for node, tag in zip(page.markup.nodes, page.markup.tags, strict=True):
        parent = node.parent if tag == "p" else None
        if parent is not None:
            # Only what stands in the paragraph itself: never more than what `size` counts for its parent.
            sizes[parent.mem_id] += len(node.text(deep=False))
            if sizes[parent.mem_id] >= least:
                return True
    return page.once(size) >= least


def _holder(text: LexborNode) -> LexborNode | None:
    """Return what holds the paragraph that a text stands in; None for text that is a link, a heading or unseen."""
    node = text.parent
    while node is not None and node.tag not in BLOCKS:
        if node.tag == "a" or node.tag in SILENT:
            return None
        node = node.parent
    if node is None or node.tag in _HEADINGS:
        return None
    return node.parent if node.tag in _PARAGRAPHS else node


def _block(node: LexborNode | None) -> LexborNode | None:
    while node is not None and node.tag not in BLOCKS:
        node = node.parent
    return node
