"""A page: one HTML body, parsed once and read once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from crawler import jsonld
from crawler.bomb import defuse
from crawler.charset import to_utf8
from crawler.markup import Element, Markup, text_of
from crawler.prose import clean, fold
from crawler.url import absolute, key

LONGEST: Final = 10_000
"""Characters of a meta element that are read."""

_FEEDS: Final = frozenset(("application/rss+xml", "application/atom+xml"))

T = TypeVar("T")


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
        return Markup.of(self.tree.root)

    @cached_property
    def _known(self) -> dict[Any, Any]:
        return {}

    def once(self, read: Callable[["Page"], T]) -> T:
        """Return what a function reads of this page, and let it read only once; the result must not hold the page."""
        if read not in self._known:
            self._known[read] = read(self)
        found: T = self._known[read]
        return found

    def found(self, tag: str) -> list[Element]:
        """Return the elements of one of the tags that every page is asked for, in document order."""
        found: list[Element] | None = self._known.get(tag)
        if found is None:
            found = self._known[tag] = [self.markup.element(at) for at in self.markup.places[tag]]
        return found

    def metas(self, *names: str) -> Iterator[str]:
        """Yield what the meta elements of these names say, cleaned, never empty; name by name, then in order."""
        stated = self.markup.metas
        for name in names:
            if name in stated:
                yield from self._said.get(name) or self._cleaned(name)

    def _cleaned(self, name: str) -> list[str]:
        found = self._said[name] = [text for said in self.markup.metas[name] if (text := clean(said[:LONGEST]))]
        return found

    @cached_property
    def _said(self) -> dict[str, list[str]]:
        return {}

    def links(self, rel: str) -> Iterator[str]:
        """Yield the absolute addresses of the ``link`` elements with a relation."""
        return filter(None, map(self.absolute, self._links.get(rel, ())))

    @cached_property
    def _links(self) -> dict[str, list[str]]:
        """What the ``link`` elements refer to, by their relations."""
        found: dict[str, list[str]] = {}
        nodes = self.markup.nodes
        for at in self.markup.places["link"]:
            attributes = nodes[at].attributes
            for rel in {*(attributes.get("rel") or "").lower().split()}:
                found.setdefault(rel, []).append(attributes.get("href") or "")
        return found

    def absolute(self, reference: str) -> str | None:
        """Resolve a reference of this page; None where it leads to no http(s) URL."""
        if reference not in self._absolute:
            self._absolute[reference] = absolute(self.base, reference)
        return self._absolute[reference]

    @cached_property
    def _absolute(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def base(self) -> str:
        """The address against which the page's references are resolved."""
        stated = next((href for element in self.found("base") if (href := element.get("href"))), "")
        return (stated and absolute(self.url, stated)) or self.url

    @cached_property
    def feeds(self) -> tuple[str, ...]:
        """The RSS and Atom feeds that the page announces, in order (RSS Advisory Board, "RSS Autodiscovery")."""
        nodes = [self.markup.nodes[at].attributes for at in self.markup.places["link"]]
        stated = [link.get("href") or "" for link in nodes if (link.get("type") or "").strip().lower() in _FEEDS]
        return tuple(dict.fromkeys(filter(None, map(self.absolute, stated))))

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
        return any("amp" in html.attributes or "⚡" in html.attributes for html in self.found("html"))

    @cached_property
    def title(self) -> str:
        """What the ``title`` element says, empty where there is none."""
        return next((text for element in self.found("title") if (text := clean(element.node.text()))), "")

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What the page calls itself: its title, and what it tells those who link to it."""
        return tuple(dict.fromkeys(title for title in (self.title, *self.metas("ogtitle", "twittertitle")) if title))

    @cached_property
    def text(self) -> str:
        """What a reader sees of the whole page, in one line."""
        return text_of(self.tree.body) if self.tree.body is not None else ""

    @cached_property
    def graph(self) -> jsonld.Graph:
        """The page's JSON-LD."""
        nodes = self.markup.nodes
        return jsonld.read(text for at in self.markup.places["script"] if (text := _graph_in(nodes[at])))

    @cached_property
    def articles(self) -> tuple[Mapping[str, Any], ...]:
        """The JSON-LD objects of articles, the page's own first: pages describe what they link to as well."""
        found = [*self.graph.articles()]
        if len(found) < 2:
            return tuple(found)
        titles = [fold(title) for title in self.titles]
        return tuple(sorted(found, key=lambda node: -self._likeness(node, titles)))

    def _likeness(self, node: Mapping[str, Any], titles: list[str]) -> int:
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


def _graph_in(script: LexborNode) -> str:
    """Return the JSON-LD of a script; some templates forget to say that it is."""
    attributes = script.attributes
    kind = attributes.get("type")
    if kind and "ld+json" in kind.lower():
        return script.text()
    if kind or attributes.get("src"):
        return ""
    text = script.text()
    return text if '"@context"' in text[:200] else ""
