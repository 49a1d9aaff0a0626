"""A place: the key path of one value in a record, such as ``related[3].webUrl``."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Place = tuple[str | int, ...]
"""Keys of mappings (str) and positions in lists (int, from 0), outermost first."""

_QUOTED = r'"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"'  # a JSON string
_STEP = re.compile(rf"(?P<dot>\.)?(?P<key>[^.\[\]]+)|\[(?P<index>[0-9]{{1,9}})\]|\[(?P<quoted>{_QUOTED})\]")


def parse(text: str) -> Place:
    """Read ``images[0].url`` as ``("images", 0, "url")``, and ``["ms.date"]`` as ``("ms.date",)``.

    A key that holds a dot or a bracket stands in brackets as a JSON string. Raises ValueError where the text is no
    key path.
    """
    steps: list[str | int] = []
    at = 0
    while at < len(text) or not steps:
        step = _STEP.match(text, at)
        if step is None or (step["key"] is not None and (step["dot"] is not None) is not bool(steps)):
            raise ValueError(f"not a key path: {text!r}")
        steps.append(_read(step))
        at = step.end()
    return tuple(steps)


def _read(step: re.Match[str]) -> str | int:
    if step["index"] is not None:
        return int(step["index"])
    return step["key"] if step["key"] is not None else str(json.loads(step["quoted"], strict=False))


def text(place: Place) -> str:
    """Write a place as `parse` reads it."""
    return "".join(map(_write, place)).removeprefix(".")


def _write(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if step and not set(step) & set(".[]") else f"[{json.dumps(step, ensure_ascii=False)}]"


def value(fields: Any, place: Place) -> Any:
    """Return what stands at ``place`` of nested mappings and lists, or None where nothing does."""
    for step in place:
        if not _has(fields, step):
            return None
        fields = fields[step]
    return fields


def holds(fields: Any, place: Place) -> bool:
    """Tell whether there is such a place, were it only to hold nothing."""
    return not place or _has(value(fields, place[:-1]), place[-1])


def _has(found: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return is_list(found) and 0 <= step < len(found)
    return isinstance(found, Mapping) and step in found


def overlap(one: Place, other: Place) -> bool:
    """Tell whether two places are one, or one of them stands in the other."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def is_list(found: Any) -> bool:
    """Tell whether a value is a list as YAML knows it; a string is none."""
    return isinstance(found, Sequence) and not isinstance(found, str | bytes)


def scalars(fields: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every scalar below ``place`` with its own place, in document order."""
    if isinstance(fields, Mapping):
        for key, item in fields.items():
            yield from scalars(item, (*place, str(key)))
    elif is_list(fields):
        for index, item in enumerate(fields):
            yield from scalars(item, (*place, index))
    else:
        yield place, fields
