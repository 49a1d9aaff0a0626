"""A splice: one span of a YAML text that gives way to another, and the proof that nothing else changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from crawler.frontmatter import scalar
from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.tree import FORMS, Form, Tree, read
from crawler.frontmatter.value import Timestamp

Sign = tuple[Form | None, str | None, str | None, Any, Any]
"""What one event means apart from where it stands: form (None closes), anchor, tag, implicit flags, value."""

_END: Final[Sign] = (None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Splice:
    """One edit.

    The characters from ``start`` to ``end`` become ``text``, the events from ``first`` to ``last`` become those of
    ``values``, the first of which keeps its ``anchor``.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    values: tuple[Any, ...] = ()
    anchor: str | None = None


def apply(text: str, splices: Sequence[Splice]) -> str:
    """Return the text with all splices made. They are in the order of the text; raises `Refusal` where they overlap."""
    parts, at = [], 0
    for splice in splices:
        if splice.start < at:
            raise Refusal("these changes get in each other's way", at=splice.start, remedy="make them one by one")
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*parts, text[at:]])


def verify(old: Tree, text: str, splices: Sequence[Splice]) -> None:
    """Compare a text with the new one, event by event: what was spliced must mean the new values, all else what it did.

    Raises `Refusal` at the first event that does not, and where the new text cannot be read.
    """
    try:
        new = read(text)
    except Refusal as refusal:
        raise _inexact(splices[0]) from refusal
    before, after = ([_sign(event) for event in tree.events] for tree in (old, new))
    at_old = at_new = 0
    for splice in splices:
        kept = splice.first - at_old
        if kept < 0 or before[at_old : splice.first] != after[at_new : at_new + kept]:
            raise _inexact(splice)
        at_old, at_new = splice.last, at_new + kept
        for place, value in enumerate(splice.values):
            at_new = _expect(after, at_new, value, splice if place == 0 else None, splice)
    if before[at_old:] != after[at_new:]:
        raise _inexact(splices[-1])


def _sign(event: Any) -> Sign:
    form = FORMS.get(type(event))
    if form is Form.SCALAR:
        return (form, event.anchor, event.tag, event.implicit, event.value)
    if form is None:
        return _END
    if form is Form.ALIAS:
        return (form, event.anchor, None, None, None)
    return (form, event.anchor, event.tag, event.implicit, event.flow_style)


def _inexact(splice: Splice) -> Refusal:
    return Refusal("this cannot be edited exactly as it is written", at=splice.start, remedy="edit it by hand")


def _expect(signs: Sequence[Sign], at: int, value: Any, anchored: Splice | None, splice: Splice) -> int:
    """Return the position after the events of one value."""
    form, anchor, tag, flags, text = signs[at] if at < len(signs) else _END
    if form is None or tag is not None or anchor != (anchored.anchor if anchored else None):
        raise _inexact(splice)
    if isinstance(value, dict | list):
        if form is not (Form.MAPPING if isinstance(value, dict) else Form.SEQUENCE):
            raise _inexact(splice)
        return _expect_entries(signs, at + 1, value, splice)
    if form is not Form.SCALAR or not _means(text, bool(flags[0]), value):
        raise _inexact(splice)
    return at + 1


def _expect_entries(signs: Sequence[Sign], at: int, value: Any, splice: Splice) -> int:
    entries = [part for pair in value.items() for part in pair] if isinstance(value, dict) else value
    for entry in entries:
        at = _expect(signs, at, entry, None, splice)
    if at >= len(signs) or signs[at][0] is not None:
        raise _inexact(splice)
    return at + 1


def _means(text: str, is_plain: bool, value: Any) -> bool:
    if isinstance(value, str):
        return text == value and (not is_plain or scalar.is_string(text))
    if isinstance(value, Timestamp):
        return text == value.text
    if not is_plain:
        return False
    read = scalar.construct(scalar.resolve(text), text)
    return type(read) is type(value) and repr(read) == repr(value)
