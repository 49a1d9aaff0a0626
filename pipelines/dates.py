"""Dates: when an article was published and when it was updated."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import chain, islice
from math import log
from typing import Final

from crawler import jsonld, story, territory
from crawler.evidence import Choice, Evidence, Field
from crawler.moment import Moment, day_of, days_of, read
from crawler.moment import find as find_moments
from crawler.page import Element, Page, letters
from crawler.site import Site
from crawler.tongue import ANY, Tongue, tongue
from crawler.url import split

FIELDS: Final = (Field.PUBLISHED, Field.UPDATED)

METAS: Final = {
    "articlepublishedtime": 0.955, "ogarticlepublishedtime": 0.95, "ogpublishedtime": 0.95, "articlepublished": 0.95,
    "parselypubdate": 0.99, "cxenseparserecspublishtime": 0.98, "cxenseparsepublishtime": 0.98, "sailthrudate": 0.95,
    "datepublished": 0.96, "itempropdatepublished": 0.96, "date": 0.93, "dcdateissued": 0.93, "dctermsissued": 0.93,
    "dcdate": 0.9, "dctermsdate": 0.9, "itempropdatecreated": 0.85, "datecreated": 0.85, "dctermscreated": 0.85,
    "dcdatecreated": 0.85, "ogreleasedate": 0.85, "time": 0.8, "ptime": 0.9, "pdate": 0.9, "displaydate": 0.9,
}  # fmt: skip
"""Names of meta elements, by their letters and digits, with the share of them that named the day of publication."""

_PUBLISHED_NAME = re.compile(r"publi|pubdate|pubtime|issued|created|creation|original|release|postdate|uploaded|posted")
_UPDATED_NAME = re.compile(r"modif|moddate|updat|revis|changed|utime|edited")
_DATE_NAME = re.compile(r"date|time|published|issued|created|modified|updated|uploaded")
_NOT_A_DATE = re.compile(
    r"publisher|reading|preptime|cooktime|totaltime|expir|unpublish|validat|founding|birth|duration|build|now|today|"
    r"tomorrow|yesterday|current|server|render|gentime|i18n|verif|yyyy|start|end|event"
)
_UPDATED_WORDS = re.compile(
    r"updat|modif|aktualis|geändert|änderung|stand\b|mis à jour|mise à jour|\bmaj\b|actualiz|atualiz|aggiorn|modificat|"
    r"bijgewerkt|gewijzigd|oppdater|opdater|uppdater|ändrad|päivitet|muokattu|aktualiz|zaktualiz|обновл|изменен|güncel|"
    r"更新|最終|修正|수정|last edit|last change|revised|reviewed",
    re.IGNORECASE,
)
_PUBLISHED_WORDS = re.compile(
    r"publi|posted|veröffentlich|erschienen|erstellt|created|geplaatst|gepubliceerd|opublikowan|опубликован|yayın|objavljeno|"
    r"掲載|公開|発表|등록|입력|发布|發布|from:|published|date:|datum",
    re.IGNORECASE,
)
_NOT_THIS_DATE = re.compile(r"\bissue\b|regist|joined|mitglied|geboren|\bborn\b|©|copyright|\(c\)|until|\bbis\b|gültig|event", re.IGNORECASE)
_DATE_CLASS = re.compile(
    r"(?<![a-z])(?:date|time|publi|posted|dateline|pub-?date|created|meta|byline|info)|(?:date|time|Date|Time|[pP]ublished)(?![a-z])"
)
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
_PROPERTIES: Final = frozenset(
    "datepublished datecreated datemodified dcdate pubdate dccreated dctermscreated dcdatecreated dcdateissued dctermsissued "
    "dctermsmodified schemadatepublished schemadatecreated schemadatemodified dctermsdate".split()
)

LONGEST: Final = timedelta(hours=14)
"""The farthest that a clock stands from Greenwich."""

SURE: Final = 0.6
"""Trust from which on a date is taken for the article's own, so that the rest of the page need not be searched."""


def find(page: Page) -> Iterator[Evidence]:
    """Yield every date that a page states of its article; where nothing likely is found, what else it holds."""
    language = tongue(territory.locale(page))
    sure = False
    for item in chain(
        _in_graph(page, language), _in_metas(page, language), _in_url(page), _in_elements(page, language), _near_headline(page, language)
    ):
        sure = sure or item.confidence >= SURE
        yield item
    if not sure:
        yield from _anywhere(page)


def _stated(page: Page, field: Field, said: str, source: str, confidence: float, language: Tongue) -> Iterator[Evidence]:
    reading = read(said, language)
    if reading is not None:
        yield Evidence(field, reading.moment, source, page.url, confidence, said, reading.other)


def _in_graph(page: Page, language: Tongue) -> Iterator[Evidence]:
    graph = page.graph
    articles, pages = [*page.articles], [*graph.pages()]
    others = [node for node in graph.own if "datePublished" in node and node not in articles and node not in pages]
    for kind, nodes, trust in (
        ("article", articles[:1], 0.975), ("article", articles[1:4], 0.8), ("page", pages[:1], 0.95), ("thing", others[:1], 0.75)
    ):  # fmt: skip
        for node in nodes:
            for name, field, factor in (
                ("datePublished", Field.PUBLISHED, 1.0),
                ("dateCreated", Field.PUBLISHED, 0.85),
                ("uploadDate", Field.PUBLISHED, 0.8),
                ("dateModified", Field.UPDATED, 0.97),
            ):
                for value in graph.all(node, name):
                    yield from _stated(page, field, jsonld.text(value), f"json-ld {kind} {name}", trust * factor, language)


def _in_metas(page: Page, language: Tongue) -> Iterator[Evidence]:
    for name, contents in page.markup.metas.items():
        if name in METAS:
            field, trust = Field.PUBLISHED, METAS[name]
        elif not _DATE_NAME.search(name) or _NOT_A_DATE.search(name):
            continue
        elif _UPDATED_NAME.search(name):
            field, trust = Field.UPDATED, 0.9
        else:
            field, trust = Field.PUBLISHED, 0.9 if _PUBLISHED_NAME.search(name) else 0.7
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


def _in_elements(page: Page, language: Tongue) -> Iterator[Evidence]:
    told = story.of(page)
    start = told.headline.at if told.headline else 0
    for element in page.markup.elements:
        if element.tag == "meta":
            continue
        prop = letters(element.get("itemprop") or element.get("property"))
        is_prop = prop in _PROPERTIES
        if element.tag != "time" and not is_prop:
            continue
        text = element.text
        said = element.get("datetime") or element.get("content") or element.get("title") or text
        trail = told.trail(element.node)
        updated = _UPDATED_NAME.search(f"{prop} {trail}".lower()) or (not is_prop and _UPDATED_WORDS.search(text))
        field = Field.UPDATED if updated else Field.PUBLISHED
        trust = 0.95 if is_prop else 0.92
        if story.is_boxed(trail, near=start - 30 < element.at < start + 60):
            trust = 0.3
        elif element.at < start - 60:
            trust *= 0.7
        elif element.at > start + 150:
            trust *= 0.75
        yield from _stated(page, field, said, "microdata" if is_prop else "time", trust, language)
        if text and said != text:
            yield from _stated(page, field, text, "time text", trust * 0.95, language)


def _near_headline(page: Page, language: Tongue) -> Iterator[Evidence]:
    for run in story.of(page).runs:
        near = -12 <= run.distance <= 30
        if near and len(run.text) <= 1000 and not run.is_boxed:
            yield from _in_run(page, run, language, 0.92 if abs(run.distance) <= 12 else 0.7)


def _in_run(page: Page, run: story.Run, language: Tongue, trust: float) -> Iterator[Evidence]:
    if not any(c.isdigit() for c in run.text):
        return
    end = 0
    for index, reading in enumerate(islice(find_moments(run.text, language), 3)):
        before = run.text[max(end, reading.start - 40) : reading.start]
        around = before + run.text[reading.end : reading.end + 10]
        end = reading.end
        field = Field.UPDATED if _UPDATED_WORDS.search(before) else Field.PUBLISHED
        labelled = _PUBLISHED_WORDS.search(before) or _DATE_CLASS.search(run.trail)
        confidence = trust if labelled else trust * 0.9
        if index:
            confidence *= 0.8
        if reading.start > 80 or len(run.text) > 200:
            confidence *= 0.7 if labelled else 0.35
        if _NOT_THIS_DATE.search(around):
            confidence *= 0.4
        yield Evidence(field, reading.moment, "text", page.url, confidence, f"{before}{run.text[reading.start:reading.end]}", reading.other)


def _anywhere(page: Page) -> Iterator[Evidence]:
    language = tongue(ANY)
    told = story.whole(page)
    for element in page.markup.elements:
        if element.tag in ("meta", "time", "script", "body", "html"):
            continue
        for name, value in element.attributes.items():
            if value and len(value) < 60 and name not in ("class", "id", "href", "src", "style") and any(c.isdigit() for c in value):
                if name == "title" or "date" in name or "time" in name:
                    trust = 0.3 if story.is_boxed(told.trail(element.node)) else 0.6
                    yield from _stated(page, Field.PUBLISHED, value, f"attribute {name}", trust, language)
    for script in page.markup.scripts:
        if not script.get("src"):
            for match in islice(_SCRIPTED.finditer(script.node.text()), 2):
                yield from _stated(page, Field.PUBLISHED, match[1], "script", 0.7, language)
    for run in told.runs:
        yield from _in_run(page, run, language, 0.2 if run.is_boxed else 0.5)


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Settle on the day for which most independent sources speak, then on the best known instant of it."""
    possible = [item for item in evidence if _is_possible(item.value, now)]
    stated = [item for item in possible if item.field is field]
    rule = "stated"
    if field is Field.PUBLISHED and not any(item.confidence >= 0.5 for item in stated):
        stated, rule = stated + [item for item in possible if item.field is not field], "updated, for want of a date of publication"
    if not stated:
        return None
    zoned = _zoned(_in_order(stated, site), [*_in_order(possible, site)], site)
    best = max(zoned, key=lambda item: (_support(item, zoned), item.confidence))
    if field is Field.PUBLISHED and (shown := _shown_later(best, possible)) is not None:
        best, rule = shown, "the later day that readers are shown"
    support = [item for item in zoned if _agree(item.value, best.value)]
    return Choice(field, _instant(best, support), rule, tuple(support), best.confidence)


def _shown_later(best: Evidence, possible: Sequence[Evidence]) -> Evidence | None:
    """Return the later date beside the headline of a page that was published anew and still declares its first one.

    Only where it is the one day that the page shows, no update is declared or said for it, and the URL does not speak
    for the declared day.
    """
    shown = [item for item in possible if item.source.split()[0] in SHOWN and item.confidence >= SHOWN[item.source.split()[0]]]
    days = {day_of(item.value) for item in shown}
    if best.source.startswith("json-ld") or len(days) != 1 or days.pop() < day_of(best.value) + timedelta(days=2):
        return None
    against = (item for item in possible if item.field is Field.UPDATED or (item.source == "url" and _agree(item.value, best.value)))
    found = max(shown, key=lambda item: item.confidence)
    if any(item.source == "url" or _agree(item.value, found.value) for item in against):
        return None
    return found


SHOWN: Final = {"text": 0.64, "time": 0.64}
"""Trust from which on a visible date is one that readers take for the article's."""


def _is_possible(moment: Moment, now: datetime) -> bool:
    return day_of(moment) <= (now + timedelta(days=2)).date()


def _in_order(stated: Sequence[Evidence], site: Site) -> list[Evidence]:
    """Read numbers in the order in which they agree with what is not ambiguous, else in the site's."""
    certain = {day for item in stated if item.other is None for day in days_of(item.value)}
    return [
        replace(item, value=item.other, other=None)
        if item.other is not None and day_of(item.value) not in certain and day_of(item.other) in certain
        else item
        for item in stated
    ]


def _zoned(stated: Sequence[Evidence], seen: Sequence[Evidence], site: Site) -> list[Evidence]:
    """Give clocks their zone where other evidence tells it."""
    instants = [item.value for item in seen if isinstance(item.value, datetime) and item.value.tzinfo and _is_exact(item.value)]
    clocks = [item.value for item in seen if isinstance(item.value, datetime) and not item.value.tzinfo and _is_exact(item.value)]
    return [replace(item, value=_with_zone(item.value, instants, clocks, site, item.url)) for item in stated]


def _is_exact(moment: datetime) -> bool:
    return moment.time() != time()


def _with_zone(moment: Moment, instants: list[datetime], clocks: list[datetime], site: Site, url: str) -> Moment:
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        if not _is_exact(moment):
            return moment.date()
        offset = _paired(moment, instants)
        if offset is None:
            offset = _usual(moment, instants, site, url)
        return moment if offset is None else moment.replace(tzinfo=timezone(offset))
    if moment.utcoffset():
        return moment
    return _unstamped(moment, instants, clocks, url)


def _paired(clock: datetime, instants: list[datetime]) -> timedelta | None:
    """Return the offset by which a clock shows one of the instants: they differ by whole quarter hours."""
    for instant in instants:
        offset = clock.replace(second=0, microsecond=0) - instant.astimezone(UTC).replace(tzinfo=None, second=0, microsecond=0)
        if offset and abs(offset) <= LONGEST and offset % timedelta(minutes=15) == timedelta():
            return offset
    return None


def _usual(clock: datetime, instants: list[datetime], site: Site, url: str) -> timedelta | None:
    """Return the offset of the page's other clocks, of the site's, or of its country's."""
    for instant in instants:
        offset = instant.utcoffset()
        if offset and abs(instant.replace(tzinfo=None) - clock) < timedelta(days=45):
            return offset
    country = territory.of_host(url)
    return site.offset(clock) or (territory.offset(country, clock) if country else None)


def _unstamped(moment: datetime, instants: list[datetime], clocks: list[datetime], url: str) -> Moment:
    """Return an instant of Greenwich in the zone that other evidence tells: templates stamp local clocks with a Z."""
    naive = moment.replace(tzinfo=None)
    for other in instants:
        if other.utcoffset() and other.replace(tzinfo=None, second=0, microsecond=0) == naive.replace(second=0, microsecond=0):
            return other
    for clock in clocks:
        offset = _paired(clock, [moment])
        if offset is not None:
            return moment.astimezone(timezone(offset))
    country = territory.of_host(url)
    offset = territory.offset(country, naive) if country else None
    local = moment.astimezone(timezone(offset)) if offset else moment
    return local if _is_exact(local) else local.date()


def _support(item: Evidence, stated: Sequence[Evidence]) -> float:
    """Return how much speaks for a date: the best source in full, each other kind of source by half of its weight.

    Kinds of sources fail together, since one system writes them all; sources of one kind are copies.
    """
    kinds: dict[str, float] = {}
    for other in stated:
        if _agree(item.value, other.value):
            kind = other.source.partition(" ")[0]
            trust = min(other.confidence, 0.99)
            kinds[kind] = max(kinds.get(kind, 0.0), log(trust / (1 - trust)) + 1)
    best, *rest = sorted(kinds.values(), reverse=True)
    return best + sum(max(weight, 0) for weight in rest) / 2


def _agree(one: Moment, other: Moment) -> bool:
    return not days_of(one).isdisjoint(days_of(other))


def _instant(best: Evidence, support: list[Evidence]) -> Moment:
    instants = [item for item in support if isinstance(item.value, datetime)]
    if not instants:
        return day_of(best.value)
    chosen: datetime = max(instants, key=lambda item: (_is_exact(item.value), item.value.tzinfo is not None, item.confidence)).value
    return chosen
