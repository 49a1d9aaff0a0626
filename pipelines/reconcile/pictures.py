"""The pictures of a record: filled where there are none, replaced where what stands there shows nothing or is dead."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from crawler.change import Because, Change
from crawler.evidence import Evidence, Field
from crawler.layout import Key
from crawler.picture import Picture
from crawler.place import Place, value
from crawler.record import Record
from crawler.url import host
from pipelines import images
from pipelines.gauge import Gauge, Sight
from pipelines.reconcile.case import Case, Decision

LEAST_TRUST: Final = 0.6
"""Trust in a source from which on its picture may be written."""

TRIES: Final = 4
"""Addresses of pictures that are asked for until one is there."""


async def settle(case: Case, gauge: Gauge) -> tuple[Decision, ...]:
    """Return what becomes of the pictures; they are asked for only where one may have to be written."""
    if not case.visit.readings or case.record.place(Key.IMAGE) is None:
        return ()
    old = case.record.get(Key.IMAGE)
    evidence = case.evidence(Field.IMAGE, "picture", is_proof=old is not None)
    if not case.may_copy_images:
        return (case.kept(Key.IMAGE, "the page asks not to copy its pictures", evidence),)
    why = await _wanting(case, old, evidence, gauge)
    if not why:
        return (case.kept(Key.IMAGE, "it is there, and shows something", evidence),)
    for item in islice(_candidates(case, evidence), TRIES):
        if _is_disputed(item, evidence):
            return (case.kept(Key.IMAGE, f"{why}, but the page shows another picture first than it states", evidence),)
        sight = await gauge.look(item.value.url)
        if sight.is_picture and not Picture(item.value.url, sight.width, sight.height).is_placeholder:
            return (_change(case, item, sight, why),)
    return (case.kept(Key.IMAGE, f"{why}, but the article has no picture that is there", evidence),)


async def _wanting(case: Case, old: Any, evidence: Sequence[Evidence], gauge: Gauge) -> str:
    """Return why a record needs another picture, empty where it does not."""
    if old is None:
        return "there was none"
    picture = _declared(case.record, str(old))
    fit = [item.value for item in evidence if not item.value.is_placeholder]
    if picture.is_placeholder and picture.url not in {one.url for one in fit}:
        return "it was a placeholder"
    # The page still has it where it was; at another host it may be gone from here.
    shown = [host(item.value.url) for item in evidence if item.value.key == picture.key]
    if not evidence or host(picture.url) in shown:
        return ""
    return "it was dead" if (await gauge.look(str(old))).is_dead else ""


def _candidates(case: Case, evidence: tuple[Evidence, ...]) -> Iterator[Evidence]:
    """Yield the pictures that may lead the article, the likeliest first, each in its renditions, the widest first."""
    rest = evidence
    while (choice := case.choose(Field.IMAGE, rest)) and choice.confidence >= LEAST_TRUST:
        renditions = {item.value.url: item for item in sorted(choice.support, key=lambda item: item.confidence)}
        yield renditions.pop(choice.value.url)
        yield from reversed(renditions.values())
        rest = tuple(item for item in rest if item.value.key != choice.value.key)


def _is_disputed(item: Evidence, evidence: Sequence[Evidence]) -> bool:
    """Tell whether its page shows another picture first than it states, and both, so that either may be the one."""
    leading = (one for one in evidence if one.source == images.HERO and one.url == item.url)
    return any(one.confidence == images.DISPUTED for one in leading)


def _declared(record: Record, address: str) -> Picture:
    """Return a record's picture with the size that the record gives it."""
    place = record.place(Key.IMAGE) or ()
    entry = value(record.fields, place[:-1]) if place[-1:] == ("url",) else None
    sizes = entry if isinstance(entry, Mapping) else {}
    width, height = sizes.get("width"), sizes.get("height")
    return Picture(address, width if isinstance(width, int) else None, height if isinstance(height, int) else None)


def _change(case: Case, item: Evidence, sight: Sight, why: str) -> Decision:
    record = case.record
    place = record.place(Key.IMAGE) or ()
    if not record.layout.picture:
        return case.change(Key.IMAGE, item.value.url, why, (item,), (sight.said,))
    entry = {"url": item.value.url, "width": sight.width, "height": sight.height, "isCached": False}
    place, new = _entry(record, place, entry)
    old = value(record.fields, place)
    return Change((*record.at, *place), old, new, Because(why, (item.source,), (sight.said,)))


def _entry(record: Record, place: Place, entry: Mapping[str, Any]) -> tuple[Place, Any]:
    """Return where a picture goes: as the first entry of the list, or as a list of its own where there is none.

    An entry that stands keeps its keys, and gets no other ones.
    """
    where = place[: place.index(0)] if 0 in place else place
    known = {key: entry[key] for key in record.layout.picture}
    old = value(record.fields, where)
    if not old:
        return where, [known]
    first = old[0]
    if not isinstance(first, Mapping):
        return (*where, 0), entry["url"]
    return (*where, 0), {**first, **{key: new for key, new in known.items() if key in first or key == "url"}}
