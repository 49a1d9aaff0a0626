"""Dates: when an article was published and when it was updated."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from math import log
from typing import Final

from crawler import jsonld, story, territory
from crawler.evidence import Choice, Evidence, Field
from crawler.moment import Moment, day_of, days_of, read
from crawler.moment import find as find_moments
from crawler.page import Page, letters
from crawler.site import Site
from crawler.tongue import Tongue, tongue
from crawler.url import split

PUBLISHED_METAS: Final = {
    "articlepublishedtime": 0.955, "ogarticlepublishedtime": 0.95, "ogpublishedtime": 0.95, "articlepublished": 0.95,
    "parselypubdate": 0.99, "cxenseparserecspublishtime": 0.98, "cxenseparsepublishtime": 0.98, "sailthrudate": 0.95,
    "datepublished": 0.96, "itempropdatepublished": 0.96, "date": 0.93, "dcdateissued": 0.93, "dctermsissued": 0.93, "dcdate": 0.9,
    "dctermsdate": 0.9, "itempropdatecreated": 0.85, "datecreated": 0.85, "dctermscreated": 0.85, "dcdatecreated": 0.85,
    "ogreleasedate": 0.85, "time": 0.8, "ptime": 0.9, "pdate": 0.9, "displaydate": 0.9,
}  # fmt: skip
_PUBLISHED_NAME = re.compile(r"publi|pubdate|pubtime|issued|created|creation|original|release|postdate")
_UPDATED_NAME = re.compile(r"modif|moddate|updat|revis|changed|utime")
_DATE_NAME = re.compile(r"date|time|published|issued|created|modified|updated")
_NOT_A_DATE = re.compile(
    r"publisher|reading|preptime|cooktime|totaltime|expir|unpublish|validat|founding|birth|duration|build|now|today|"
    r"tomorrow|yesterday|current|server|render|gentime|i18n|verif|yyyy"
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
_DATE_CLASS = re.compile(
    r"(?<![a-z])(?:date|time|publi|posted|dateline|pub-?date|created|meta|byline|info)|(?:date|time|Date|Time|published)(?![a-z])"
)
_URL_DAY = re.compile(
    r"(?<!\d)(20[0-3]\d|199\d)([/_-]?)(0[1-9]|1[0-2]|[1-9](?=[/_-]))\2(0[1-9]|[12]\d|3[01]|[1-9](?=[/_.-]))(?!\d)"
)


FIELDS: Final = (Field.PUBLISHED, Field.UPDATED)


def find(page: Page) -> Iterator[Evidence]:
    """Yield every date that a page states of its article."""
    language = tongue(territory.locale(page))
    yield from _from_graph(page, language)
    yield from _from_metas(page, language)
    yield from _from_url(page)
    yield from _from_elements(page, language)
    yield from _from_text(page, language)


def _evidence(
    page: Page, field: Field, said: str, source: str, confidence: float, language: Tongue
) -> Iterator[Evidence]:
    reading = read(said, language)
    if reading is not None:
        yield Evidence(field, reading.moment, source, page.url, confidence, said, reading.other)


def _from_graph(page: Page, language: Tongue) -> Iterator[Evidence]:
    graph = page.graph
    articles = [*graph.articles()]
    pages = [*graph.pages()]
    for kind, nodes, trust in (
        ("article", articles[:1], 0.975),
        ("other article", articles[1:4], 0.8),
        ("page", pages[:1], 0.95),
    ):
        for node in nodes:
            for name, field, factor in (
                ("datePublished", Field.PUBLISHED, 1.0),
                ("dateCreated", Field.PUBLISHED, 0.85),
                ("uploadDate", Field.PUBLISHED, 0.8),
                ("dateModified", Field.UPDATED, 0.97),
            ):
                for value in graph.all(node, name):
                    yield from _evidence(
                        page, field, jsonld.text(value), f"json-ld {kind} {name}", trust * factor, language
                    )


def _from_metas(page: Page, language: Tongue) -> Iterator[Evidence]:
    for name, contents in page.markup.metas.items():
        if not _DATE_NAME.search(name) and name not in PUBLISHED_METAS:
            continue
        if name in PUBLISHED_METAS:
            field, trust = Field.PUBLISHED, PUBLISHED_METAS[name]
        elif _NOT_A_DATE.search(name):
            continue
        elif _UPDATED_NAME.search(name):
            field, trust = Field.UPDATED, 0.9
        else:
            field, trust = Field.PUBLISHED, 0.9 if _PUBLISHED_NAME.search(name) else 0.7
        for index, content in enumerate(contents[:3]):
            yield from _evidence(page, field, content, f"meta {name}", trust if not index else trust * 0.7, language)


def _from_url(page: Page) -> Iterator[Evidence]:
    match = _URL_DAY.search(split(page.url).path)
    if match:
        try:
            yield Evidence(
                Field.PUBLISHED, date(int(match[1]), int(match[3]), int(match[4])), "url", page.url, 0.94, match[0]
            )
        except ValueError:
            return


def _from_elements(page: Page, language: Tongue) -> Iterator[Evidence]:
    told = story.of(page)
    start = told.headline.at if told.headline else 0
    for element in page.markup.elements:
        prop = letters(element.get("itemprop") or element.get("property")) if element.tag != "meta" else ""
        is_prop = prop in (
            "datepublished",
            "datecreated",
            "datemodified",
            "dcdate",
            "pubdate",
            "dccreated",
            "dctermscreated",
            "dcdatecreated",
            "dcdateissued",
            "dctermsissued",
            "dctermsmodified",
        )
        if element.tag != "time" and not is_prop:
            continue
        said = element.get("datetime") or element.get("content") or element.get("title") or element.text
        trail = told.trail(element.node)
        names = f"{prop} {trail}"
        field = (
            Field.UPDATED
            if _UPDATED_NAME.search(names.lower()) or (not is_prop and _UPDATED_WORDS.search(element.text))
            else Field.PUBLISHED
        )
        trust = 0.95 if is_prop else 0.9
        if story.is_boxed(trail):
            trust = 0.4
        elif element.at < start - 60:
            trust *= 0.7
        elif element.at > start + 150:
            trust *= 0.75
        yield from _evidence(page, field, said, "microdata" if is_prop else "time", trust, language)
        if element.get("datetime") and element.text:
            yield from _evidence(page, field, element.text, "time text", trust * 0.9, language)


def _from_text(page: Page, language: Tongue) -> Iterator[Evidence]:
    told = story.of(page)
    for run in told.runs:
        if run.is_boxed or not any(c.isdigit() for c in run.text) or run.distance < -12:
            continue
        if len(run.text) > 1000:
            continue
        found = [*find_moments(run.text, language)]
        for index, reading in enumerate(found[:3]):
            before = run.text[max(0, reading.start - 40) if not index else found[index - 1].end : reading.start]
            field = Field.UPDATED if _UPDATED_WORDS.search(before) else Field.PUBLISHED
            labelled = _PUBLISHED_WORDS.search(before) or _DATE_CLASS.search(run.trail)
            trust = 0.9 if labelled else 0.8
            if abs(run.distance) > 12:
                trust *= 0.7
            if index:
                trust *= 0.8
            if len(run.text) > 200 or reading.start > 80:
                trust = 0.6 if labelled else 0.3
            yield Evidence(
                field,
                reading.moment,
                "text",
                page.url,
                trust,
                run.text[max(0, reading.start - 40) : reading.end + 10],
                reading.other,
            )


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Settle on the day most sources agree on, then on the best instant within it."""
    stated = [item for item in evidence if item.field is field and _is_possible(item.value, now)]
    if not stated and field is Field.PUBLISHED:
        stated = [item for item in evidence if _is_possible(item.value, now)]
    if not stated:
        return None
    best = max(stated, key=lambda item: (_support(item, stated), item.confidence))
    support = [item for item in stated if _agree(item.value, best.value)]
    return Choice(field, _instant(best, support), "most sources agree", tuple(support), best.confidence)


def _is_possible(moment: Moment, now: datetime) -> bool:
    return day_of(moment) <= (now + timedelta(days=2)).date()


def _support(item: Evidence, stated: list[Evidence]) -> float:
    groups: dict[str, float] = {}
    for other in stated:
        if _agree(item.value, other.value):
            group = other.source.split()[0]
            trust = min(other.confidence, 0.99)
            groups[group] = max(groups.get(group, 0.0), log(trust / (1 - trust)) + 1)
    return sum(groups.values())


def _agree(one: Moment, other: Moment) -> bool:
    return not days_of(one).isdisjoint(days_of(other))


def _instant(best: Evidence, support: list[Evidence]) -> Moment:
    instants = [item for item in support if isinstance(item.value, datetime)]
    if not instants:
        return day_of(best.value)
    return max(instants, key=lambda item: (item.value.tzinfo is not None, item.confidence)).value
