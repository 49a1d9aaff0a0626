"""Dates: when an article was published and when it was updated."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from math import log
from typing import Final

from crawler import dateword, jsonld, story, territory
from crawler.evidence import Choice, Evidence, Field
from crawler.moment import Moment, day_of, days_of, may_hold, order_of, read
from crawler.moment import find as find_moments
from crawler.page import Element, Page
from crawler.site import Site
from crawler.tongue import ANY, Tongue, tongue
from crawler.url import split
from crawler.zone import Clocks, is_exact

FIELDS: tuple[Field, ...] = (Field.PUBLISHED, Field.UPDATED)

SURE: Final = 0.6
"""Trust from which on a date is taken for the article's own, so that the rest of the page need not be searched."""

LIKELY: Final = 0.5
"""Trust from which on a date is likelier than none."""

SHOWN: Final = 0.64
"""Trust from which on a visible date is one that readers take for the article's."""

PARAGRAPH: Final = 200
"""Characters from which on a run is a paragraph; what is read of it for a dateline."""

LONGEST: Final = 100_000
"""Characters of a script that are searched."""

MOST: Final = 8
"""Elements of a kind that are looked at; pages with more are lists."""

_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>20[0-3]\d|199\d)(?P<mark>[/_-]?)(?P<month>0[1-9]|1[0-2]|[1-9](?=[/_-]))(?P=mark)"
    r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=[/_.-]))(?!\d)"
    r"|(?<!\d)(?P<day2>0[1-9]|[12]\d|3[01])(?P<mark2>[._-])(?P<month2>0[1-9]|1[0-2])(?P=mark2)(?P<year2>20[0-3]\d)(?!\d)"
)
_SCRIPTED = re.compile(
    r'["\']?(?:date_?published|published?(?:_?(?:at|date|time|on|ts))*|pub_?date|created_?(?:at|date|time|datetime)|'
    r'creation_?date|first_?published(?:_?(?:at|date|time))?|article_?date)["\']?\s*[:=]\s*["\']([^"\']{8,40})["\']',
    re.IGNORECASE,
)
_DATED: Final = '[itemprop^="date" i]:not(meta):not(time),[property*=":date" i]:not(meta):not(time)'
_ATTRIBUTED: Final = (
    "abbr[title],[data-date],[data-datetime],[data-time],[data-utime],[data-timestamp],[data-published]"
)
_GRAPH: Final = (
    ("datePublished", Field.PUBLISHED, 1.0), ("dateCreated", Field.PUBLISHED, 0.85),
    ("uploadDate", Field.PUBLISHED, 0.8), ("dateModified", Field.UPDATED, 0.97),
)  # fmt: skip


def find(page: Page) -> Iterator[Evidence]:
    """Yield the dates that a page states of its article: the body is read where the head leaves something open, all of
    it where the article's own place has no date either."""
    language = tongue(territory.locale(page))
    found = [*_in_graph(page, language), *_in_metas(page, language), *_in_url(page)]
    if not any(map(_is_whole, found)):
        found += (*_in_times(page, language), *_near_headline(page, language))
        if not any(isinstance(item.value, datetime) and item.field is Field.PUBLISHED for item in found):
            found += _in_properties(page, language)
    if not any(item.confidence >= SURE for item in found):
        found += _anywhere(page, tongue(ANY))
    yield from found


def _is_whole(item: Evidence) -> bool:
    """Tell whether structured data has the instant and the zone of its readers."""
    moment = item.value
    is_instant = isinstance(moment, datetime) and is_exact(moment) and bool(moment.utcoffset())
    return is_instant and item.field is Field.PUBLISHED and item.source == "json-ld article datePublished"


def _stated(
    page: Page | story.Story, field: Field, said: str, source: str, trust: float, language: Tongue
) -> Iterator[Evidence]:
    reading = read(said, language)
    if reading is not None:
        yield Evidence(field, reading.moment, source, page.url, trust, said, reading.other)


def _in_graph(page: Page, language: Tongue) -> Iterator[Evidence]:
    graph, articles, pages = page.graph, page.articles, [*page.graph.pages()]
    others = [node for node in graph.own if "datePublished" in node and node not in articles and node not in pages]
    nodes = (
        *(("article", node, 0.975 if not index else 0.8) for index, node in enumerate(articles[:4])),
        *(("page", node, 0.95) for node in pages[:1]),
        *(("thing", node, 0.75) for node in others[:1]),
    )
    for kind, node, trust in nodes:
        for name, field, factor in _GRAPH:
            for value in graph.all(node, name):
                yield from _stated(page, field, jsonld.text(value), f"json-ld {kind} {name}", trust * factor, language)


def _in_metas(page: Page, language: Tongue) -> Iterator[Evidence]:
    for name, contents in page.markup.metas.items():
        if (meaning := dateword.of_meta(name)) is not None:
            field, trust = meaning
            for index, content in enumerate(contents[:3]):
                yield from _stated(page, field, content, f"meta {name}", trust if not index else trust * 0.7, language)


def _in_url(page: Page) -> Iterator[Evidence]:
    parts = split(page.url)
    match = _URL_DAY.search(f"{parts.path}?{parts.query}")
    if match:
        year, month, day = (int(match[name] or match[f"{name}2"]) for name in ("year", "month", "day"))
        try:
            yield Evidence(Field.PUBLISHED, date(year, month, day), "url", page.url, 0.94, match[0])
        except ValueError:
            return


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
    yield from _stated(told, field, said, "microdata" if is_property else "time", trust, language)
    if text and said != text:
        yield from _stated(told, field, text, "time text", trust * 0.95, language)


def _placed(told: story.Story, element: Element, trust: float) -> float:
    """Return how far an element is to be trusted where it stands."""
    after = element.at - told.start
    if told.is_boxed(element.node, beyond=story.SIDE if -30 < after < 60 else 0):
        return 0.3
    return trust * (0.7 if after < -60 else 0.75 if after > 150 else 1)


def _near_headline(page: Page, language: Tongue) -> Iterator[Evidence]:
    told = story.of(page)
    for run in told.runs:
        if -6 <= run.distance <= 12 and may_hold(run.text[:PARAGRAPH]) and not told.is_beside(run):
            yield from _in_run(told, run, language, 0.92)


def _in_run(told: story.Story, run: story.Run, language: Tongue, trust: float) -> Iterator[Evidence]:
    end = 0
    text = run.text if len(run.text) <= PARAGRAPH else run.text[:PARAGRAPH]
    for index, reading in enumerate(islice(find_moments(text, language), 3)):
        before = text[max(end, reading.start - 40) : reading.start]
        end = reading.end
        field = Field.UPDATED if dateword.says_update(before) else Field.PUBLISHED
        labelled = dateword.says_publication(before, told.names(run, 3))
        confidence = trust * (1 if labelled else 0.9) * (0.8 if index else 1)
        if reading.start > 80 or len(text) == PARAGRAPH:
            confidence *= 0.7 if labelled else 0.35
        if dateword.says_other(before + text[end : end + 10]):
            confidence *= 0.4
        said = before + text[reading.start : end]
        yield Evidence(field, reading.moment, "text", told.url, confidence, said, reading.other)


def _anywhere(page: Page, language: Tongue) -> Iterator[Evidence]:
    """Yield what looks like a date in attributes, else in scripts, else in any text of the page."""
    told = story.whole(page)
    for source in (_in_attributes, _in_scripts, _in_texts):
        found = [*source(page, told, language)]
        yield from found
        if any(item.confidence >= LIKELY for item in found):
            return


def _in_attributes(page: Page, told: story.Story, language: Tongue) -> Iterator[Evidence]:
    for node in page.tree.css(_ATTRIBUTED)[:MOST]:
        for name, value in node.attributes.items():
            if value and len(value) < 60 and ("date" in name or "time" in name or name == "title") and may_hold(value):
                trust = 0.3 if told.is_boxed(node) else 0.6
                yield from _stated(page, Field.PUBLISHED, value, f"attribute {name}", trust, language)


def _in_scripts(page: Page, _told: story.Story, language: Tongue) -> Iterator[Evidence]:
    for script in page.found("script"):
        if not script.get("src") and "ubl" in (text := script.node.text()[:LONGEST]):
            for match in islice(_SCRIPTED.finditer(text), 2):
                yield from _stated(page, Field.PUBLISHED, match[1], "script", 0.7, language)


def _in_texts(_page: Page, told: story.Story, language: Tongue) -> Iterator[Evidence]:
    for run in told.runs:
        if may_hold(run.text[:PARAGRAPH]) and (found := [*_in_run(told, run, language, 0.5)]):
            trust = 0.4 if told.is_beside(run) else 1.0
            yield from (replace(item, confidence=item.confidence * trust) for item in found)


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Settle on the day for which most independent sources speak, then on the best known instant of it."""
    latest = (now + timedelta(days=2)).date()
    possible = [item for item in _in_order(evidence, site) if item.field in FIELDS and day_of(item.value) <= latest]
    stated, rule = [item for item in possible if item.field is field], "stated"
    if field is Field.PUBLISHED and not any(item.confidence >= LIKELY for item in stated):
        stated, rule = possible, "updated, for want of a date of publication"
    if not stated:
        return None
    clocks = Clocks.of((item.value for item in possible), site, stated[0].url)
    stated = [_with(item, clocks.corrected(item.value)) for item in stated]
    best = max(stated, key=_weights(stated))
    if field is Field.PUBLISHED and (shown := _shown_later(best, possible)) is not None:
        best, rule = shown, "the later day that readers are shown"
    support = [item for item in stated if _agree(item.value, best.value)]
    return Choice(field, _instant(best, support), rule, tuple(support), best.confidence)


def _with(item: Evidence, value: Moment) -> Evidence:
    return item if value is item.value else replace(item, value=value)


def _in_order(stated: Sequence[Evidence], site: Site) -> list[Evidence]:
    """Read numbers in the order in which they agree with what is not ambiguous, else in the order of the site."""
    if all(item.other is None for item in stated):
        return [*stated]
    certain = {day for item in stated if item.other is None and item.field in FIELDS for day in days_of(item.value)}
    return [
        replace(item, value=item.other, other=item.value) if _is_swapped(item, certain, site) else item
        for item in stated
    ]


def _is_swapped(item: Evidence, certain: set[date], site: Site) -> bool:
    """Tell whether the other reading of numbers is the right one."""
    if item.other is None or day_of(item.value) in certain:
        return False
    return day_of(item.other) in certain or (
        site.order is not None and order_of(item.said, day_of(item.other)) == site.order
    )


def _shown_later(best: Evidence, possible: Sequence[Evidence]) -> Evidence | None:
    """Return the later date beside the headline of a page that was published anew and still declares its first one.

    Only where it is the one day that the page shows, no update is declared or said for it, and neither JSON-LD nor
    the URL speaks for the declared day.
    """
    shown = [
        item for item in possible if item.source.partition(" ")[0] in ("text", "time") and item.confidence >= SHOWN
    ]
    days = {day_of(item.value) for item in shown}
    if best.source.startswith("json-ld") or len(days) != 1 or days.pop() < day_of(best.value) + timedelta(days=2):
        return None
    found = max(shown, key=lambda item: item.confidence)
    for item in possible:
        if item.source == "url" and _agree(item.value, best.value):
            return None
        if item.field is Field.UPDATED and _agree(item.value, found.value):
            return None
    return found


def _weights(stated: Sequence[Evidence]) -> Callable[[Evidence], tuple[float, float]]:
    """Return how much speaks for a date: the best source in full, each other kind of source by half of its weight.

    Kinds of sources fail together, since one system writes them all; sources of one kind are copies.
    """
    known = [(days_of(item.value), item.source.partition(" ")[0], _weight(item.confidence)) for item in stated]
    support: dict[frozenset[date], float] = {}
    for days in {days for days, _, _ in known}:
        kinds: dict[str, float] = {}
        for others, kind, weight in known:
            if not days.isdisjoint(others):
                kinds[kind] = max(kinds.get(kind, 0.0), weight)
        best, *rest = sorted(kinds.values(), reverse=True)
        support[days] = best + sum(rest) / 2
    return lambda item: (support[days_of(item.value)], item.confidence)


def _weight(confidence: float) -> float:
    trust = min(confidence, 0.99)
    return max(log(trust / (1 - trust)) + 1, 0.0)


def _agree(one: Moment, other: Moment) -> bool:
    return not days_of(one).isdisjoint(days_of(other))


def _instant(best: Evidence, support: Sequence[Evidence]) -> Moment:
    instants = [item for item in support if isinstance(item.value, datetime)]
    if not instants:
        return day_of(best.value)
    chosen = max(instants, key=lambda item: (is_exact(item.value), item.value.tzinfo is not None, item.confidence))
    found: datetime = chosen.value
    return found
