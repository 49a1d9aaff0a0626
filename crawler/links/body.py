"""The body of a file: Markdown or HTML, read for its links and images, with the lines on which they stand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from types import MappingProxyType
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser

MARKUP: Final = frozenset({".htm", ".html", ".liquid", ".njk"})
"""Files whose bodies are HTML."""

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_REFERRING: Final = "a[href], area[href], img[src], source[src], video[src], audio[src], iframe[src], embed[src]"
_IMAGES: Final = frozenset({"img"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A URL that a body refers to, as it is written there, and its line, counted from 0."""

    url: str
    line: int
    is_image: bool = False


def references(text: str, *, is_markup: bool = False) -> Iterator[Reference]:
    """Yield the http(s) URLs of links and images, in the order of the text: CommonMark, tables, bare URLs, HTML.

    What only looks like a link, as in code, is none.
    """
    if is_markup:
        yield from _in_markup(text, 0)
        return
    lines = text.splitlines()
    stated: dict[str, Any] = {}
    tokens = _parser().parse(text, stated)
    elsewhere = {one["href"]: one["map"][0] for one in stated.get("references", {}).values()}
    for token in tokens:
        first, last = token.map or (0, 0)
        if token.type == "inline":
            yield from _in_inline(token.children or (), _Finder(lines[first:last], first, elsewhere))
        elif token.type == "html_block":
            yield from _in_markup(token.content, first)


@cache
def _parser() -> MarkdownIt:
    # As GitHub reads Markdown, and URLs as they are written: what is asked is made of them later.
    parser = MarkdownIt("gfm-like")
    parser.normalizeLink = parser.normalizeLinkText = str  # type: ignore[method-assign,assignment]
    return parser


def _in_inline(tokens: Iterable[Token], finder: "_Finder") -> Iterator[Reference]:
    """Yield what the inline tokens of one block refer to; the block says on which lines it stands, its parts do not."""
    for token in tokens:
        if token.type == "image":
            yield from finder.found(str(token.attrs.get("src", "")), is_image=True)
            yield from _in_inline(token.children or (), finder)
        elif token.type == "link_open":
            yield from finder.found(str(token.attrs.get("href", "")))
        elif token.type == "html_inline":
            for reference in _in_markup(token.content, 0):
                yield from finder.found(reference.url, is_image=reference.is_image)


class _Finder:
    """Finds the lines of a block's URLs one after another; the same URL twice is on two lines, or twice on one.

    ``elsewhere`` has the lines of those that are only named in a block (``[text][name]``), and defined elsewhere.
    """

    def __init__(self, lines: list[str], first: int, elsewhere: Mapping[str, int] = MappingProxyType({})) -> None:
        self.lines = lines
        self.first = first
        self.elsewhere = elsewhere
        self.at: dict[str, tuple[int, int]] = {}

    def found(self, url: str, *, is_image: bool = False) -> Iterator[Reference]:
        if not _WEB.match(url):
            return
        line, column = self.at.get(url, (0, 0))
        for number in range(line, len(self.lines)):
            at = unescape(self.lines[number]).find(url, column if number == line else 0)
            if at >= 0:
                self.at[url] = (number, at + 1)
                yield Reference(url, self.first + number, is_image)
                return
        yield Reference(url, self.elsewhere.get(url, self.first), is_image)


def _in_markup(text: str, first: int) -> Iterator[Reference]:
    finder = _Finder(text.splitlines(), first)
    for node in LexborHTMLParser(text).css(_REFERRING):
        attributes = node.attributes
        url = (attributes.get("href") or attributes.get("src") or "").strip()
        yield from finder.found(url, is_image=node.tag in _IMAGES)
