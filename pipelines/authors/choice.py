"""The choice of authors: the set of names for which most speaks."""

from collections.abc import Sequence
from datetime import datetime
from math import log

from crawler.byline import looks_like_person
from crawler.evidence import Choice, Evidence, Field
from crawler.prose import fold
from crawler.site import Site
from pipelines.authors.signed import FAR


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the set of names for which most speaks."""
    if not evidence:
        return None
    best = max(evidence, key=lambda item: (_support(item, evidence), item.confidence))
    best = next((item for item in evidence if _adds_to(item, best)), best)
    same = tuple(item for item in evidence if names_of(item) == names_of(best))
    value = max((item.value for item in same), key=lambda found: sum(name.count(" ") for name in found))
    return Choice(field, value, "most sources agree", same, best.confidence)


def _adds_to(item: Evidence, best: Evidence) -> bool:
    """Tell whether JSON-LD, or a byline beside the headline, names more people than the best source does, and all of
    those."""
    is_full = item.source in ("byline", "json-ld author") and item.confidence > FAR
    return is_full and names_of(item) > names_of(best) and all(map(looks_like_person, item.value))


def names_of(item: Evidence) -> frozenset[str]:
    """Return the names that a source states, folded."""
    return frozenset(map(fold, item.value))


def _support(item: Evidence, evidence: Sequence[Evidence]) -> float:
    kinds: dict[str, float] = {}
    for other in evidence:
        if names_of(other) == names_of(item):
            kind = other.source.partition(" ")[0]
            kinds[kind] = max(kinds.get(kind, 0.0), log(other.confidence / (1 - other.confidence)) + 1)
    return sum(kinds.values())
