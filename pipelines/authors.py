"""Authors: who wrote an article."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from math import log
from typing import Any, Final, NamedTuple

from selectolax.lexbor import LexborNode

from crawler import headline, jsonld, signature, story
from crawler.byline import has_role, looks_like_person, names
from crawler.evidence import Choice, Evidence, Field
from crawler.moment import find as find_moments
from crawler.page import Page, text_of
from crawler.prose import fold
from crawler.site import Site
from crawler.tongue import ANY, tongue

FIELDS: tuple[Field, ...] = (Field.AUTHOR,)

METAS: Final = {
    "parselyauthor": 0.85, "sailthruauthor": 0.85, "author": 0.67, "dccreator": 0.7, "dctermscreator": 0.7,
    "articleauthor": 0.6, "articleauthorname": 0.7, "citationauthor": 0.8, "byl": 0.75,
    "shareaholicarticleauthorname": 0.7, "cxenseparseauthor": 0.8, "cxenseparserecsauthor": 0.8, "vrauthor": 0.7,
    "itempropauthor": 0.7, "ogarticleauthor": 0.6, "authors": 0.67, "ogauthor": 0.6, "articleauthors": 0.6,
}  # fmt: skip
"""Names of meta elements, by their letters and digits, with the share of them that had all authors right."""

BEFORE, AFTER = 40, 80
"""Nodes before and after the headline among which a byline stands right beside it."""

FAR: Final = 0.53
"""Trust of a byline that stands elsewhere."""

NEXT: Final = 8
"""Runs after the headline among which a line of date and name is a byline."""

LONGEST: Final = 400
"""Characters of an element that holds no more than a byline."""

TOGETHER: Final = 8
"""Nodes between two signatures of one byline."""

_LABEL_OF_AUTHOR = re.compile(r"writ|auth|autor|verfasst|von|par|por|by|escrit|scritto|geschr", re.IGNORECASE)
_BY = re.compile(
    r"^(?:(?:written|posted|text|words|story|reported|veröffentlicht|geschrieben|ein beitrag|interview)\b[\s:]*)?"
    r"(?:by|von|par|por|di|door|av|af|autor(?:in)?:|author:|text:|interview:)\s+\S",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<![^\W\d_])(?:Autor(?:in|en)?|Author|Verfasser(?:in)?|Text|Auteur|Autore|Written by|Words)\s*:\s*"
)
_CLOCK = re.compile(r"^[\d:.,\sUhr|-]+(?=\D)")


class Stated(NamedTuple):
    """Names, where they stood and how far that is to be trusted."""

    source: str
    trust: float
    said: str
    people: Sequence[str]


class Signature(NamedTuple):
    """An element that holds names; ``at`` is its position."""

    at: int
    node: LexborNode
    said: str
    people: Sequence[str]
    trust: float


def find(page: Page) -> Iterator[Evidence]:
    """Yield every set of names that a page states as its authors, from all over it where none stands in its place."""
    told = story.of(page)
    found = [item for stated in chain(_in_graph(page), _in_metas(page)) for item in _evidence(stated, page)]
    if not _is_agreed(found):
        found += [item for stated in _beside_headline(told) for item in _evidence(stated, page)]
    yield from found
    if not any(item.confidence > FAR for item in found):
        for stated in chain(_by_date(told), _signed(told, _elsewhere(page), near=told.headline is None)):
            yield from _evidence(stated, page)


def _is_agreed(found: Sequence[Evidence]) -> bool:
    """Tell whether two sources name the same people, so that the body need not be asked."""
    sets = [_set(item) for item in found if all(map(looks_like_person, item.value))]
    return len(sets) > len({*sets})


def _elsewhere(page: Page) -> Iterator[tuple[int, LexborNode]]:
    """Yield the signatures far from the headline; neighbours get neighbouring positions."""
    last, at = 0, 0
    for node in page.tree.css(signature.ANYWHERE):
        around = node.parent.parent if node.parent is not None else None
        at += 1 if around is not None and around.mem_id == last else TOGETHER + 1
        last = around.mem_id if around is not None else 0
        yield at, node


def _evidence(stated: Stated, page: Page) -> Iterator[Evidence]:
    """Yield the evidence without the site's own name, which signs what nobody else does."""
    people = [_without_site(name, page) for name in stated.people]
    others = [name for name in people if not is_site(name, page)]
    if people:
        trust = stated.trust if others else stated.trust / 2
        yield Evidence(
            Field.AUTHOR, tuple(dict.fromkeys(others or people)), stated.source, page.url, trust, stated.said
        )


def is_site(name: str, page: Page) -> bool:
    """Tell whether a name is that of the site or its publisher."""
    text, known = fold(name), page.site_names
    is_named = text in known or any(text.startswith(own) for own in known if len(own) > 3)
    return is_named or headline.is_name_of_host(text, page.url)


def _without_site(name: str, page: Page) -> str:
    """Cut a person's name before that of the site (``Ann Lee Example Staff``)."""
    words = name.split()
    cut = next((index for index in range(2, len(words)) if is_site(words[index], page)), None)
    return name if cut is None else " ".join(words[:cut])


def _in_graph(page: Page) -> Iterator[Stated]:
    others = [node for node in page.graph.own if "author" in node and node not in page.articles]
    for node, trust in [(node, 0.874) for node in page.articles[:1]] or [(node, 0.65) for node in others[:1]]:
        for name in ("author", "creator"):
            values = [*page.graph.all(node, name)]
            people = [person for value in values for person in _people(value)]
            yield Stated(f"json-ld {name}", trust, ", ".join(map(jsonld.text, values)), people)


def _people(value: Any) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        said = value.get("name")
        value = " and ".join(map(jsonld.text, said)) if isinstance(said, list) else jsonld.text(said)
    return names(value) if isinstance(value, str) and not value.startswith("http") else ()


def _in_metas(page: Page) -> Iterator[Stated]:
    for name in filter(page.markup.metas.__contains__, METAS):
        values = [value for value in page.metas(name) if "://" not in value]
        people = [person for value in values for person in names(value)]
        yield Stated(f"meta {name}", METAS[name], ", ".join(values), people)
    for number in "12":
        if any(_LABEL_OF_AUTHOR.search(said) for said in page.metas(f"twitterlabel{number}")):
            yield from (Stated("twitter:data", 0.7, said, names(said)) for said in page.metas(f"twitterdata{number}"))


def _beside_headline(told: story.Story) -> Iterator[Stated]:
    if told.headline is not None:
        first, nodes = max(told.start - BEFORE, 0), told.markup.nodes
        beside = ((at, nodes[at]) for at in range(first, min(told.start + AFTER, len(nodes))))
        yield from _signed(told, beside, near=True)
    for run in told.runs:
        if -6 <= run.distance <= 16 and len(run.text) <= 160 and (said := _signed_in(run)) and not told.is_beside(run):
            people = [name for name in names(said) if looks_like_person(name) or _is_line(run.text)]
            yield Stated("text by", 0.7, run.text, people)


def _signed_in(run: story.Run) -> str:
    """Return what follows a word for authors in a run of text, empty where there is none."""
    if ":" in run.text and (label := _LABEL.search(run.text)):
        return run.text[label.end() :]
    return run.text if run.distance <= 12 and _BY.match(run.text) else ""


def _is_line(text: str) -> bool:
    """Tell whether a text is no more than a byline with its date."""
    return len(text) <= 60 and next(find_moments(text, tongue(ANY)), None) is not None


def _by_date(told: story.Story) -> Iterator[Stated]:
    for run in told.runs:
        if 1 <= run.distance <= NEXT and len(run.text) <= 80 and not told.is_beside(run):
            yield Stated("text beside a date", 0.52, run.text, _beside_date(run.text))


def _beside_date(text: str) -> list[str]:
    """Return the one name in a line that holds a date and nothing else."""
    reading = next(find_moments(text, tongue(ANY)), None)
    if reading is None or ":" in text[: reading.start]:
        return []
    after = text[reading.end :].strip(" ,|·-–—•")
    if _BY.search(after):
        return [*names(_CLOCK.sub("", after))]
    people = [name for part in (text[: reading.start], after) for name in names(part)]
    people = [name for name in people if looks_like_person(name) and not has_role(name)]
    return people if len(people) == 1 else []


def _signed(told: story.Story, nodes: Iterable[tuple[int, LexborNode]], *, near: bool) -> Iterator[Stated]:
    """Yield the names of the signatures among nodes: innermost ones that stand together are one byline, what encloses
    them is another witness."""
    found = [signed for at, node in nodes if (signed := _signature(told, at, node, near=near)) is not None]
    enclosing = {node.mem_id for signed in found for node in story.ancestors(signed.node)}
    yield from _together([signed for signed in found if signed.node.mem_id not in enclosing])
    for signed in found:
        if signed.node.mem_id in enclosing:
            yield Stated("byline around", signed.trust - 0.05, signed.said, signed.people)


def _signature(told: story.Story, at: int, node: LexborNode, *, near: bool) -> Signature | None:
    tag = node.tag
    trust = signature.trust(tag, node.attributes) if tag and signature.may_be(tag) else 0
    if not trust or told.is_boxed(node, beyond=story.SIDE if near else 0) or len(node.text()) > LONGEST:
        return None
    if not near:
        trust = FAR if trust > signature.BY_CLASS else FAR - 0.01
    said = text_of(node)
    people = [name for name in names(said) if not has_role(name) and (trust >= FAR or looks_like_person(name))]
    return Signature(at, node, said, people, trust) if people else None


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


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the set of names for which most speaks."""
    if not evidence:
        return None
    best = max(evidence, key=lambda item: (_support(item, evidence), item.confidence))
    best = next((item for item in evidence if _adds_to(item, best)), best)
    same = tuple(item for item in evidence if _set(item) == _set(best))
    value = max((item.value for item in same), key=lambda found: sum(name.count(" ") for name in found))
    return Choice(field, value, "most sources agree", same, best.confidence)


def _adds_to(item: Evidence, best: Evidence) -> bool:
    """Tell whether a byline beside the headline names more people than the best source does, and all of those."""
    near = item.source == "byline" and item.confidence > FAR
    return near and _set(item) > _set(best) and all(map(looks_like_person, item.value))


def _set(item: Evidence) -> frozenset[str]:
    return frozenset(map(fold, item.value))


def _support(item: Evidence, evidence: Sequence[Evidence]) -> float:
    kinds: dict[str, float] = {}
    for other in evidence:
        if _set(other) == _set(item):
            kind = other.source.partition(" ")[0]
            kinds[kind] = max(kinds.get(kind, 0.0), log(other.confidence / (1 - other.confidence)) + 1)
    return sum(kinds.values())
