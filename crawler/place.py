"""A place: the key path of one value in a record, such as ``related[3].webUrl``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Place = tuple[str | int, ...]
"""Keys of mappings (str) and positions in lists (int), outermost first."""

_STEP = re.compile(r"(?P<key>[^.\[\]]+)|\[(?P<index>\d+)\]|(?P<dot>\.)")


def parse(text: str) -> Place:
    """Read ``images[0].url`` as ``("images", 0, "url")``.

    Raises ValueError where the text is no key path.
    """
    steps: list[str | int] = []
    at, wants_key = 0, True
    while at < len(text):
        step = _STEP.match(text, at)
        if step is None or (step["key"] is None) is wants_key:
            raise ValueError(f"not a key path: {text!r}")
        if step["key"] is not None:
            steps.append(step["key"])
        elif step["index"] is not None:
            steps.append(int(step["index"]))
        wants_key = step["dot"] is not None
        at = step.end()
    if wants_key:
        raise ValueError(f"not a key path: {text!r}")
    return tuple(steps)


def text(place: Place) -> str:
    """Write a place as `parse` reads it."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def value(fields: Any, place: Place) -> Any:
    """Return what stands at ``place`` of nested mappings and lists, or None where nothing does."""
    for step in place:
        if isinstance(step, int):
            if not isinstance(fields, Sequence) or isinstance(fields, str) or step >= len(fields):
                return None
        elif not isinstance(fields, Mapping) or step not in fields:
            return None
        fields = fields[step]
    return fields


def scalars(fields: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every scalar below ``place`` with its own place, in document order."""
    if isinstance(fields, Mapping):
        for key, item in fields.items():
            yield from scalars(item, (*place, str(key)))
    elif isinstance(fields, Sequence) and not isinstance(fields, str | bytes):
        for index, item in enumerate(fields):
            yield from scalars(item, (*place, index))
    else:
        yield place, fields
