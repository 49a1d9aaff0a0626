"""A bomb: markup built to keep a parser busy, which is cut out before the parser sees it.

A parser looks through the attributes of a tag, and through the open elements, for every new one, and opens every
formatting element left open anew in each paragraph. Time, or the tree, grows with the square of the input: 40,000
attributes cost five seconds, 100,000 nested ``div`` more than twenty, and nothing can interrupt them.
"""

import re
from typing import Final

LONG_TAG: Final = 4096
"""Bytes from which on a tag is looked at; ordinary tags are shorter, long inline scripts are let go by `ATTRIBUTES`."""

ATTRIBUTES: Final = 1000
"""Blank-separated words of a long tag that are kept; real tags have a few dozen."""

TAGS: Final = 4000
"""Tags from which on a page is measured; fewer cost at most a second, and most pages of the web have fewer."""

DEPTH: Final = 2000
"""Open elements at which a page is cut. Markup in scripts counts too: 1,500 were seen in 985 pages of the web."""

REOPENED: Final = 2_000_000
"""Open formatting elements, summed over all tags, at which a page is cut; twice the most that was seen."""

_TAG = re.compile(rb"<(/?[a-zA-Z][a-zA-Z0-9:-]{0,30})")
_TAG_START = re.compile(rb"<[a-zA-Z]")
_FORMATTING = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
_OPENS_NOTHING = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dd dt option optgroup tr td th "
    b"path rect circle line polygon polyline ellipse use stop".split()
)


def defuse(body: bytes) -> bytes:
    """Return markup without attribute floods, cut where it nests deeper than any page does. Takes linear time."""
    parts = body.split(b">")
    if max(map(len, parts)) > LONG_TAG:
        parts = [_trimmed(part) if len(part) > LONG_TAG else part for part in parts]
        body = b">".join(parts)
    return body[: _end(body)] if len(parts) > TAGS else body


def _trimmed(part: bytes) -> bytes:
    tag = _TAG_START.search(part)
    if tag is None or len(part) - tag.start() < LONG_TAG:
        return part
    words = part[tag.start() :].split(None, ATTRIBUTES)
    if len(words) <= ATTRIBUTES:
        return part
    # What looks like a long tag is a script more often than not, and its end must stay.
    end = part.rfind(b"</", len(part) - len("</script"))
    return part[: tag.start()] + b" ".join(words[:ATTRIBUTES]) + (part[end:] if end > 0 else b"")


def _end(body: bytes) -> int:
    """Return where the markup turns into a bomb, its length where it does not."""
    count = _harmless(_TAG.findall(body))
    tags = _TAG.finditer(body)
    return next((tag.start() for index, tag in enumerate(tags) if index == count), len(body))


def _harmless(tags: list[bytes]) -> int:
    """Return how many of the tags may be given to a parser."""
    steps = {name: _step(name) for name in {*tags}}
    depth = formats = reopened = 0
    for index, name in enumerate(tags):
        deeper, formatting = steps[name]
        depth += deeper
        formats += formatting
        if depth < 0:
            depth = 0
        if formats < 0:
            formats = 0
        reopened += formats
        if depth > DEPTH or reopened > REOPENED:
            return index
    return len(tags)


def _step(tag: bytes) -> tuple[int, int]:
    """Return by how much a tag changes the number of open elements and of open formatting elements."""
    name = tag.lstrip(b"/").lower()
    step = -1 if tag.startswith(b"/") else 1
    return (0 if name in _OPENS_NOTHING else step), (step if name in _FORMATTING else 0)
