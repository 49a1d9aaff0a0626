"""Rewriting one node: another value in the notation of the old one, a first value, or none."""

import re
from collections.abc import Iterator
from typing import Any, Final

from crawler.frontmatter import quoting, scalar
from crawler.frontmatter.habits import Habits
from crawler.frontmatter.render import Renderer, literal
from crawler.frontmatter.shape import Shape
from crawler.frontmatter.site import Site
from crawler.frontmatter.splice import Splice
from crawler.frontmatter.tree import Form, Node, Tree
from crawler.frontmatter.value import Timestamp

_COLON: Final = re.compile(r"[ \t]*:")
_BLANKS: Final = re.compile(r"[ \t]*(?=[\r\n]|\Z)")
_TAGS: Final[dict[type, tuple[str, ...]]] = {
    bool: (scalar.BOOL,),
    int: (scalar.INT, scalar.FLOAT),
    float: (scalar.INT, scalar.FLOAT),
    str: (scalar.STR,),
    Timestamp: (scalar.STR, scalar.TIMESTAMP),
}
"""What a value may replace by its type. An empty value may become anything, and anything may become empty."""

_SWITCHES: Final = (("yes", "no"), ("on", "off"))


class Rewriter:
    """Makes the splices for single nodes of a tree."""

    def __init__(self, tree: Tree, habits: Habits) -> None:
        self._tree = tree
        self._habits = habits
        self._render = Renderer(habits)

    def scalar(self, site: Site, value: Any) -> Iterator[Splice]:
        """Make a scalar mean another single value; nothing is yielded where it does already.

        Raises `Refusal` where the type would change, or where a tag or the way it is written stands in the way.
        """
        node = site.node
        if node.tag is not None:
            raise site.refusal("carries a tag, which is left alone")
        tag = scalar.tag(node)
        if isinstance(value, Timestamp) and tag != scalar.NULL and node.value:
            value = _reshaped(site, value)
        if _same(node, tag, value):
            return
        if value is not None and tag != scalar.NULL and tag not in _TAGS[type(value)]:
            raise site.refusal(f"holds {scalar.name(tag)}, which {_name(value)} cannot replace")
        if value is None and not site.flow:
            yield self._emptied(site)
        else:
            yield self._replaced(site, self._text(site, tag, value), value)

    def _text(self, site: Site, tag: str, value: Any) -> str:
        node, usual, flow = site.node, self._habits.quote, site.flow
        if isinstance(value, bool):
            return _switch(node.value, value=value)
        if not isinstance(value, str | Timestamp):
            return literal(value)
        text = value if isinstance(value, str) else value.text
        if tag == scalar.NULL and isinstance(value, str):
            return quoting.string(text, self._habits.style(site.name, text), usual=usual, flow=flow)
        if node.style in ("|", ">"):
            old = self._tree.text[node.content : node.end]
            kept = quoting.block(text, old, self._habits.newline)
            return kept or quoting.quoted(text, usual) + quoting.comment(old)
        if isinstance(value, Timestamp) and node.is_plain:
            return text
        return quoting.string(text, node.style, usual=usual, flow=flow)

    def _replaced(self, site: Site, text: str, value: Any) -> Splice:
        node = site.node
        start, end = node.content, self._content_end(node)
        if start == end:  # an empty value: behind its colon, dash or anchor, instead of blanks that end the line
            self._check_empty(site, start)
            blanks = _BLANKS.match(self._tree.text, end)
            end = blanks.end() if blanks else end
            text = text if self._tree.text[start - 1].isspace() else f" {text}"
        return Splice(start, end, text, node.first, node.last, (value,), node.anchor)

    def _content_end(self, node: Node) -> int:
        """Return the end of what is replaced; blank lines behind a block scalar stay, as lines between keys."""
        if node.style not in ("|", ">"):
            return node.end
        return self._tree.line_end(node.start + len(self._tree.text[node.start : node.end].rstrip(" \t\r\n")))

    def _check_empty(self, site: Site, at: int) -> None:
        if not site.node.anchor and self._tree.text[at - 1 : at] not in (":", "-"):
            raise site.refusal("has no value to replace", remedy="write a colon behind its key")

    def _emptied(self, site: Site) -> Splice:
        node, start = site.node, site.node.content
        if not node.anchor and "#" not in self._tree.text[self._behind(site) : start]:
            start = self._behind(site)
        end = self._content_end(node)
        return Splice(self._before_blanks(start), end, "", node.first, node.last, (None,), node.anchor)

    def _behind(self, site: Site) -> int:
        """Return the position right behind the colon or dash of a site."""
        if site.key is None:
            return self._before_blanks(site.node.start)
        colon = _COLON.match(self._tree.text, site.key.end)
        if colon is None:
            raise site.refusal("is written as a complex key")
        return colon.end()

    def _before_blanks(self, at: int) -> int:
        while at and self._tree.text[at - 1] in " \t":
            at -= 1
        return at

    def fill(self, site: Site, value: Any) -> Iterator[Splice]:
        """Put the first mapping or list where there is no value, or an empty one in brackets.

        Raises `Refusal` where a value stands.
        """
        node = site.node
        if node.form is Form.SCALAR and (node.tag is not None or scalar.tag(node) != scalar.NULL):
            raise site.refusal(f"holds {scalar.name(scalar.tag(node))}, which {_name(value)} cannot replace")
        if site.flow or not self._render.is_nested(value):
            yield self._replaced(site, self._render.flow(value, site.name, outer=not site.flow), value)
        elif site.key is None:
            column = self._tree.column(node.start) + (node.end == node.start)  # a blank goes between dash and value
            yield self._replaced(site, self._render.body(value, column), value)
        else:
            yield from self._below(site, value)

    def _below(self, site: Site, value: Any) -> Iterator[Splice]:
        node, behind, start = site.node, self._behind(site), site.node.content
        if node.end > start:
            yield Splice(start if node.anchor else behind, node.end, "", node.first, node.first)
        at = self._tree.line_end(node.end)
        text = self._render.below(value, site.column)
        yield Splice(at, at, text, node.first, node.last, (value,), node.anchor)

    def clear(self, site: Site, first: int) -> Iterator[Splice]:
        """Take all out of a mapping or list, whose entries start at ``first``; it stays as ``{}`` or ``[]``."""
        node = site.node
        empty: tuple[str, Any] = ("{}", {}) if node.form is Form.MAPPING else ("[]", [])
        if not site.place:
            raise site.refusal("would lose its last key")
        if node.flow or site.key is None:
            start = node.content
            yield Splice(start, node.end, empty[0], node.first, node.last, (empty[1],), node.anchor)
            return
        behind = self._before_blanks(node.content) if node.anchor else self._behind(site)
        yield Splice(behind, behind, f" {empty[0]}", node.first, node.last, (empty[1],), node.anchor)
        yield Splice(self._tree.line_start(first), self._tree.next_line(node.end), "", node.last, node.last)


def _same(node: Node, tag: str, value: Any) -> bool:
    """Tell whether a node means a value already; a block scalar's final line break means nothing."""
    if isinstance(value, Timestamp):
        return tag != scalar.NULL and node.value == value.text
    if isinstance(value, str):
        is_block = node.style in ("|", ">")
        return tag == scalar.STR and value in (node.value, node.value.rstrip("\n") if is_block else node.value)
    if value is None:
        return tag == scalar.NULL
    old = scalar.construct(tag, node.value)
    is_alike = isinstance(old, int | float) and isinstance(old, bool) is isinstance(value, bool)
    return is_alike and old == value


def _reshaped(site: Site, value: Timestamp) -> Timestamp:
    shape = Shape.of(site.node.value)
    if shape is None:
        raise site.refusal("holds no date whose notation can be kept")
    try:
        _ = shape.format(value.value)
    except OverflowError as error:
        raise site.refusal("cannot hold a moment outside of the years 1 to 9999") from error
    return Timestamp(value.value, shape)


def _switch(old: str, *, value: bool) -> str:
    pair = next((pair for pair in _SWITCHES if old.lower() in pair), ("true", "false"))
    word = pair[0] if value else pair[1]
    return word.upper() if old.isupper() else word.capitalize() if old[:1].isupper() else word


def _name(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return scalar.name(_TAGS[type(value)][-1])
