"""Written authors: names in the text of a page, beside a word for authors or a date."""

import re
from collections.abc import Iterator
from typing import Final

from crawler import story
from crawler.byline import has_role, looks_like_person, names
from crawler.moment import find as find_moments
from crawler.tongue import ANY, tongue
from pipelines.authors.stated import Stated

FIRST, LAST = -2, 8
"""Runs before and after the headline among which a line of date and name is a byline."""

SHORT: Final = 160
"""Characters of a text that may be a byline."""

_BY = re.compile(
    r"^(?:(?:written|posted|text|words|story|reported|veröffentlicht|geschrieben|ein beitrag|interview)\b[\s:]*)?"
    r"(?:by|von|par|por|di|door|av|af|autor(?:in)?:|author:|text:|interview:)\s+\S",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<![^\W\d_])(?:Autor(?:in|en)?|Author|Verfasser(?:in)?|Text|Auteur|Autore|Written by|Words)\s*:\s*"
)
_CLOCK = re.compile(r"^(?:[\d:.,\s|·•–—-]|(?:uhr|h|[ap]\.?m\.?)(?![^\W\d_]))+", re.IGNORECASE)


def begins_as_byline(text: str) -> bool:
    """Tell whether a text begins with a word for authors."""
    return _BY.match(text) is not None


def beside_headline(told: story.Story) -> Iterator[Stated]:
    """Yield the names that follow a word for authors near the headline."""
    for run in told.runs:
        if (
            -6 <= run.distance <= 16
            and len(run.text) <= SHORT
            and (said := _signed_in(run))
            and not told.is_beside(run)
        ):
            people = [name for name in names(said) if looks_like_person(name) or _is_line(run.text)]
            yield Stated("text by", 0.7, run.text, people)


def _signed_in(run: story.Run) -> str:
    """Return what follows a word for authors in a run of text, empty where there is none."""
    if ":" in run.text and (label := _LABEL.search(run.text)):
        return run.text[label.end() :]
    return run.text if run.distance <= 12 and begins_as_byline(run.text) else ""


def _is_line(text: str) -> bool:
    """Tell whether a text is no more than a byline with its date."""
    return len(text) <= 60 and next(find_moments(text, tongue(ANY)), None) is not None


def by_date(told: story.Story) -> Iterator[Stated]:
    """Yield the names in lines that hold a date and a name."""
    for run in told.runs:
        if FIRST <= run.distance <= LAST and len(run.text) <= SHORT // 2 and not told.is_beside(run):
            yield Stated("text beside a date", 0.52, run.text, _beside_date(run.text))


def _beside_date(text: str) -> list[str]:
    """Return the one name in a line that holds a date and nothing else."""
    reading = next(find_moments(text, tongue(ANY)), None)
    if reading is None or ":" in text[: reading.start]:
        return []
    after = _CLOCK.sub("", text[reading.end :])
    if begins_as_byline(after):
        return [*names(after)]
    people = [name for part in (text[: reading.start], after) for name in names(part)]
    people = [name for name in people if looks_like_person(name) and not has_role(name)]
    return people if len(people) == 1 else []
