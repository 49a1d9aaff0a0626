"""Title: the headline under which an article stands."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from crawler import headline, jsonld, prose
from crawler.evidence import Choice, Evidence, Field
from crawler.markup import Element, text_of
from crawler.page import Page
from crawler.prose import fold
from crawler.site import Site

FIELDS: tuple[Field, ...] = (Field.TITLE,)

_KICKER = re.compile(
    r"kicker|topline|top-line|overline|over-line|roofline|dachzeile|eyebrow|pre-?title|pre-?head|super-?title|spitzmarke|"
    r"over-?title|sur-?titre|antetitulo|catchline|vignette|label|badge|tag|categor|section|subtitle|sub-title|subline|subhead",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\s¶#§]+$|^[\s|»:]+|^(?:\.{2,}|…):\s*|\s+[|»–—·-]+\s*$|\|$")


TEASER: Final = 0.5
"""Trust in a heading that is a link, and that nothing else on the page confirms: it names what it leads to."""


def find(page: Page) -> Iterator[Evidence]:
    """Yield every title that a page gives itself, with and without what templates put around it."""
    for name, source, trust in (("ogtitle", "og:title", 0.74), ("twittertitle", "twitter:title", 0.66)):
        for value in page.metas(name):
            yield from _titled(page, value, source, trust)
    for node in page.articles[:1]:
        if text := prose.clean(jsonld.text(node.get("headline"))):
            yield from _titled(page, text, "json-ld headline", 0.73)
    if page.title:
        yield from _titled(page, page.title, "title", 0.6)
    found = headline.of(page)
    if found.element is not None:
        source, trust = (
            ("headline", 0.83) if found.is_confirmed else ("only h1", 0.75) if found.is_alone else ("heading", 0.5)
        )
        if found.is_link and not found.is_confirmed:
            trust = min(trust, TEASER)
        value = _MARKS.sub("", _without_kicker(found.element))
        yield Evidence(Field.TITLE, value, source, page.url, trust, found.element.text)


def _titled(page: Page, said: str, source: str, trust: float) -> Iterator[Evidence]:
    value = _MARKS.sub("", without_site(said, page))
    if value:
        yield Evidence(Field.TITLE, value, source, page.url, trust, said)


def without_site(title: str, page: Page) -> str:
    """Drop the site's name from the end or the beginning of a title (``Headline | Example``)."""
    parts = _parts(title)
    while len(parts) > 1 and _is_site(parts[-1][1], page):
        parts.pop()
    while len(parts) > 1 and _is_site(parts[0][1], page):
        parts.pop(0)
    return "".join(text if not index else separator + text for index, (separator, text) in enumerate(parts))


def _parts(title: str) -> list[tuple[str, str]]:
    """Split a title into its parts, each with the separator before it."""
    parts, at, separator = [], 0, ""
    for match in headline.SEPARATOR.finditer(title):
        parts.append((separator, title[at : match.start()]))
        separator, at = match[0], match.end()
    return [*parts, (separator, title[at:])]


def _is_site(part: str, page: Page) -> bool:
    text = fold(part)
    if not text or headline.is_name_of_host(text, page.url) or headline.holds_name_of_host(text, page.url):
        return True
    return any(
        text == name or (3 < len(text) <= 40 and (text.startswith(name) or name.startswith(text)))
        for name in page.site_names
        if len(name) >= 3
    )


def _without_kicker(heading: Element) -> str:
    """Return the headline without the line above or below it that templates put into the same element."""
    whole = heading.text
    for child in heading.node.iter():
        names = f"{child.attributes.get('class') or ''} {child.attributes.get('id') or ''}"
        if _KICKER.search(names) and (kicker := text_of(child)) and len(kicker) < len(whole):
            rest = whole.removeprefix(kicker) if whole.startswith(kicker) else whole.removesuffix(kicker)
            if len(fold(rest)) >= 8:
                whole = rest.strip(" :|–—-/")
    return whole


def choose(field: Field, evidence: Sequence[Evidence], site: Site, now: datetime) -> Choice | None:
    """Take the headline that the page confirms elsewhere; without one, what it tells other sites."""
    if not evidence:
        return None
    heading = next((item for item in evidence if item.source in ("headline", "only h1", "heading")), None)
    best, rule = _best(heading, [item for item in evidence if item is not heading])
    same = [item for item in evidence if fold(item.value) == fold(best.value)]
    # Where a kicker or a line break was lost between two words, another spelling still has the colon.
    value = max((item.value for item in same), key=len)
    if site.tail and value.endswith(site.tail) and len(value) > len(site.tail):
        value, rule = value.removesuffix(site.tail), f"{rule}; less what the site's titles end with"
    return Choice(field, value, rule, tuple(same), best.confidence)


def _best(heading: Evidence | None, others: Sequence[Evidence]) -> tuple[Evidence, str]:
    trusted = max(others, key=lambda item: item.confidence, default=heading)
    if heading is None or trusted is None or trusted is heading:
        return trusted or others[0], "the only name" if heading else "no headline; the most trusted name"
    if whole := _whole(heading, others):
        return whole, "the headline with its kicker, as the page tells others"
    if inner := _inner(heading, others):
        return inner, "the headline less what else its element holds"
    if outer := _outer(heading, others):
        return outer, "the headline is but a part of what the page calls itself"
    if heading.source == "headline" or _overlap(heading, others) >= 0.3:
        return heading, "the headline"
    if heading.source == "only h1" and (len(heading.value.split()) >= 4 or _is_host(trusted)):
        return heading, "the only h1"
    return trusted, "the page's headings are not its title"


def _whole(heading: Evidence, others: Sequence[Evidence]) -> Evidence | None:
    """Return the name that joins a headline to its kicker with a colon, as the page tells others: they read as one."""
    if heading.said == heading.value:
        return None
    folded, end = fold(heading.said), heading.value.casefold()
    if any(fold(item.value) == fold(heading.value) for item in others):
        return None
    told = (item for item in others if item.source != "title" and fold(item.value) == folded)
    return next((item for item in told if item.value.casefold().partition(end)[0].rstrip().endswith(":")), None)


def _is_host(item: Evidence) -> bool:
    return headline.is_name_of_host(fold(item.value), item.url)


def _outer(heading: Evidence, others: Sequence[Evidence]) -> Evidence | None:
    """Return the name that two sources agree on and of which the headline is less than half.

    None where the headline is what another source says, or stands in a title before what templates add.
    """
    whole = fold(heading.value)
    folded = [fold(item.value) for item in others]
    if whole in folded or any(fold(headline.parts(item.said)[0]) == whole for item in others):
        return None
    for text, item in zip(folded, others, strict=True):
        if whole in text and len(whole) < len(text) / 2 and folded.count(text) > 1:
            return item
    return None


def _inner(heading: Evidence, others: Sequence[Evidence]) -> Evidence | None:
    """Return the name that a headline holds next to a kicker or a dateline, if no other source has all of it.

    What follows the name without a number in it is no dateline but the headline's own end.
    """
    whole = fold(heading.value)
    folded = [(fold(item.value), item) for item in others if not prose.is_cut(item.value)]
    if any(text == whole for text, _ in folded):
        return None
    inner = [
        item
        for text, item in folded
        if len(text) >= max(12, 0.4 * len(whole)) and (whole.endswith(text) or _is_before_date(text, whole))
    ]
    return max(inner, key=lambda item: len(item.value), default=None)


def _is_before_date(text: str, whole: str) -> bool:
    return whole.startswith(text) and any(map(str.isdigit, whole[len(text) :]))


def _overlap(heading: Evidence, others: Sequence[Evidence]) -> float:
    """Return the largest share of a heading's words that another name of the page has too."""
    words = _words(heading.value)
    return max((len(words & _words(item.value)) / len(words) for item in others), default=0.0) if words else 0.0


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2}
