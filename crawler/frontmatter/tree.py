"""A tree: one YAML text, its events as libyaml reads them, and the nodes that they make up."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

import yaml

# The events must come from libyaml: the marks of PyYAML's own parser differ from its behind a byte order mark, and it
# rejects tabs that libyaml accepts. An ImportError here says that PyYAML was installed without libyaml.
from yaml.cyaml import CBaseLoader

from crawler.frontmatter import flaw
from crawler.frontmatter.refusal import Refusal
from crawler.place import Place

MAX_DEPTH: Final = 64
"""Deepest nesting that is read: libyaml takes quadratic time in the depth (20,000 brackets: 0.5 s)."""

_LINE: Final = re.compile(r"[^\r\n]*")
_ANCHOR: Final = re.compile(r"&[^\s,\[\]{}]+[ \t]*")
_DIRECTIVE: Final = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*%")


class Form(Enum):
    """What a node is in YAML's terms."""

    SCALAR = "a value"
    ALIAS = "an alias"
    MAPPING = "a mapping"
    SEQUENCE = "a list"


FORMS: Final[dict[type, Form]] = {
    yaml.ScalarEvent: Form.SCALAR,
    yaml.AliasEvent: Form.ALIAS,
    yaml.MappingStartEvent: Form.MAPPING,
    yaml.SequenceStartEvent: Form.SEQUENCE,
}
"""The events that begin a node."""

_ENDS: Final = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class Tree:
    """A YAML text and its events, those of the stream and the document left out.

    ``lasts`` says of each event that opens a collection where the events of that end; ``shared`` are the first events
    of the nodes that an alias repeats.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.events: list[Any] = []
        self.lasts: dict[int, int] = {}
        self.shared: set[int] = set()

    def root(self) -> "Node | None":
        """Return the outermost node; None for a text without any."""
        return Node(self, 0) if self.events else None  # not kept: a tree that holds its nodes would wait for the gc

    def line_start(self, at: int) -> int:
        """Return where the line of a position starts: line ends are LF, CRLF and CR here, as in YAML 1.2."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """Return where the line of a position ends, before its line end."""
        line = _LINE.match(self.text, at)
        return line.end() if line else at

    def next_line(self, at: int) -> int:
        """Return where the line after that of a position starts."""
        end = self.line_end(at)
        return end + (2 if self.text.startswith("\r\n", end) else 1 if end < len(self.text) else 0)

    def is_blank(self, at: int) -> bool:
        """Tell whether nothing is written in the line of a position."""
        return not self.text[self.line_start(at) : self.line_end(at)].strip()

    def column(self, at: int) -> int:
        """Return how many characters stand before a position in its line."""
        return at - self.line_start(at)

    def edge(self, index: int) -> int:
        """Return where what an event closes ends: the last leaf, where libyaml's end marks run on to the next token."""
        event = self.events[index]
        while type(event) in _ENDS and event.start_mark.index == event.end_mark.index:
            index -= 1
            event = self.events[index]
        start, end = event.start_mark.index, event.end_mark.index
        if type(event) is yaml.ScalarEvent and event.style in ("|", ">"):
            return self._block_end(start, end)
        if start == end and index and self.text[start - 1] not in ":-":
            return self.edge(index - 1)  # "? key" without a value: the mark is that of the next token
        return int(end)

    def _block_end(self, start: int, end: int) -> int:
        """Return the end of a block scalar's last line; with ``+`` the blank lines behind it are content, too."""
        header = _ANCHOR.sub("", self.text[start : self.line_end(start)], count=1).partition("#")[0]
        written = self.text[start:end]
        if "+" in header:
            return end - (2 if written.endswith("\r\n") else 1 if written.endswith(("\n", "\r")) else 0)
        return self.line_end(start + len(written.rstrip(" \t\r\n")))

    def find(self, place: Place) -> "Node | None":
        """Return the node at a place; None where there is none, or only behind an alias."""
        node = self.root()
        for step in place:
            node = node.child(step) if node else None
        return node


class Node:
    """One node of a tree; ``first`` and ``last`` span its events."""

    __slots__ = ("_children", "_event", "_tree", "anchor", "first", "form", "last")

    def __init__(self, tree: Tree, first: int) -> None:
        event = tree.events[first]
        self._tree = tree
        self._event = event
        self.form = FORMS[type(event)]
        self.first = first
        self.last = tree.lasts.get(first, first + 1)
        self.anchor: str | None = event.anchor
        self._children: list[Node] | None = None

    @property
    def start(self) -> int:
        """Where the node starts in the text, its anchor and tag included."""
        start: int = self._event.start_mark.index
        return self.end if self.form is Form.SCALAR and start == self._event.end_mark.index else start

    @property
    def end(self) -> int:
        """Where its last leaf ends."""
        return self._tree.edge(self.last - 1)

    @property
    def content(self) -> int:
        """Where its own text starts, after its anchor."""
        anchor = _ANCHOR.match(self._tree.text, self.start, self.end) if self.anchor else None
        return anchor.end() if anchor else self.start

    @property
    def value(self) -> str:
        """A scalar's text; empty for other nodes."""
        return str(self._event.value) if self.form is Form.SCALAR else ""

    @property
    def style(self) -> str:
        """A scalar's style: ``'``, ``"``, ``|``, ``>``, or empty for a plain one."""
        return (self._event.style or "") if self.form is Form.SCALAR else ""

    @property
    def is_plain(self) -> bool:
        """Whether this is a scalar without quotes or block header."""
        return self.form is Form.SCALAR and not self._event.style

    @property
    def tag(self) -> str | None:
        """The tag that is written."""
        return None if self.form is Form.ALIAS else self._event.tag

    @property
    def flow(self) -> bool:
        """Whether this is a collection in brackets."""
        return self.form in (Form.MAPPING, Form.SEQUENCE) and bool(self._event.flow_style)

    @property
    def children(self) -> list["Node"]:
        """The items of a list; the keys and values of a mapping in turn."""
        if self._children is None:  # by hand: the lock of cached_property costs more than all the rest
            self._children = []
            first = self.first + 1
            while first < self.last - 1:
                self._children.append(Node(self._tree, first))
                first = self._children[-1].last
        return self._children

    def pairs(self) -> Iterator[tuple["Node", "Node"]]:
        """Yield the keys and values of a mapping."""
        return zip(self.children[::2], self.children[1::2], strict=True)

    def is_key(self, name: str | int) -> bool:
        """Tell whether this is a scalar of that text."""
        return self.form is Form.SCALAR and self._event.value == name

    def child(self, step: str | int) -> "Node | None":
        """Return the value of a key (of its last pair, as PyYAML reads duplicates) or the item at a position."""
        if self.form is Form.MAPPING:
            return next((value for key, value in reversed(list(self.pairs())) if key.is_key(step)), None)
        is_item = self.form is Form.SEQUENCE and isinstance(step, int) and step < len(self.children)
        return self.children[int(step)] if is_item else None


def read(text: str) -> Tree:
    """Read one YAML document of at most `MAX_DEPTH` levels. Raises `Refusal` where that is not what it is."""
    if text.startswith("\ufeff") or _DIRECTIVE.match(text):
        # A second byte order mark shifts libyaml's marks, and %TAG takes it quadratic time.
        raise Refusal("it starts with a directive or a second byte order mark", at=0, remedy="remove that")
    tree = Tree(text)
    try:
        _read_events(tree)
    except yaml.reader.ReaderError as error:
        raise flaw.unprintable(text) from error
    except yaml.MarkedYAMLError as error:
        raise flaw.invalid(text, error) from error
    return tree


def _read_events(tree: Tree) -> None:
    loader: Any = CBaseLoader(tree.text)
    events, opened, anchors = tree.events, list[int](), dict[str, int]()
    while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
        form = FORMS.get(type(event))
        if form is not None:
            if not opened and events:
                raise Refusal("it holds more than one YAML document", at=event.start_mark.index)
            if event.anchor:
                _refer(tree, event, anchors)
            if form is Form.MAPPING or form is Form.SEQUENCE:
                opened.append(len(events))
            if len(opened) > MAX_DEPTH:
                raise Refusal(f"it is nested more than {MAX_DEPTH} levels deep", at=event.start_mark.index)
            events.append(event)
        elif isinstance(event, _ENDS):
            tree.lasts[opened.pop()] = len(events) + 1
            events.append(event)


def _refer(tree: Tree, event: Any, anchors: dict[str, int]) -> None:
    # An anchor may be defined again (events allow it, PyYAML's composer does not): an alias means the last before it.
    if FORMS[type(event)] is not Form.ALIAS:
        anchors[event.anchor] = len(tree.events)
    elif event.anchor in anchors:
        tree.shared.add(anchors[event.anchor])
    else:
        raise Refusal(f"the alias *{event.anchor} has no anchor before it", at=event.start_mark.index)
