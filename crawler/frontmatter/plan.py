"""A plan: the splices that make a patch true of a YAML text."""

from collections.abc import Sequence
from typing import Any, Final

from crawler.frontmatter import flaw, keys
from crawler.frontmatter.collection import Collection
from crawler.frontmatter.habits import Habits
from crawler.frontmatter.patch import Leaf, Steps, materialize
from crawler.frontmatter.render import Renderer
from crawler.frontmatter.rewrite import Rewriter
from crawler.frontmatter.site import Site
from crawler.frontmatter.splice import Splice
from crawler.frontmatter.tree import Form, Tree
from crawler.frontmatter.value import REMOVE

_GONE: Final = Leaf(REMOVE)


def plan(tree: Tree, habits: Habits, patch: Steps, order: Sequence[str]) -> list[Splice]:
    """Return the splices for a patch in the order of the text. Raises `Refusal` where one cannot be exact."""
    planner = _Planner(tree, habits, order)
    root = tree.root()
    if root is None:
        planner.begin(patch)
    elif root.form is not Form.MAPPING:
        raise flaw.no_mapping(tree.text)
    else:
        planner.change(Site((), root, None, 0, flow=False), patch)
    return sorted(planner.splices, key=lambda splice: (splice.start, splice.end))


class _Planner:
    """Walks a patch and the tree together; of splices at one position, the innermost is made first."""

    def __init__(self, tree: Tree, habits: Habits, order: Sequence[str]) -> None:
        self.tree = tree
        self.habits = habits
        self.order = order
        self.render = Renderer(habits)
        self.rewriter = Rewriter(tree, habits)
        self.splices: list[Splice] = []

    def begin(self, patch: Steps) -> None:
        """Write the first keys of a document that has none."""
        value = materialize(patch, self.order)
        if value is REMOVE:
            return
        if not isinstance(value, dict):
            raise flaw.no_mapping(self.tree.text)
        newline, end = self.habits.newline, len(self.tree.text)
        lines = "".join(self.render.pair(key, item, 0) + newline for key, item in value.items())
        start = newline if self.tree.line_start(end) != end else ""
        self.splices.append(Splice(end, end, start + lines, 0, 0, (value,)))

    def change(self, site: Site, steps: Steps | Leaf) -> None:
        """Make the value at a site, or what stands below it, what the patch says."""
        if site.node.form is Form.ALIAS:
            raise site.refusal("is an alias of another value")
        if site.node.first in self.tree.shared:
            raise site.refusal("is repeated elsewhere by an alias")
        if isinstance(steps, Leaf):
            self.put(site, steps.value)
        elif site.node.form is Form.MAPPING:
            self.mapping(site, steps)
        elif site.node.form is Form.SEQUENCE:
            self.sequence(site, steps)
        elif (value := materialize(steps, self.order)) is not REMOVE:
            self.splices += self.rewriter.fill(site, value)

    def put(self, site: Site, value: Any) -> None:
        """Make the node at a site mean a value; of a collection, only the entries that differ are written."""
        node = site.node
        if isinstance(value, dict) and node.form is Form.MAPPING:
            if any(key.form is not Form.SCALAR for key, _ in node.pairs()):
                raise site.refusal("has keys that are no single values")
            gone: Steps = {key.value: _GONE for key, _ in node.pairs()}
            self.mapping(site, gone | {key: Leaf(item) for key, item in value.items()})
        elif isinstance(value, list) and node.form is Form.SEQUENCE:
            surplus: Steps = dict.fromkeys(range(len(value), len(node.children)), _GONE)
            self.sequence(site, surplus | {index: Leaf(item) for index, item in enumerate(value)})
        elif node.form is not Form.SCALAR:
            raise site.refusal(f"holds {node.form.value}, which no such value can replace")
        elif isinstance(value, dict | list):
            self.splices += self.rewriter.fill(site, value)
        else:
            self.splices += self.rewriter.scalar(site, value)

    def mapping(self, site: Site, steps: Steps) -> None:
        """Change, take out and add keys."""
        mapping = Collection(self.tree, self.habits, site.node)
        column = mapping.column()
        leaving: set[int] = set()
        fresh: dict[str, Any] = {}
        for name, below in steps.items():
            if not isinstance(name, str):
                raise site.refusal("is a mapping, which has keys instead of positions")
            index = keys.index(self.tree, site.node, name)
            if index is None:
                fresh[name] = materialize(below, self.order)
            elif below == _GONE:
                leaving.add(index)
            else:
                key, value = site.node.children[2 * index : 2 * index + 2]
                self.change(Site((*site.place, name), value, key, column, flow=site.node.flow), below)
        self.exchange(site, mapping, {name: value for name, value in fresh.items() if value is not REMOVE}, leaving)

    def exchange(self, site: Site, mapping: Collection, fresh: dict[str, Any], leaving: set[int]) -> None:
        """Take keys out and add others."""
        self.check_unshared(site, mapping, leaving)
        if not len(mapping) and _has_nested(fresh.values()):
            self.splices += self.rewriter.fill(site, fresh)
        elif leaving and fresh and len(leaving) == len(mapping):
            self.splices.append(keys.replace(mapping, self.render, fresh))
        else:
            self.take(site, mapping, leaving)
            self.splices += keys.add(mapping, self.render, fresh, self.order, leaving)

    def sequence(self, site: Site, steps: Steps) -> None:
        """Change, take out and append items."""
        sequence = Collection(self.tree, self.habits, site.node)
        items = site.node.children
        leaving: set[int] = set()
        fresh: list[Any] = []
        for index, below in sorted(steps.items(), key=lambda step: (isinstance(step[0], str), step[0])):
            if isinstance(index, str):
                raise site.refusal("is a list, which has positions instead of keys")
            if index < len(items) and below == _GONE:
                leaving.add(index)
            elif index < len(items):
                self.change(Site((*site.place, index), items[index], None, 0, flow=site.node.flow), below)
            elif (value := materialize(below, self.order)) is not REMOVE:
                if index != len(items) + len(fresh):
                    raise site.refusal(f"has no position {index} yet")
                fresh.append(value)
        self.check_unshared(site, sequence, leaving)
        self.take(site, sequence, leaving)
        self.append(site, sequence, fresh)

    def append(self, site: Site, sequence: Collection, fresh: list[Any]) -> None:
        """Append items."""
        if not fresh:
            return
        if not len(sequence) and _has_nested(fresh):
            self.splices += self.rewriter.fill(site, fresh)
        elif not len(sequence):
            body = ", ".join(self.render.flow(item) for item in fresh)
            self.splices.append(sequence.inside(body, tuple(fresh)))
        else:
            column, dash = (0, "") if site.node.flow else sequence.dash()
            for item in fresh:
                body = self.render.flow(item) if site.node.flow else self.render.item(item, column, dash)
                self.splices.append(sequence.after(len(sequence) - 1, body, column, (item,)))

    def take(self, site: Site, collection: Collection, leaving: set[int]) -> None:
        """Take entries out."""
        if leaving and len(leaving) == len(collection):
            self.splices += self.rewriter.clear(site, collection[0].start)
        else:
            self.splices += collection.without(leaving)

    def check_unshared(self, site: Site, collection: Collection, leaving: set[int]) -> None:
        """Refuse to take out what an alias repeats: it would mean another anchor, or none."""
        spans = [collection[index] for index in leaving]
        if any(span.first <= first < span.last for span in spans for first in self.tree.shared):
            raise site.refusal("holds what is repeated elsewhere by an alias")


def _has_nested(values: Any) -> bool:
    return any(isinstance(value, dict | list) and value for value in values)
