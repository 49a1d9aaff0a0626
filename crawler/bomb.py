"""A bomb: markup built to keep a parser busy, which is cut out before the parser sees it.

A parser looks through the attributes of a tag, and through the open elements, for every new one, and opens every
formatting element left open anew in each paragraph. Time, or the tree, grows with the square of the input: 40,000
attributes cost five seconds, 100,000 nested ``div`` more than twenty, and nothing can interrupt them.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

LONG_TAG: Final = 4096
"""Bytes from which on a tag is looked at; ordinary tags are shorter, long inline scripts are let go by `ATTRIBUTES`."""

ATTRIBUTES: Final = 1000
"""Blank-separated words of a long tag that are kept; real tags have a few dozen."""

DEEP: Final = 4000
"""Tags from which on the depth of a page is measured; fewer cannot nest deep enough to cost a second."""

DEPTH: Final = 2000
"""Open elements at which a page is cut. Markup in scripts counts too: 1,500 were seen in 985 pages of the web."""

REOPENED: Final = 250_000
"""Formatting elements that may be opened anew, 440 bytes each; 182,000 is the most that was seen in 985 pages."""

MOST: Final = 40_000
"""Tags that are read, each of which takes a kilobyte and more. 19,400 is the most that was seen in 985 pages."""

_TAG = re.compile(rb"<(/?[a-zA-Z][a-zA-Z0-9:-]{0,30}|[!?/])")
_DISTINCT = re.compile(rb"<[bceifstuBCEIFSTU](?:(?i:ont|m|trong|mall|ig|ode|t|trike))?[\s/]")
_BETWEEN: Final = b" \t\n\r\f"
_TAG_START = re.compile(rb"<[a-zA-Z]")
_FORMATTING = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
_EMPTY = frozenset(
    b"! ? / area base br col embed hr img input link meta param source track wbr "
    b"path rect circle line polygon polyline ellipse use stop".split()
)
_OPENS_NOTHING = _EMPTY | frozenset(b"p li dd dt option optgroup tr td th".split())
_REOPENS_NOTHING = _EMPTY | _FORMATTING


def defuse(body: bytes) -> bytes:
    """Return markup without attribute floods, cut where it nests deeper than any page does. Takes linear time."""
    kept: list[bytes] = []
    end = 0
    for start, stop in _long(body):
        part = body[start:stop]
        if (trimmed := _trimmed(part)) is not part:
            kept += (body[end:start], trimmed)
            end = stop
    if kept:
        body = b"".join((*kept, body[end:]))
    tags = body.count(b"<")
    # If half of the tags open and half open anew what is open by then, that makes tags ** 2 / 8.
    # Of equal formatting elements only three are opened anew (HTML Standard), so it takes attributes to make many.
    if tags > DEEP or (tags**2 > 8 * REOPENED and len(_DISTINCT.findall(body)) * tags > REOPENED):
        body = body[: _end(body)]
    return body


def _long(body: bytes) -> Iterator[tuple[int, int]]:
    """Yield where stretches of more than `LONG_TAG` bytes begin and end in which no tag ends."""
    at, size = 0, len(body)
    while at + LONG_TAG < size:
        last = body.rfind(b">", at, at + LONG_TAG)
        if last >= 0:
            at = last + 1
        else:
            end = body.find(b">", at + LONG_TAG)
            yield at, end if end >= 0 else size
            at = end + 1 if end >= 0 else size


def _trimmed(part: bytes) -> bytes:
    tag = _TAG_START.search(part, 0, len(part) - LONG_TAG + 2)
    if tag is None or len(part) - len(part.translate(None, _BETWEEN)) < ATTRIBUTES:
        return part
    words = part[tag.start() :].split(None, ATTRIBUTES)
    if len(words) <= ATTRIBUTES:
        return part
    # What looks like a long tag is a script more often than not, and its end must stay.
    end = part.rfind(b"</", len(part) - len("</script"))
    return part[: tag.start()] + b" ".join(words[:ATTRIBUTES]) + (part[end:] if end > 0 else b"")


def _end(body: bytes) -> int:
    """Return where the markup turns into a bomb, its length where it does not."""
    found = [*islice(_TAG.finditer(body), MOST + 1)]
    count = min(_harmless([tag[1] for tag in found]), MOST)
    return found[count].start() if count < len(found) else len(body)


def _harmless(tags: list[bytes]) -> int:
    """Return how many of the tags may be given to a parser.

    The end of what never began ends nothing, so elements are counted by name.
    """
    kinds = {tag: _kind(tag) for tag in {*tags}}
    opened = dict.fromkeys((kind.name for kind in kinds.values()), 0)
    depth = formats = reopened = 0
    for index, (name, step, deepens, is_formatting, reopens) in enumerate(map(kinds.__getitem__, tags)):
        if step > 0 or opened[name]:
            opened[name] += step
            depth += step * deepens
            formats += step * is_formatting
        if reopens and formats:
            reopened += formats
            if reopened > REOPENED:
                return index
        if depth > DEPTH:
            return index
    return len(tags)


class _Kind(NamedTuple):
    """A tag: the element's name, 1 where it begins and -1 where it ends, whether that nests, whether it formats, and
    whether the tag may close formatting elements that its text then opens anew."""

    name: bytes
    step: int
    deepens: bool
    is_formatting: bool
    reopens: bool


def _kind(tag: bytes) -> _Kind:
    name = tag.lstrip(b"/").lower() or tag
    step = -1 if tag.startswith(b"/") else 1
    return _Kind(name, step, name not in _OPENS_NOTHING, name in _FORMATTING, name not in _REOPENS_NOTHING)
