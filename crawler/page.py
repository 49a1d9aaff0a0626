"""A page: one HTML body, parsed once and read once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from crawler import jsonld
from crawler.bomb import defuse
from crawler.charset import to_utf8
from crawler.prose import clean, fold
from crawler.url import absolute, key

_NO_LETTERS = re.compile(r"[^a-z0-9]")
BLOCKS: Final = frozenset(
    ["address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"]
)
"""Elements that begin and end a line."""

SILENT: Final = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "object", "textarea", "select"})
"""Elements whose content no reader sees as text."""

_SKIPPED: Final = frozenset(
    ["path", "g", "use", "rect", "circle", "polygon", "option", "br", "style", "svg", "defs", "symbol", "lineargradient", "stop"]
)


class Element(NamedTuple):
    """One element; ``at`` is its position among all nodes of the page in document order."""

    at: int
    tag: str
    attributes: dict[str, str | None]
    node: LexborNode

    def get(self, name: str) -> str:
        """Return an attribute, empty where there is none."""
        return self.attributes.get(name) or ""

    @property
    def names(self) -> str:
        """The element's class and id, by which authors say what it is."""
        return f"{self.attributes.get('class') or ''} {self.attributes.get('id') or ''}"

    @property
    def text(self) -> str:
        """What a reader sees of the element, in one line."""
        return text_of(self.node)


@dataclass
class Markup:
    """What one pass over a page finds.

    ``metas`` maps the letters and digits of a name in lower case (``og:title`` is ``ogtitle``) to its values in
    order, ``links`` holds the ``link`` elements, ``elements`` the rest in document order, ``nodes`` all elements
    and all text that is not blank.
    """

    nodes: list[LexborNode] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: list[Element] = field(default_factory=list)
    scripts: list[Element] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """One HTML body, where it came from, and the ``Content-Type`` it came with; parsed on first use."""

    body: bytes
    url: str
    content_type: str = ""

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed document."""
        markup = defuse(to_utf8(self.body, self.content_type))
        return LexborHTMLParser(markup, options=LexborDocumentOptions.WO_EVENTS)

    @cached_property
    def markup(self) -> Markup:
        """Everything of the page in document order, read in one pass."""
        markup = Markup()
        root = self.tree.root
        for at, node in enumerate(root.traverse(include_text=True, skip_empty=True) if root else ()):
            markup.nodes.append(node)
            tag = node.tag
            if tag is None or tag.startswith("-") or tag in _SKIPPED:
                continue
            element = Element(at, tag, node.attributes, node)
            if tag == "meta":
                _note_meta(markup.metas, element)
            elif tag == "link":
                markup.links.append(element)
            elif tag == "script":
                markup.scripts.append(element)
            markup.elements.append(element)
        return markup

    def metas(self, *names: str) -> Iterator[str]:
        """Yield what the meta elements of these names say, cleaned, never empty; name by name, then in order."""
        for name in names:
            for content in self.markup.metas.get(name, ()):
                if text := clean(content):
                    yield text

    def links(self, rel: str) -> Iterator[str]:
        """Yield the absolute addresses of the ``link`` elements with a relation."""
        for link in self.markup.links:
            if rel in link.get("rel").lower().split() and (url := self.absolute(link.get("href"))):
                yield url

    def absolute(self, reference: str) -> str | None:
        """Resolve a reference of this page; None where it leads to no http(s) URL."""
        return absolute(self.base, reference)

    @cached_property
    def base(self) -> str:
        """The address against which the page's references are resolved."""
        found = next((e.get("href") for e in self.markup.elements if e.tag == "base" and e.get("href")), "")
        return absolute(self.url, found) or self.url if found else self.url

    @cached_property
    def canonical_url(self) -> str | None:
        """The address under which the page says it wants to be known, None where it says nothing."""
        return next(self.links("canonical"), None)

    @cached_property
    def amp_url(self) -> str | None:
        """The AMP twin that the page announces, None where it announces none."""
        return next(self.links("amphtml"), None)

    @cached_property
    def is_amp(self) -> bool:
        """Whether this is an AMP document: ``<html amp>`` or ``<html ⚡>`` (AMP HTML specification)."""
        html = next((element for element in self.markup.elements if element.tag == "html"), None)
        return html is not None and ("amp" in html.attributes or "⚡" in html.attributes)

    @cached_property
    def graph(self) -> jsonld.Graph:
        """The page's JSON-LD."""
        return jsonld.read(e.node.text() for e in self.markup.scripts if _may_be_graph(e))

    @cached_property
    def articles(self) -> tuple[Mapping[str, Any], ...]:
        """The JSON-LD objects that describe the page's article, likeliest first: pages describe what they link to as well."""
        found = [*self.graph.articles()]
        if len(found) < 2:
            return tuple(found)
        titles = {fold(title) for title in (self.title, *self.metas("ogtitle", "twittertitle")) if title}
        return tuple(sorted(found, key=lambda node: -self._likeness(node, titles)))

    def _likeness(self, node: Mapping[str, Any], titles: set[str]) -> int:
        addresses = (jsonld.text(value) for value in self.graph.all(node, "mainEntityOfPage", "url", "@id"))
        own = any(key(address) == key(self.url) for address in addresses if address.startswith("http"))
        headline = fold(jsonld.text(node.get("headline")) or jsonld.text(node.get("name")))
        return 2 * own + bool(headline and any(headline in title or title in headline for title in titles))

    @cached_property
    def site_names(self) -> frozenset[str]:
        """What the page calls its site and its publisher, folded (see `crawler.prose.fold`)."""
        publishers = (jsonld.text(value) for node in self.articles[:1] for value in self.graph.all(node, "publisher"))
        said = (*self.metas("ogsitename", "applicationname", "twittersite"), *publishers)
        return frozenset(name for name in map(fold, said) if name)

    @cached_property
    def title(self) -> str:
        """What the ``title`` element says, empty where there is none."""
        return next((text for e in self.markup.elements if e.tag == "title" and (text := e.text)), "")

    @cached_property
    def text(self) -> str:
        """What a reader sees of the whole page, in one line."""
        return text_of(self.tree.body) if self.tree.body else ""


def _may_be_graph(script: Element) -> bool:
    kind = script.get("type").lower()
    if "ld+json" in kind:
        return True
    if kind or script.get("src"):
        return False
    return '"@context"' in script.node.text()[:200]


def _note_meta(metas: dict[str, list[str]], element: Element) -> None:
    """File a meta element under its names; ``itemprop`` is a name of its own, since it may speak of other things."""
    attributes = element.attributes
    content = attributes.get("content") or attributes.get("value")
    if not content:
        return
    names = [attributes.get("property"), attributes.get("name"), attributes.get("http-equiv")]
    if itemprop := attributes.get("itemprop"):
        names.append(f"itemprop{itemprop}")
    for name in dict.fromkeys(names):
        if name:
            metas.setdefault(letters(name), []).append(content)


def letters(name: str) -> str:
    """Return the letters and digits of a name in lower case: ``og:title``, ``OG_Title`` and ``og.title`` are one."""
    return _NO_LETTERS.sub("", name.lower())


def text_of(node: LexborNode) -> str:
    """Return what a reader sees of a node, in one line; what stands in blocks of its own is kept apart."""
    parts: list[str] = []
    stack: list[LexborNode | None] = [node]
    while stack:
        here = stack.pop()
        tag = here.tag if here is not None else "br"
        if here is not None and tag == "-text":
            parts.append(here.text())
        elif tag in BLOCKS:
            parts.append(" ")
        if here is not None and tag not in SILENT:
            if tag in BLOCKS:
                stack.append(None)
            stack.extend(reversed([*here.iter(include_text=True)]))
    return clean("".join(parts))
