"""Fields: what a YAML text says, as typed values in mappings and lists, built one scalar at a time."""

from typing import Any, Final

from crawler.frontmatter import scalar
from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.tree import Form, Node, Tree, no_mapping

MAX_VALUES: Final = 100_000
"""Most values that a text may stand for, each repetition by an alias counted ("billion laughs" stands for 10^9)."""


def build(tree: Tree) -> dict[str, Any]:
    """Return the values of a text's mapping; an empty text holds none.

    Keys are their text, and keys that are no scalars are left out; of a key that stands twice, the last counts, as in
    PyYAML. Merge keys (``<<``) are not expanded. An alias is the value that its anchor names. Raises `Refusal` where
    the text is no mapping, an alias stands inside of its own anchor, or aliases make it huge.
    """
    root = tree.root()
    if root is None or (root.form is Form.SCALAR and scalar.tag(root) == scalar.NULL):
        return {}
    if root.form is not Form.MAPPING:
        raise no_mapping(tree)
    fields: dict[str, Any] = _Builder().build(root)[0]
    return fields


class _Builder:
    def __init__(self) -> None:
        self.anchors: dict[str, tuple[Any, int] | None] = {}  # None while the anchored node is still open

    def build(self, node: Node) -> tuple[Any, int]:
        """Return a node's value, and how many values it stands for."""
        if node.form is Form.ALIAS:
            return self.alias(node)
        if node.anchor:
            self.anchors[node.anchor] = None
        built = (scalar.value(node), 1) if node.form is Form.SCALAR else self.collection(node)
        if node.anchor:
            self.anchors[node.anchor] = built
        if built[1] > MAX_VALUES:
            raise Refusal(f"its aliases make it stand for more than {MAX_VALUES} values", at=node.start)
        return built

    def collection(self, node: Node) -> tuple[Any, int]:
        parts = [self.build(child) for child in node.children]
        size = sum(size for _, size in parts)
        values = [value for value, _ in parts]
        if node.form is Form.SEQUENCE:
            return values, size
        names = [key.value if key.form is Form.SCALAR else None for key in node.children[::2]]
        pairs = zip(names, values[1::2], strict=True)
        return {name: value for name, value in pairs if name is not None}, size

    def alias(self, node: Node) -> tuple[Any, int]:
        built = self.anchors[str(node.anchor)]
        if built is None:
            raise Refusal(f"the alias *{node.anchor} stands inside of what it repeats", at=node.start)
        return built
