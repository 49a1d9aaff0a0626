"""Fields: what a YAML text says, as typed values in mappings and lists, built one scalar at a time."""

from dataclasses import dataclass
from typing import Any, Final

from crawler.frontmatter import flaw, scalar
from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.tree import MAX_DEPTH, Form, Node, Tree

MAX_REPEATED: Final = 100_000
"""Most values that aliases may repeat ("billion laughs" repeats 10^9): whoever walks the fields walks all of them."""


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
        raise flaw.no_mapping(tree.text)
    fields: dict[str, Any] = _Builder(tree).build(root).value
    return fields


@dataclass(frozen=True, slots=True)
class _Built:
    """A value, how many values it stands for with all that aliases repeat, and how deep it is."""

    value: Any
    size: int = 1
    depth: int = 1


class _Builder:
    def __init__(self, tree: Tree) -> None:
        self.most = len(tree.events) + MAX_REPEATED
        self.anchors: dict[str, _Built | None] = {}  # None while the anchored node is still open

    def build(self, node: Node) -> _Built:
        if node.form is Form.ALIAS:
            return self.alias(node)
        if node.anchor:
            self.anchors[node.anchor] = None
        built = _Built(scalar.value(node)) if node.form is Form.SCALAR else self.collection(node)
        if node.anchor:
            self.anchors[node.anchor] = built
        return built

    def collection(self, node: Node) -> _Built:
        parts = [self.build(child) for child in node.children]
        size = 1 + sum(part.size for part in parts)
        depth = 1 + max((part.depth for part in parts), default=0)
        if size > self.most or depth > MAX_DEPTH + 1:
            raise Refusal(f"aliases make it more than {MAX_REPEATED} values or {MAX_DEPTH} levels", at=node.start)
        if node.form is Form.SEQUENCE:
            return _Built([part.value for part in parts], size, depth)
        pairs = zip(node.children[::2], parts[1::2], strict=True)
        return _Built({key.value: part.value for key, part in pairs if key.form is Form.SCALAR}, size, depth)

    def alias(self, node: Node) -> _Built:
        built = self.anchors[str(node.anchor)]
        if built is None:
            raise Refusal(f"the alias *{node.anchor} stands inside of what it repeats", at=node.start)
        return built
