"""A patch: changes of places grouped as a tree, so that those of one collection are made together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.tree import MAX_DEPTH
from crawler.frontmatter.value import REMOVE, checked
from crawler.place import Place, text


@dataclass(frozen=True, slots=True)
class Leaf:
    """The new value of one place, as `crawler.frontmatter.value.checked` returns it."""

    value: Any


Steps = dict[str | int, Any]
"""Keys and list positions, each with the `Leaf` or `Steps` below it."""


def group(changes: Mapping[Place, Any]) -> Steps:
    """Group changes by the steps of their places. Raises `Refusal` for what is no place or says two things of one."""
    root: Steps = {}
    for place, value in changes.items():
        _check(place)
        steps = root
        for step in place[:-1]:
            below = steps.setdefault(step, {})
            if isinstance(below, Leaf):
                raise Refusal(f"{text(place)} is changed twice")
            steps = below
        if place[-1] in steps:
            raise Refusal(f"{text(place)} is changed twice")
        steps[place[-1]] = Leaf(checked(value))
    return root


def _check(place: Any) -> None:
    if not isinstance(place, tuple) or not place:
        raise Refusal(f"{place!r} is no place: a tuple of keys and list positions")
    if len(place) > MAX_DEPTH:
        raise Refusal(f"a place of more than {MAX_DEPTH} steps cannot be written")
    for step in place:
        if isinstance(step, bool) or not isinstance(step, str | int) or (isinstance(step, int) and step < 0):
            raise Refusal(f"{place!r} is no place: {step!r} is neither a key nor a list position")


def materialize(steps: Steps | Leaf, order: Sequence[str]) -> Any:
    """Return the value that steps make where nothing stands yet; `REMOVE` where there is nothing to make."""
    if isinstance(steps, Leaf):
        return steps.value
    made = {step: materialize(below, order) for step, below in steps.items()}
    kept = {step: value for step, value in made.items() if value is not REMOVE}
    if not kept:
        return REMOVE
    if all(isinstance(step, str) for step in kept):
        return {key: kept[key] for key in sorted(kept, key=rank(order))}
    if set(kept) != set(range(len(kept))):
        raise Refusal("a list is begun with its item 0 and goes on without a gap")
    return [kept[index] for index in range(len(kept))]


def rank(order: Sequence[str]) -> Any:
    """Return a key for sorting names by their usual order; the others come last, as they were given."""
    places = {name: place for place, name in enumerate(order)}
    return lambda name: places.get(name, len(places))
