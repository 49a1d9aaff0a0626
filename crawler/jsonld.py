"""JSON-LD: what a page says of itself in schema.org terms, read from whatever its template made of the JSON."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

LIMIT: Final = 512 * 1024
"""Characters of one script that are read; deeper or longer data is no metadata."""

LONGEST: Final = 10_000
"""Characters of one value that are read, as of a meta element."""

SALVAGED: Final = 128 * 1024
"""Characters of a script that cannot be read as a whole in which single properties are looked for."""

NODES: Final = 2000
"""Objects of one page that are looked at."""

ARTICLES: Final = frozenset({
    "article", "newsarticle", "blogposting", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "advertisercontentarticle",
    "satiricalarticle", "scholarlyarticle", "techarticle", "medicalscholarlyarticle", "report", "liveblogposting",
    "socialmediaposting", "discussionforumposting", "posting", "photograph", "imagegallery", "podcastepisode",
    "recipe", "review", "claimreview",
})  # fmt: skip
"""Types of what a page may be about, in lower case (schema.org/Article and its kin)."""

PAGES: Final = frozenset({
    "webpage", "itempage", "collectionpage", "aboutpage", "faqpage", "profilepage", "qapage", "medicalwebpage",
})  # fmt: skip

_ELSEWHERE: Final = frozenset({
    "itemlistelement", "haspart", "relatedlink", "comment", "review", "mentions", "ispartof", "isbasedon",
    "citation", "breadcrumb", "subjectof", "publisher", "author", "creator", "image", "video", "hasoccurrence",
    "offers", "subscription", "recommendations", "significantlink",
})  # fmt: skip
"""Properties that lead from the article of a page to other things."""

_WRAPPING = re.compile(
    r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)|(?://\s*|/\*\s*)?(?:-->|\]\]>)\s*+(?:\*/)?\s*+;?\s*+$"
)
_STRINGS_AND_NOISE = re.compile(
    r'("(?:[^"\\]|\\.)*+")|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|//[^\n]*|,(?=\s*[}\]])|;(?=\s*$)', re.DOTALL
)
_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])|\\u(?![0-9a-fA-F]{4})')
_NO_VALUE = re.compile(r":(?=\s*[,}\]])")
_PROPERTY = re.compile(
    r'"(@type|headline|description|datePublished|dateModified|dateCreated|articleSection)"\s*:\s*"(.{0,4000}?)"\s*(?=[,}\]\n])'
)
_AUTHOR = re.compile(r'"author"\s*:\s*\[?\s*\{[^{}]*?"name"\s*:\s*"([^"]*)"')


@dataclass(frozen=True)
class Graph:
    """All objects of a page's JSON-LD in document order; ``own`` are those about the page itself."""

    nodes: tuple[Mapping[str, Any], ...] = ()
    own: tuple[Mapping[str, Any], ...] = ()

    def articles(self) -> Iterator[Mapping[str, Any]]:
        """Yield the objects that describe the page's article."""
        return (node for node in self.own if types(node) & ARTICLES)

    def pages(self) -> Iterator[Mapping[str, Any]]:
        """Yield the objects that describe the page as such."""
        return (node for node in self.own if types(node) & PAGES)

    @property
    def is_behind_paywall(self) -> bool:
        """Whether an article or page says of itself that it is not free to read (schema.org isAccessibleForFree)."""
        said = (node.get("isAccessibleForFree") for node in (*self.articles(), *self.pages()))
        return any(value is False or (isinstance(value, str) and value.strip().lower() == "false") for value in said)

    def resolve(self, value: Any) -> Any:
        """Return what a bare reference (``{"@id": ...}``) points to, else the value itself."""
        if isinstance(value, Mapping) and set(value) <= {"@id", "@type"} and "@id" in value:
            return next((node for node in self.nodes if node.get("@id") == value["@id"] and len(node) > 2), value)
        return value

    def all(self, node: Mapping[str, Any], *names: str) -> Iterator[Any]:
        """Yield the values of properties, lists opened and references resolved."""
        for name in names:
            for value in _listed(node.get(name)):
                yield self.resolve(value)


def read(scripts: Iterable[str]) -> Graph:
    """Read the scripts of one page. What cannot be read is left out; never raises."""
    nodes: list[Mapping[str, Any]] = []
    own: list[Mapping[str, Any]] = []
    for script in scripts:
        for document in documents(script):
            _collect(document, nodes, own)
    return Graph(tuple(nodes), tuple(own))


def documents(script: str) -> list[Any]:
    """Return the JSON values of one script, repaired where templates broke them: wrapped in comments or CDATA,
    with raw line breaks, trailing commas, comments, stray backslashes or several values in a row."""
    text = script[:LIMIT].strip()
    if text.startswith(("<", "/")):
        text = _WRAPPING.sub("", text).strip()
    text = text.removesuffix(";")
    for repair in (_as_is, _without_noise, _with_values):
        try:
            return _values(repair(text))
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


def types(node: Mapping[str, Any]) -> set[str]:
    """Return the types of an object in lower case, without their namespace."""
    return {str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in _listed(node.get("@type"))}


def text(value: Any) -> str:
    """Return what a property says as text: a string, a number, or what stands for it in an object."""
    if isinstance(value, str):
        return value[:LONGEST]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        return next((text(value[key]) for key in ("@value", "name", "url", "@id") if value.get(key)), "")
    if isinstance(value, list) and value:
        return text(value[0])
    return ""


def _as_is(text: str) -> str:
    return text


def _without_noise(text: str) -> str:
    return _STRINGS_AND_NOISE.sub(lambda match: match[1] or "", text)


def _with_values(text: str) -> str:
    return _NO_VALUE.sub(":null", _ESCAPE.sub(r"\\\\", _without_noise(text)))


def _salvaged(text: str) -> list[Any]:
    """Return what single properties say where the whole cannot be read; the first of a name is the article's."""
    text = text[:SALVAGED]
    found = dict(reversed(_PROPERTY.findall(text)))
    if author := _AUTHOR.search(text):
        found["author"] = author[1]
    return [found] if len(found) > 1 else []


_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda name: None)


def _values(text: str) -> list[Any]:
    """Return all JSON values of a text, one after another."""
    found, at = [], 0
    while at < len(text):
        value, at = _DECODER.raw_decode(text, at)
        found.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _collect(document: Any, nodes: list[Mapping[str, Any]], own: list[Mapping[str, Any]]) -> None:
    """Add the objects of a document, in order, without recursion; those not reached through another thing are own."""
    stack = [(document, True)]
    while stack and len(nodes) < NODES:
        value, is_own = stack.pop()
        if isinstance(value, list):
            stack.extend((item, is_own) for item in reversed(value))
        elif isinstance(value, dict):
            nodes.append(value)
            if is_own:
                own.append(value)
            stack.extend(
                (item, is_own and key.lower() not in _ELSEWHERE)
                for key, item in reversed(value.items())
                if isinstance(item, dict | list)
            )
