"""Shown dates: what readers see beside the headline, in ``time`` elements, in elements with properties and as text."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborNode

from crawler import dateline, dateword, story
from crawler.dateline import datelines
from crawler.evidence import Evidence, Field
from crawler.markup import Element
from crawler.moment import days_of, may_hold
from crawler.moment import find as find_moments
from crawler.page import Page
from crawler.tongue import Tongue
from pipelines.dates.declared import stated

MOST: Final = 8
"""Elements of a kind that are looked at; pages with more are lists."""

BESIDE: Final = 60
"""Nodes before or after the headline within which 97 of 100 ``time`` elements have the article's date, whatever they
are in: templates put bylines into boxes of all names. Beyond `AROUND` one third has it."""

AROUND: Final = 100

OF_ANOTHER: Final = 0.5
"""What is left of the trust in a date under the main heading of another story of the same page."""

BEFORE, AFTER = 6, 12
"""Runs before and after the headline in which a byline may stand."""

PARAGRAPH: Final = 200
"""Characters from which on a run is a paragraph; what is read of it for a dateline."""

DATES: Final = 3
"""Dates of a run that are looked at."""

LIKELY: Final = 0.6
"""Trust in a shown day from which on its instant is looked for in the attributes around it."""

UNTIMELY: Final = frozenset({"class", "id", "href", "style", "src"})
"""Attributes that name no moment."""

_DATED: Final = '[itemprop^="date" i]:not(meta):not(time),[property*=":date" i]:not(meta):not(time)'


def find(page: Page, language: Tongue) -> Iterator[Evidence]:
    """Yield the dates beside the headline."""
    found = [*_in_times(page, language), *_near_headline(page, language)]
    if not any(isinstance(item.value, datetime) and item.field is Field.PUBLISHED for item in found):
        found += _in_properties(page, language)
    yield from found


def _in_times(page: Page, language: Tongue) -> Iterator[Evidence]:
    told = story.of(page)
    for element in sorted(page.found("time"), key=lambda element: abs(element.at - told.start))[:MOST]:
        prop = element.get("itemprop") or element.get("property")
        yield from _in_element(told, element, language, is_property=dateword.is_property(prop))


def _in_properties(page: Page, language: Tongue) -> Iterator[Evidence]:
    told = story.of(page)
    for node in page.tree.css(_DATED)[:MOST]:
        element = Element(page.markup.positions.get(node.mem_id, 0), str(node.tag), node.attributes, node)
        if dateword.is_property(element.get("itemprop") or element.get("property")):
            yield from _in_element(told, element, language, is_property=True)


def _in_element(told: story.Story, element: Element, language: Tongue, *, is_property: bool) -> Iterator[Evidence]:
    text = element.text
    said = element.get("datetime") or element.get("content") or element.get("title") or text
    names = f"{element.get('itemprop')} {told.names(element.node, 3)}"
    updated = dateword.names_update(names) or (not is_property and dateword.says_update(text))
    field = Field.UPDATED if updated else Field.PUBLISHED
    trust = _placed(told, element, 0.95 if is_property else 0.92)
    yield from stated(told, field, said, "microdata" if is_property else "time", trust, language)
    if text and said != text:
        yield from stated(told, field, text, "time text", trust * 0.95, language)


def _placed(told: story.Story, element: Element, trust: float) -> float:
    """Return how far an element is to be trusted where it stands."""
    distance = abs(element.at - told.start)
    if told.is_of_another(element.at):
        return trust * OF_ANOTHER
    if distance <= BESIDE:
        return trust
    is_boxed = told.is_boxed(element.node)
    if distance <= AROUND:
        return trust * (0.5 if is_boxed else 0.9)
    return 0.25 if is_boxed else trust * 0.5


def _near_headline(page: Page, language: Tongue) -> Iterator[Evidence]:
    told = story.of(page)
    for run in told.runs:
        is_near = abs(run.distance) <= dateline.NEAR
        if not -BEFORE <= run.distance <= AFTER or not run.has_digits or not may_hold(run.text[:PARAGRAPH]):
            continue
        if is_near or not told.is_beside(run):
            yield from in_run(told, run, language, is_near=is_near)


def in_run(told: story.Story, run: story.Run, language: Tongue, *, is_near: bool = True) -> Iterator[Evidence]:
    """Yield the dates that a run of text begins with, as far as each looks like that of the article."""
    text = run.text[:PARAGRAPH]
    readings = [*islice(find_moments(text, language), DATES + 1)]
    if not readings:
        return
    around = datelines(text, readings, told.names(run, 3), is_near=is_near, is_boxed=told.is_beside(run))
    is_modified = dateword.names_update(_property(run.nodes[0].parent))
    for index, (reading, found) in enumerate(islice(around, DATES)):
        field = Field.UPDATED if is_modified or found.is_update else Field.PUBLISHED
        trust = found.trust * (0.8 if index else 1)
        said = found.before + text[reading.start : reading.end]
        item = Evidence(field, reading.moment, "text", told.url, trust, said, reading.other)
        yield item
        if trust >= LIKELY and not isinstance(reading.moment, datetime):
            yield from _meant(told, run, item, language)


def _property(node: LexborNode | None) -> str:
    return (node.attributes.get("itemprop") or node.attributes.get("property") or "") if node is not None else ""


def _meant(told: story.Story, run: story.Run, shown: Evidence, language: Tongue) -> Iterator[Evidence]:
    """Yield the instant that an attribute around a shown day has: scripts make "5 minutes ago" of it."""
    attributes = [pair for node in islice(story.ancestors(run.nodes[0]), 2) for pair in node.attributes.items()]
    for name, value in attributes:
        if value and name not in UNTIMELY and len(value) < 60 and may_hold(value):
            found = stated(told, shown.field, value, f"text {name}", shown.confidence * 0.95, language)
            yield from (
                item for item in found if isinstance(item.value, datetime) and shown.value in days_of(item.value)
            )
