"""Hidden dates: what looks like a date in attributes, in scripts, and in any text of a page, for want of a better."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from crawler import story
from crawler.evidence import Evidence, Field
from crawler.moment import day_of, may_hold
from crawler.page import Page
from crawler.tongue import Tongue
from pipelines.dates.declared import stated
from pipelines.dates.shown import MOST, PARAGRAPH, in_run

ENOUGH: Final = 0.5
"""Trust in a date from which on less trusted places are not searched."""

LONGEST: Final = 100_000
"""Characters of a script that are searched."""

_SCRIPTED = re.compile(  # of a text in lower case
    r"(?:date_?published|published|publish(?:ed|ing)?(?:_?(?:at|date|time|on|ts))+|pub_?date|created_?(?:at|date|time|datetime)|"
    r"creation_?date|first_?publi(?:shed|cation)(?:_?(?:at|date|time))?|article_?date)"
    r"""["']?\s*[:=]\s*["']([^"']{8,40})["']"""
)
_ATTRIBUTED: Final = (
    "abbr[title],[data-date],[data-datetime],[data-time],[data-utime],[data-timestamp],[data-published]"
)


def find(page: Page, language: Tongue) -> Iterator[Evidence]:
    """Yield what looks like a date in attributes, else in scripts, else in any text of the page."""
    told = story.whole(page)
    for source in (_in_attributes, _in_scripts, _in_texts):
        found = [*source(page, told, language)]
        yield from found
        if any(item.confidence >= ENOUGH for item in found):
            return


def _in_attributes(page: Page, told: story.Story, language: Tongue) -> Iterator[Evidence]:
    yield from _of_one_day([*islice(_attributed(page, told, language), MOST)])


def _attributed(page: Page, told: story.Story, language: Tongue) -> Iterator[Evidence]:
    for node in page.tree.css(_ATTRIBUTED)[:MOST]:
        for name, value in node.attributes.items():
            if value and len(value) < 60 and ("date" in name or "time" in name or name == "title") and may_hold(value):
                trust = 0.3 if told.is_boxed(node) else 0.6
                yield from stated(page, Field.PUBLISHED, value, f"attribute {name}", trust, language)


def _in_scripts(page: Page, _told: story.Story, language: Tongue) -> Iterator[Evidence]:
    yield from _of_one_day([*islice(_scripted(page, language), MOST)])


def _scripted(page: Page, language: Tongue) -> Iterator[Evidence]:
    for script in page.found("script"):
        if not script.get("src") and "ubl" in (text := script.node.text()[:LONGEST]):
            for match in islice(_SCRIPTED.finditer(text.lower()), 2):
                yield from stated(page, Field.PUBLISHED, match[1], "script", 0.7, language)


def _of_one_day(found: Sequence[Evidence]) -> Iterator[Evidence]:
    """Yield what agrees in one day as it is; several days are those of a list, the article's among them or not."""
    trust = 1.0 if len({day_of(item.value) for item in found}) == 1 else 0.6
    yield from (replace(item, confidence=item.confidence * trust) for item in found)


def _in_texts(_page: Page, told: story.Story, language: Tongue) -> Iterator[Evidence]:
    for run in told.runs:
        if run.has_digits and may_hold(run.text[:PARAGRAPH]):
            yield from (replace(item, confidence=item.confidence / 2) for item in in_run(told, run, language))
