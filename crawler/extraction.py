"""An extraction: all that one page states of its article, and what was settled on.

The way of the data::

    Page -find, every field module-> Evidence* -choose, every field-> Choice* -> Extraction -learn-> Site
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from crawler.evidence import Choice, Evidence, Field
from crawler.page import Page
from crawler.picture import Picture
from crawler.site import Site
from pipelines import fields


@dataclass(frozen=True)
class Extraction:
    """What is known of the article at ``url``; ``choices`` lacks the fields for which nothing was good enough."""

    url: str
    evidence: tuple[Evidence, ...] = ()
    choices: Mapping[Field, Choice] = field(default_factory=dict)


def extract(page: Page, site: Site, now: datetime) -> Extraction:
    """Read a page and settle every field."""
    evidence: list[Evidence] = []
    choices: dict[Field, Choice] = {}
    for module in fields.MODULES:
        found = [*module.find(page)]
        evidence.extend(found)
        for wanted in module.FIELDS:
            choice = module.choose(wanted, found, site, now)
            if choice is not None:
                choices[wanted] = choice
    return Extraction(page.url, tuple(evidence), choices)


def as_json(extraction: Extraction, *, explain: bool = False) -> dict[str, Any]:
    """Return the fields of an extraction as plain JSON values, None where nothing is known.

    With ``explain``, ``why`` has the rule and the sources of each choice and ``evidence`` every candidate.
    """
    choices = extraction.choices
    found = {str(name): _plain(choices[name].value if name in choices else None) for name in _OUTPUT}
    said = {"url": extraction.url, **found}
    if explain:
        said["why"] = {str(name): {"rule": c.rule, "sources": c.sources} for name, c in choices.items()}
        said["evidence"] = [_stated(item) for item in extraction.evidence]
    return said


_OUTPUT: Final = (
    Field.TITLE, Field.EXCERPT, Field.PUBLISHED, Field.UPDATED, Field.IMAGE, Field.AUTHOR, Field.SITE, Field.LANGUAGE,
    Field.CANONICAL, Field.AMP,
)  # fmt: skip


def _stated(item: Evidence) -> dict[str, Any]:
    return {
        "field": item.field, "value": _plain(item.value), "source": item.source,
        "confidence": round(item.confidence, 3), "said": item.said[:200],
    }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Picture):
        return {"url": value.url, "width": value.width, "height": value.height}
    return list(value) if isinstance(value, tuple) else value
