"""A site: one node, and how it is attached to what it stands in."""

from dataclasses import dataclass

from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.tree import Node
from crawler.place import Place, text


@dataclass(frozen=True, slots=True)
class Site:
    """Where a node stands: behind a ``key`` in ``column``, or (None) behind a dash; ``flow`` inside of brackets."""

    place: Place
    node: Node
    key: Node | None
    column: int
    flow: bool

    @property
    def name(self) -> str:
        """The key; empty for a list item."""
        return self.key.value if self.key else ""

    def refusal(self, what: str, *, remedy: str = "") -> Refusal:
        """Say of this site why it cannot be edited."""
        return Refusal(f"{text(self.place) or 'it'} {what}", at=self.node.start, remedy=remedy)
