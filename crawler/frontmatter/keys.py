"""The keys of one mapping: finding one, and adding one where its usual neighbours stand."""

from collections.abc import Collection as Names
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.frontmatter.collection import Collection
from crawler.frontmatter.patch import rank
from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.render import Renderer
from crawler.frontmatter.splice import Splice
from crawler.frontmatter.tree import Form, Node, Tree


def index(tree: Tree, mapping: Node, name: str) -> int | None:
    """Return which pair of a mapping has a key.

    Raises `Refusal` where more than one has: PyYAML takes the last of them, js-yaml and go-yaml read no such file.
    """
    found = [place for place, (key, _) in enumerate(mapping.pairs()) if key.is_key(name)]
    if len(found) > 1:
        first, second = (mapping.children[2 * place].start for place in found[:2])
        apart = tree.text.count("\n", first, second)
        again = f"again {apart} lines below" if apart else "twice on this line"
        raise Refusal(f"the key {name!r} stands here and {again}", at=first, remedy="remove one of them")
    return found[0] if found else None


def add(
    mapping: Collection, render: Renderer, fresh: Mapping[str, Any], order: Sequence[str], leaving: Names[int]
) -> Iterator[Splice]:
    """Add keys that a mapping lacks.

    Each goes behind the nearest key that usually stands before it, else before the nearest one that usually stands
    behind it, else behind all. ``leaving`` are the pairs that are taken out at the same time.
    """
    if not fresh:
        return
    if not len(mapping):
        pairs = [render.flow_pair(key, value) for key, value in fresh.items()]
        yield mapping.inside(", ".join(pairs), _flat(fresh))
        return
    names = [key.value if key.form is Form.SCALAR else None for key in mapping.node.children[::2]]
    present = {name: place for place, name in enumerate(names) if name is not None and place not in leaving}
    column = mapping.column()
    for key in sorted(fresh, key=rank(order)):
        before, after = _neighbours(key, order)
        last = next((present[name] for name in before if name in present), None)
        following = next((present[name] for name in after if name in present), None)
        body = _pair(mapping, render, key, fresh[key])
        spaced = render.is_nested(fresh[key]) and not mapping.node.flow and mapping.is_spaced()
        if last is None and following is not None:
            yield mapping.before(following, body, column, (key, fresh[key]), spaced=spaced)
        else:
            behind_all = max(present.values(), default=len(names) - 1)
            yield mapping.after(behind_all if last is None else last, body, column, (key, fresh[key]), spaced=spaced)


def replace(mapping: Collection, render: Renderer, fresh: Mapping[str, Any]) -> Splice:
    """Put other keys where all keys of a mapping go."""
    bodies = [_pair(mapping, render, key, value) for key, value in fresh.items()]
    return mapping.instead(bodies, mapping.column(), _flat(fresh))


def _pair(mapping: Collection, render: Renderer, key: str, value: Any) -> str:
    return render.flow_pair(key, value) if mapping.node.flow else render.pair(key, value, mapping.column())


def _flat(pairs: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(part for pair in pairs.items() for part in pair)


def _neighbours(key: str, order: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    if key not in order:
        return (), ()
    place = list(order).index(key)
    return order[:place][::-1], order[place + 1 :]
