"""Signed authors: names in elements that say by class, relation or address that they hold a signature."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from crawler import signature, story
from crawler.byline import has_role, looks_like_person, names
from crawler.markup import text_of
from crawler.page import Page
from crawler.prose import fold
from pipelines.authors.stated import Stated
from pipelines.authors.written import begins_as_byline

BEFORE, AFTER = 40, 80
"""Nodes before and after the headline among which a byline stands right beside it."""

FAR: Final = 0.53
"""Trust of a byline that stands elsewhere."""

LONGEST: Final = 400
"""Characters of an element that holds no more than a byline."""

TOGETHER: Final = 8
"""Nodes between two signatures of one byline."""

LEAST: Final = 3
"""Words of an element for each word of the names in it from which on it is a sentence that only begins with a name."""


class Signature(NamedTuple):
    """An element that holds names; ``at`` is its position."""

    at: int
    node: LexborNode
    said: str
    people: Sequence[str]
    trust: float


def beside_headline(told: story.Story) -> Iterator[Stated]:
    """Yield the names of the signatures beside the headline."""
    if told.headline is not None:
        nodes, tags = told.markup.nodes, told.markup.tags
        places = range(max(told.start - BEFORE, 0), min(told.start + AFTER, len(nodes)))
        beside = ((at, nodes[at]) for at in places if signature.may_be(tags[at]))
        yield from _signed(told, beside, near=True)


def elsewhere(page: Page) -> Iterator[Stated]:
    """Yield the names of the signatures all over a page."""
    told = story.of(page)
    yield from _signed(told, _anywhere(page), near=told.headline is None)


def _anywhere(page: Page) -> Iterator[tuple[int, LexborNode]]:
    """Yield what may be signatures; neighbours get neighbouring positions."""
    last, at = 0, 0
    for node in page.tree.css(signature.ANYWHERE):
        around = node.parent.parent if node.parent is not None else None
        at += 1 if around is not None and around.mem_id == last else TOGETHER + 1
        last = around.mem_id if around is not None else 0
        yield at, node


def _signed(told: story.Story, nodes: Iterable[tuple[int, LexborNode]], *, near: bool) -> Iterator[Stated]:
    """Yield the names of the signatures among nodes: innermost ones that stand together are one byline, what encloses
    them is another witness."""
    found = [signed for at, node in nodes if (signed := _signature(told, at, node, near=near)) is not None]
    enclosing = _enclosing(found)
    yield from _together([signed for signed in found if signed.node.mem_id not in enclosing])
    for signed in found:
        if signed.node.mem_id in enclosing:
            yield Stated("byline around", signed.trust - 0.05, signed.said, signed.people)


def _enclosing(found: Iterable[Signature]) -> set[int]:
    """Return the identities of all that encloses signatures; what encloses one that is known is known as well."""
    known: set[int] = set()
    for signed in found:
        for node in story.ancestors(signed.node):
            if node.mem_id in known:
                break
            known.add(node.mem_id)
    return known


def _signature(told: story.Story, at: int, node: LexborNode, *, near: bool) -> Signature | None:
    tag = node.tag
    trust = signature.trust(tag, node.attributes) if tag and signature.may_be(tag) else 0
    if not trust or told.is_boxed(node, beyond=story.SIDE if near else 0) or len(node.text()) > LONGEST:
        return None
    if not near:
        trust = FAR if trust > signature.BY_CLASS else FAR - 0.01
    said = text_of(node)
    people = [name for name in names(said) if not has_role(name) and (trust >= FAR or looks_like_person(name))]
    if not people or (_words(said) > LEAST * _words(" ".join(people)) and not begins_as_byline(said)):
        return None
    return Signature(at, node, said, people, trust)


def _words(text: str) -> int:
    return len(text.split())


def _together(found: Sequence[Signature]) -> Iterator[Stated]:
    """Yield the names of signatures as groups that stand together."""
    groups: list[list[Signature]] = []
    for signed in found:
        if groups and signed.at - groups[-1][-1].at <= TOGETHER:
            groups[-1].append(signed)
        else:
            groups.append([signed])
    for group in groups:
        plain = [signed for signed in group if not has_role(signed.said)] or group
        yield Stated("byline", max(signed.trust for signed in plain), plain[0].said, _each_once(plain))


def _each_once(group: Sequence[Signature]) -> list[str]:
    """Return the names of a group, each once and in full, people before the words between them."""
    people = {fold(name): name for signed in reversed(group) for name in reversed(signed.people)}
    whole = [name for key, name in people.items() if not any(key != other and key in other for other in people)]
    if any(map(looks_like_person, whole)):
        whole = [name for name in whole if not name.islower()]
    return whole[::-1]
