"""A collection: the entries of one mapping or list in the text, and how entries come and go among them."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final

from crawler.frontmatter.habits import Habits
from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.splice import Splice
from crawler.frontmatter.tree import Form, Node, Tree

# Possessive, for "\r\n" is also "\r" and "\n": n blank lines would be tried in 2^n ways.
_COMMENT_BELOW: Final = re.compile(r"(?>\r\n|\n|\r)(?:[ \t]*+(?>\r\n|\n|\r))*+(?P<indent> *+)#[^\r\n]*+")
_SEPARATOR: Final = re.compile(r"\s*,\s*")
_DASH: Final = re.compile(r"^ *(?P<dash>-)(?=\s)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, or a list item with its dash: its span in the text and in the events."""

    start: int
    end: int
    first: int
    last: int


class Collection:
    """One mapping or list and its entries."""

    def __init__(self, tree: Tree, habits: Habits, node: Node) -> None:
        self._tree = tree
        self._habits = habits
        self.node = node
        self._width = 2 if node.form is Form.MAPPING else 1

    def __len__(self) -> int:
        return len(self.node.children) // self._width

    def __getitem__(self, index: int) -> Entry:
        if not 0 <= index < len(self):
            raise IndexError(index)
        head, tail = (self.node.children[index * self._width + step] for step in (0, self._width - 1))
        is_item = self.node.form is Form.SEQUENCE and not self.node.flow
        return Entry(self._dash_of(index) if is_item else head.start, tail.end, head.first, tail.last)

    def _dash_of(self, index: int) -> int:
        """Return the position of an item's dash, which may stand on a line above what it holds."""
        start = self.node.children[index - 1].end if index else self.node.content
        if self._tree.text.startswith("-", start):
            return start  # a list's mark is its first dash
        dash = _DASH.search(self._tree.text, start, self.node.children[index].start + 1)
        if dash is None:
            raise Refusal("the dashes of this list cannot be told from their items", at=self.node.start)
        return dash.start("dash")

    def column(self) -> int:
        """Return the column of a block mapping's keys; 0 where entries need no column."""
        return 0 if self.node.flow else self._tree.column(self[0].start)

    def dash(self) -> tuple[int, str]:
        """Return the column of a block list's dashes, and the dash with its blanks, as the last item has them."""
        entry, item = self[len(self) - 1], self.node.children[-1]
        blanks = self._tree.text[entry.start + 1 : item.start]
        return self._tree.column(entry.start), "-" + (blanks if blanks and not blanks.strip(" ") else " ")

    def after(self, index: int, body: str, column: int, values: tuple[object, ...], *, spaced: bool = False) -> Splice:
        """Add an entry after that of ``index``: on the next line, past comments that are indented as its value is.

        With ``spaced``, there and in `before`, a blank line comes between.
        """
        entry = self[index]
        if self.node.flow:
            return Splice(entry.end, entry.end, self._separator() + body, entry.last, entry.last, values)
        at = self._tree.line_end(entry.end)
        while (comment := _COMMENT_BELOW.match(self._tree.text, at)) and len(comment["indent"]) > column:
            at = comment.end()
        line = " " * column + body
        newline, below = self._habits.newline, self._tree.next_line(at)
        if below > at:
            text = (newline if spaced else "") + line + newline
        else:  # the last line has no line end of its own
            text = (newline if spaced else "") + newline + line
        return Splice(below, below, text, entry.last, entry.last, values)

    def before(self, index: int, body: str, column: int, values: tuple[object, ...], *, spaced: bool = False) -> Splice:
        """Add an entry before that of ``index`` and the comments that stand right above it."""
        entry = self[index]
        if self.node.flow:
            return Splice(entry.start, entry.start, body + self._separator(), entry.first, entry.first, values)
        at = self._above(entry.start, column)
        between = self._habits.newline * (2 if spaced else 1)
        return Splice(at, at, body + between + " " * column, entry.first, entry.first, values)

    def _above(self, at: int, column: int) -> int:
        text, start = self._tree.text, self._tree.line_start(at)
        if text[start:at].strip(" "):
            return at  # behind a dash: what stands above belongs to the list item
        while start > 0:
            line = self._tree.line_start(self._before_newline(start))
            comment = text[line:start]
            if not comment.startswith(" " * column + "#"):
                break
            at, start = line + column, line
        return at

    def _before_newline(self, start: int) -> int:
        return start - (2 if self._tree.text.endswith("\r\n", 0, start) else 1)

    def _separator(self) -> str:
        if len(self) < 2:
            return ", "
        between = self._tree.text[self[len(self) - 2].end : self[len(self) - 1].start]
        return between if _SEPARATOR.fullmatch(between) else ", "

    def inside(self, body: str, values: tuple[object, ...]) -> Splice:
        """Add the first entry to ``[]`` or ``{}``. Raises `Refusal` where more than blanks stands inside."""
        start, end = self.node.content + 1, self.node.end - 1
        if self._tree.text[start:end].strip():
            raise Refusal("there is more than blanks between these brackets", at=start)
        return Splice(start, end, body, self.node.first + 1, self.node.first + 1, values)

    def instead(self, bodies: Sequence[str], column: int, values: tuple[object, ...]) -> Splice:
        """Put other entries where all of these stand."""
        first, last = self[0], self[len(self) - 1]
        between = ", " if self.node.flow else self._habits.newline + " " * column
        return Splice(first.start, last.end, between.join(bodies), first.first, last.last, values)

    def without(self, leaving: Set[int]) -> Iterator[Splice]:
        """Take some of the entries out, but not all of them."""
        run: list[int] = []
        for index in sorted(leaving):
            if run and run[-1] == index - 1:
                run.append(index)
            elif not self.node.flow and self._has_own_line(self[index]):
                yield self._lines(self[index])
            else:
                yield from self._cut(run)
                run = [index]
        yield from self._cut(run)

    def _has_own_line(self, entry: Entry) -> bool:
        before = self._tree.text[self._tree.line_start(entry.start) : entry.start]
        return not before.strip(" ")

    def _lines(self, entry: Entry) -> Splice:
        start, end = self._tree.line_start(entry.start), self._tree.next_line(entry.end)
        if start and self._is_blank_above(start) and self._tree.is_blank(end):
            start = self._tree.line_start(self._before_newline(start))  # a group goes with the blank line above it
        if end == len(self._tree.text) and self._tree.line_end(entry.end) == end and start:
            start = self._before_newline(start)  # the last line has no line end of its own
        return Splice(start, end, "", entry.first, entry.last)

    def _is_blank_above(self, start: int) -> bool:
        return start > 0 and self._tree.is_blank(self._before_newline(start))

    def is_spaced(self) -> bool:
        """Tell whether most of a block mapping's nested values, but for the first, are set off by a blank line."""
        keys = [key for key, value in list(self.node.pairs())[1:] if value.children and not value.flow]
        tops = [self._tree.line_start(self._above(key.start, self.column())) for key in keys]
        return sum(self._is_blank_above(top) for top in tops) * 2 > len(tops)

    def _cut(self, run: Sequence[int]) -> Iterator[Splice]:
        if not run:
            return
        first, last = self[run[0]], self[run[-1]]
        if run[-1] + 1 < len(self):
            yield Splice(first.start, self[run[-1] + 1].start, "", first.first, last.last)
        else:
            yield Splice(self[run[0] - 1].end, last.end, "", first.first, last.last)
