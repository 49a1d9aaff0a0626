"""Habits: how a file is used to write what it has, so that what is added looks like the rest."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

import yaml

from crawler.frontmatter import scalar
from crawler.frontmatter.tree import Form, Node, Tree

_WORD: Final = re.compile(r"[\w.-]*")


class Habits:
    """What most of a file does; each habit is looked up when it is first asked for."""

    def __init__(self, tree: Tree, newline: str) -> None:
        self._tree = tree
        self.newline = newline

    @cached_property
    def _mappings(self) -> list[Node]:
        return [node for node in _below(self._tree.root()) if node.form is Form.MAPPING]

    @cached_property
    def _values(self) -> list[tuple[Node, Node]]:
        return [pair for mapping in self._mappings for pair in mapping.pairs()]

    @cached_property
    def quote(self) -> str:
        """The usual quote; ``"`` unless there are more of ``'``."""
        styles = [event.style for event in self._tree.events if type(event) is yaml.ScalarEvent]
        return "'" if styles.count("'") > styles.count('"') else '"'

    @cached_property
    def key_style(self) -> str:
        """The usual quote where most keys are quoted, as in JSON."""
        quotes = sum(not key.is_plain for key, _ in self._values)
        return self.quote if quotes * 2 > len(self._values) else ""

    @cached_property
    def _strings(self) -> list[tuple[str, Node]]:
        lists = [node for node in _below(self._tree.root()) if node.form is Form.SEQUENCE]
        items = [("", item) for node in lists for item in node.children]
        values = [(key.value, value) for key, value in self._values]
        return [(key, node) for key, node in [*values, *items] if _is_string(node)]

    def style(self, key: str, text: str) -> str:
        """Return the style of a new string: that of the values of the same key, else of most values like it.

        A list's items have the key ``""``.
        """
        likes = [node for name, node in self._strings if name == key]
        if not likes:
            is_word = bool(_WORD.fullmatch(text))
            likes = [node for _, node in self._strings if bool(_WORD.fullmatch(node.value)) is is_word]
        quotes = sum(not node.is_plain for node in likes)
        return self.quote if quotes * 2 > len(likes) else ""

    @cached_property
    def _nested(self) -> list[tuple[Node, Node]]:
        return [(key, node) for key, node in self._values if node.children and not node.flow]

    @cached_property
    def step(self) -> int:
        """How far a nested mapping is indented beyond its key."""
        steps = (self._beyond(key, node.children[0].start) for key, node in self._nested if node.form is Form.MAPPING)
        return next((step for step in steps if 0 < step <= 8), 2)

    @cached_property
    def offset(self) -> int:
        """How far a list's dashes are indented beyond its key; 0 is YAML, too."""
        lists = ((key, node) for key, node in self._nested if node.form is Form.SEQUENCE and not node.anchor)
        offsets = (self._beyond(key, node.start) for key, node in lists)
        return next((offset for offset in offsets if 0 <= offset <= 8), 2)

    @cached_property
    def flow_lists(self) -> bool:
        """Whether lists of single values are written ``[a, b]``."""
        lists = [node for _, node in self._values if node.form is Form.SEQUENCE and node.children]
        simple = [node for node in lists if all(item.form is Form.SCALAR for item in node.children)]
        return sum(node.flow for node in simple) * 2 > len(simple)

    def _beyond(self, key: Node, at: int) -> int:
        return self._tree.column(at) - self._tree.column(key.start)


def _is_string(node: Node) -> bool:
    return (
        node.form is Form.SCALAR
        and node.style not in ("|", ">")
        and bool(node.value)
        and scalar.tag(node) == scalar.STR
    )


def _below(root: Node | None) -> Iterator[Node]:
    rest = [root] if root else []
    while rest:
        node = rest.pop()
        yield node
        rest += reversed(node.children)
