"""The pictures of a record: filled where there are none, replaced where what stands there shows nothing or is dead."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from crawler.change import Because, Change
from crawler.evidence import Evidence, Field
from crawler.layout import Key
from crawler.picture import Picture
from crawler.place import Place, value
from crawler.record import Record
from pipelines.gauge import Gauge, Sight
from pipelines.reconcile.case import Case

TRIES: Final = 3
"""Pictures of a page that are asked for until one is there."""


async def settle(case: Case, gauge: Gauge) -> Change | None:
    """Return the change that the pictures need, if any; pictures are asked for only where one is to be written."""
    record = case.record
    old = record.get(Key.IMAGE)
    evidence = case.evidence(Field.IMAGE, "picture", is_proof=old is not None)
    candidates = _candidates(case, evidence)
    if not candidates or record.place(Key.IMAGE) is None:
        return None
    if old is None:
        return await _replaced(case, candidates, gauge, "there was none")
    if any(item.value.key == Picture(str(old)).key for item in evidence):
        return None
    if _declared(record, str(old)).is_placeholder:
        return await _replaced(case, candidates, gauge, "it was a placeholder")
    if (await gauge.look(str(old))).is_dead:
        return await _replaced(case, candidates, gauge, "it was dead")
    return None


def _candidates(case: Case, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the pictures that may lead the article, the likeliest first."""
    found: list[Evidence] = []
    rest = tuple(evidence)
    while len(found) < TRIES and (choice := case.choose(Field.IMAGE, rest)):
        best = choice.support[0]
        found.append(best)
        rest = tuple(item for item in rest if item.value.key != best.value.key)
    return tuple(found)


async def _replaced(case: Case, candidates: Sequence[Evidence], gauge: Gauge, rule: str) -> Change | None:
    for item in candidates:
        sight = await gauge.look(item.value.url)
        if sight.is_picture and not Picture(item.value.url, sight.width, sight.height).is_placeholder:
            return _change(case.record, item, sight, rule)
    return None


def _declared(record: Record, address: str) -> Picture:
    """Return a record's picture with the size that the record gives it."""
    place = record.place(Key.IMAGE) or ()
    entry = value(record.fields, place[:-1]) if place[-1:] == ("url",) else None
    sizes = entry if isinstance(entry, Mapping) else {}
    width, height = sizes.get("width"), sizes.get("height")
    return Picture(address, width if isinstance(width, int) else None, height if isinstance(height, int) else None)


def _change(record: Record, item: Evidence, sight: Sight, rule: str) -> Change:
    place = record.place(Key.IMAGE) or ()
    because = Because(rule, (item.source,), (sight.said,))
    if not record.layout.picture:
        return Change(place, value(record.fields, place), item.value.url, because)
    entry = {"url": item.value.url, "width": sight.width, "height": sight.height, "isCached": False}
    place, new = _entry(record, place, entry)
    return Change(place, value(record.fields, place), new, because)


def _entry(record: Record, place: Place, entry: Mapping[str, Any]) -> tuple[Place, Any]:
    """Return where a picture goes: as the first entry of the list, or as a list of its own where there is none."""
    where = place[: place.index(0)] if 0 in place else place
    known = {key: entry[key] for key in record.layout.picture if entry[key] is not None}
    old = value(record.fields, where)
    if not old:
        return where, [known]
    first = old[0]
    if isinstance(first, Mapping):
        return (*where, 0), {**first, **known}
    return (*where, 0), entry["url"]
