"""Authors: who wrote an article."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import log
from typing import Any, Final

from crawler import headline, jsonld, story
from crawler.byline import has_role, looks_like_person, names
from crawler.evidence import Choice, Evidence, Field
from crawler.moment import find as find_moments
from crawler.page import Element, Page
from crawler.prose import fold
from crawler.site import Site
from crawler.tongue import ANY, tongue

FIELDS: Final = (Field.AUTHOR,)

METAS: Final = {
    "parselyauthor": 0.85, "sailthruauthor": 0.85, "author": 0.67, "dccreator": 0.7, "dctermscreator": 0.7,
    "articleauthor": 0.6, "articleauthorname": 0.7, "citationauthor": 0.8, "byl": 0.75,
    "shareaholicarticleauthorname": 0.7, "cxenseparseauthor": 0.8, "cxenseparserecsauthor": 0.8, "vrauthor": 0.7,
    "itempropauthor": 0.7, "ogarticleauthor": 0.6, "authors": 0.67, "ogauthor": 0.6, "articleauthors": 0.6,
}  # fmt: skip
"""Names of meta elements, by their letters and digits, with the share of them that had all authors right."""

_CLASS = re.compile(
    r"author|byline|by-line|autor(?!is|it)|writer|verfasser|redakteur|auteur|journalist|contributor|reporter|"
    r"(?<![a-z])(?:fn|username|h-card|posted-by|postedby)(?![a-z])",
    re.IGNORECASE,
)
_NOT_CLASS = re.compile(
    r"avatar|image|img|photo|bio|desc|social|follow|twitter|box-title|comment|more|count|icon|thumb|site-title",
    re.IGNORECASE,
)
_FORMAT = re.compile(r"(?<![\w-])(?:fn|p-author|p-name)(?![\w-])")  # the microformats hCard and h-entry
_HREF = re.compile(
    r"/(?:authors?|autor(?:en|es|i|e)?|auteurs?|people|profiles?|staff|journalist\w*|redakt\w+|redaktion|reporters?|by|writers?|"
    r"contributors?|person(?:en)?|kolumnist\w*|experts?|experten?|columnists?)/[^/?#]+|[?&]author=",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:written|posted|text|words|story|reported|veröffentlicht|geschrieben|ein beitrag|interview)\b[\s:]*)?"
    r"(?:by|von|par|por|di|door|av|af|autor(?:in)?:|author:|text:|interview:)\s+\S",
    re.IGNORECASE,
)
_BY_CLOCK = re.compile(r"^[\d:.,\sUhr|-]+(?=\D)")
_LABEL = re.compile(
    r"(?<![^\W\d_])(?:Autor(?:in|en)?|Author|Verfasser(?:in)?|Text|Auteur|Autore|Written by|Words)\s*:\s*"
)
NEXT: Final = 8
"""Runs after the headline among which a line of date and name is a byline."""

FAR: Final = 0.53
"""Trust of a byline that does not stand beside the headline."""

_NO_BYLINE: Final = frozenset("meta body html article section main script link form head nav footer table".split())


def find(page: Page) -> Iterator[Evidence]:
    """Yield every set of names that a page states as its authors."""
    for source, trust, said, people in (*_in_graph(page), *_in_metas(page), *_in_elements(page), *_in_text(page)):
        people = [_without_site(name, page) for name in people]
        own = [name for name in people if is_site(name, page)]
        if len(own) < len(people):
            people = [name for name in people if name not in own]
        elif own:
            trust *= 0.5
        if people:
            yield Evidence(Field.AUTHOR, tuple(dict.fromkeys(people)), source, page.url, trust, said)


def is_site(name: str, page: Page) -> bool:
    """Tell whether a name is that of the site or its publisher, which sign what nobody else does."""
    text = fold(name)
    known = page.site_names
    return (
        text in known
        or any(text.startswith(own) for own in known if len(own) > 3)
        or headline.is_name_of_host(text, page.url)
    )


def _without_site(name: str, page: Page) -> str:
    """Cut a person's name before that of the site (``Ann Lee Example Staff``)."""
    words = name.split()
    cut = next((index for index in range(2, len(words)) if is_site(words[index], page)), None)
    return name if cut is None else " ".join(words[:cut])


Stated = tuple[str, float, str, Sequence[str]]
"""Source, trust, what stood there, names."""


def _in_graph(page: Page) -> Iterator[Stated]:
    others = [node for node in page.graph.own if "author" in node and node not in page.articles]
    for node, trust in [(node, 0.874) for node in page.articles[:1]] or [(node, 0.65) for node in others[:1]]:
        for name in ("author", "creator"):
            values = [*page.graph.all(node, name)]
            people = [person for value in values for person in _people(value)]
            yield f"json-ld {name}", trust, ", ".join(map(jsonld.text, values)), people


def _people(value: Any) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        said = value.get("name")
        value = " and ".join(map(jsonld.text, said)) if isinstance(said, list) else jsonld.text(said)
    return names(value) if isinstance(value, str) and not value.startswith("http") else ()


def _in_metas(page: Page) -> Iterator[Stated]:
    for name, trust in METAS.items():
        values = [value for value in page.metas(name) if "://" not in value]
        yield f"meta {name}", trust, ", ".join(values), [person for value in values for person in names(value)]
    for label, data in (("twitterlabel1", "twitterdata1"), ("twitterlabel2", "twitterdata2")):
        for said in page.metas(label):
            if re.search(r"writ|auth|autor|verfasst|von|par|por|by|escrit|scritto|geschr", said, re.IGNORECASE):
                yield from (("twitter:data", 0.7, value, names(value)) for value in page.metas(data))


def _in_elements(page: Page) -> Iterator[Stated]:
    """Yield the names in elements that say by class, relation or address that they hold authors.

    Innermost elements that stand together are one byline; what encloses them is another witness.
    """
    told = story.of(page)
    enclosing: set[int] = set()
    outer: list[Stated] = []
    inner: list[tuple[Element, Sequence[str], float]] = []
    for element in reversed(page.markup.elements):
        trust = _trust(element, told)
        if not trust:
            continue
        people = [name for name in names(element.text) if not has_role(name)]
        if trust < FAR:
            people = [name for name in people if looks_like_person(name)]
        if not people:
            continue
        if element.node.mem_id in enclosing:
            outer.append(("byline around", trust - 0.05, element.text, people))
        else:
            inner.append((element, people, trust))
        enclosing.update(node.mem_id for node in story.ancestors(element.node))
    yield from _together(inner[::-1])
    yield from outer[::-1]


def _together(found: Sequence[tuple[Element, Sequence[str], float]]) -> Iterator[Stated]:
    """Yield the names of elements as groups that stand together."""
    groups: list[list[tuple[Element, Sequence[str], float]]] = []
    for item in found:
        if groups and item[0].at - groups[-1][-1][0].at <= 8:
            groups[-1].append(item)
        else:
            groups.append([item])
    for group in groups:
        plain = [item for item in group if not has_role(item[0].text)]
        group = plain or group
        people = {fold(name): name for _, names_, _ in reversed(group) for name in reversed(names_)}
        whole = [name for key, name in people.items() if not any(key != other and key in other for other in people)]
        if any(map(looks_like_person, whole)):
            whole = [name for name in whole if not name.islower()]
        yield "byline", max(trust for _, _, trust in group), group[0][0].text, whole[::-1]


def _trust(element: Element, told: story.Story) -> float:
    """Return how far an element is to be trusted to hold authors, 0 where nothing says that it does."""
    if element.tag in _NO_BYLINE:
        return 0
    attributes = element.attributes
    if "author" in (attributes.get("itemprop") or attributes.get("property") or "").lower():
        trust = 0.8
    elif "author" in (attributes.get("rel") or "").lower():
        trust = 0.77
    elif element.tag == "a" and _HREF.search(attributes.get("href") or ""):
        trust = 0.72
    elif _FORMAT.search(attributes.get("class") or ""):
        trust = 0.72
    elif attributes.get("class") and _CLASS.search(element.names) and not _NOT_CLASS.search(element.names):
        trust = 0.7
    else:
        return 0
    near = told.headline is None or -40 < element.at - told.start < 80
    if told.is_boxed(element.node, beyond=story.SIDE if near else 0) or len(element.node.text()) > 400:
        return 0
    return trust if near else FAR if trust > 0.7 else FAR - 0.01


def _in_text(page: Page) -> Iterator[Stated]:
    for run in story.of(page).near(6, 30):
        if len(run.text) > 160:
            continue
        label = _LABEL.search(run.text)
        said = run.text[label.end() :] if label else run.text if run.distance <= 12 and _BY.match(run.text) else ""
        is_line = next(find_moments(run.text, tongue(ANY)), None) is not None and len(run.text) <= 60
        yield "text by", 0.7, run.text, [name for name in names(said) if is_line or looks_like_person(name)]
        if 0 < run.distance <= NEXT and len(run.text) <= 80:
            yield "text beside a date", 0.52, run.text, _beside_date(run.text)


def _beside_date(text: str) -> list[str]:
    """Return the one name in a line that holds a date and nothing else."""
    reading = next(find_moments(text, tongue(ANY)), None)
    if reading is None or ":" in text[: reading.start]:
        return []
    after = text[reading.end :].strip(" ,|·-–—•")
    if _BY.search(after):
        return [*names(_BY_CLOCK.sub("", after))]
    people = [name for part in (text[: reading.start], after) for name in names(part)]
    people = [name for name in people if looks_like_person(name) and not has_role(name)]
    return people if len(people) == 1 else []


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
