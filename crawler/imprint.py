"""An imprint: what is left of an answer when its own address is cut out of it, to compare it with other answers.

Servers that have nothing at an address may repeat the address, show advertisements, or a list of what they do have.
What two such answers have in common is all but chance; two articles have but their template in common.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Final, Self
from urllib.parse import unquote

from crawler.fetch import Fetch
from crawler.markup import SILENT
from crawler.page import Page
from crawler.prose import clean, fold
from crawler.url import key, split

SAME: Final = 120
"""Characters of its own that an answer may have and still be the same as another: a date, a counter."""

SHARE: Final = 0.05
"""Share of its text that may be its own; more of it, where two answers to nothing have as much of their own."""

NOISE: Final = 1.5
"""How much more than two answers to nothing have of their own, a third one may."""

FEW: Final = 400
"""Characters that a search may have found for the words of an address; articles have more of their own."""

HOLLOW: Final = 200
"""Characters of text below which a page with scripts is there to be filled by them."""

FILLED: Final = 1000
"""Characters of text from which on a page has more to show than menus."""

_TOKEN: Final = re.compile(r"\w{3,}")
_SHORT: Final = re.compile(r"\b[^\W_]{1,2}\b")
"""Words of an address that are cut out where they stand alone: they are parts of many others."""


Words = tuple[int, int]
"""A text by hashes: as it is, and without the words of the address, with a mark of whether it had any."""

NO_NAME: Final[Words] = (0, 0)


@dataclass(frozen=True)
class Imprint:
    """An answer without its address.

    ``end`` is where it came from (as `crawler.url.key` writes it), empty where that was the address asked. ``names``
    are what it is called and its main headings, ``texts`` the sizes of all its texts. ``has_scripts`` says that it may
    show more to readers than it does to us.
    """

    status: int
    end: str = ""
    names: tuple[Words, ...] = ()
    texts: Mapping[Words, int] = field(default_factory=dict)
    has_scripts: bool = False

    @classmethod
    def of(cls, fetch: Fetch) -> Self:
        """Return the imprint of an answer; of a failure one without status."""
        end = key(fetch.url) if key(fetch.url) != key(fetch.target.url) else ""
        page = fetch.page
        if page is None:
            digest = _hash(fetch.body)
            return cls(fetch.status, end, texts={(digest, digest): len(fetch.body)})
        cut = _Cutter(fetch.target.url, fetch.url)
        texts = {cut(said): len(said) for said in map(clean, _texts(page)) if said}
        headings = tuple(cut(heading.text) for heading in page.found("h1")[:2])
        return cls(fetch.status, end, (name_of(fetch), *headings), texts, bool(page.found("script")))

    @property
    def is_hollow(self) -> bool:
        """Whether it shows next to nothing without its scripts."""
        return self.has_scripts and self.size < HOLLOW

    def is_shell_of(self, home: "Imprint") -> bool:
        """Whether it has no name but that of its site's entrance, and little text: scripts are to fill it."""
        has_no_name = len(self.names) == 1 and bool(home.names) and is_alike(self.names[0], home.names[0])
        return self.has_scripts and has_no_name and self.size < FILLED

    @cached_property
    def repeats_address(self) -> bool:
        """Whether it is called by words of its address."""
        return any(whole != cut for whole, cut in self.names)

    @property
    def is_page(self) -> bool:
        """Whether the server gave a page, as if there were one."""
        return 200 <= self.status < 300

    @cached_property
    def size(self) -> int:
        """The length of all its texts."""
        return sum(self.texts.values())

    def is_like(self, other: "Imprint") -> bool:
        """Tell whether both are pages under the same names."""
        if not (self.is_page and other.is_page) or len(self.names) != len(other.names):
            return False
        return all(map(is_alike, self.names, other.names))

    def is_same(self, other: "Imprint") -> bool:
        """Tell whether both say the same, but for next to nothing.

        Two that are called alike by nothing but their addresses may differ in what a search has found for those.
        """
        if not self.names:
            return self.is_like(other) and self.texts.keys() == other.texts.keys()  # of what is no page
        least = FEW if self.repeats_address and other.repeats_address else SAME
        return self.is_like(other) and sum(self.own(other)) <= max(least, int(SHARE * self.size))

    def is_noise(self, one: "Imprint", other: "Imprint") -> bool:
        """Tell whether this differs from two answers to nothing no more than they do from each other."""
        mine, theirs = self.own(one, other), one.own(other)
        if not (self.is_like(one) and self.is_like(other) and theirs):
            return self.is_same(one) or self.is_same(other)
        return sum(mine) <= NOISE * sum(theirs) and max(mine, default=0) <= NOISE * max(theirs)

    def own(self, *others: "Imprint") -> list[int]:
        """Return the sizes of the texts that none of the others has."""
        known = {part for other in others for words in other.texts for part in words}
        return [size for words, size in self.texts.items() if known.isdisjoint(words)]


def is_alike(one: Words, other: Words) -> bool:
    """Tell whether two texts are the same, as they are or without the words of their addresses."""
    return one[0] == other[0] or one[1] == other[1]


def name_of(fetch: Fetch) -> Words:
    """Return what a page is called; of what is no page, `NO_NAME`."""
    page = fetch.page
    if page is None:
        return NO_NAME
    name = page.title or next((heading.text for heading in page.found("h1")), "")
    return _Cutter(fetch.target.url, fetch.url)(name)


class _Cutter:
    """Folds text, and cuts the words of some addresses out of it."""

    def __init__(self, *urls: str) -> None:
        parts = [split(url) for url in dict.fromkeys(urls)]
        said = {unquote(text).lower() for one in parts for text in (one.path, one.query)}
        self.words = sorted({word for text in said for word in _TOKEN.findall(text)}, key=len, reverse=True)
        short = {word for text in said for word in _SHORT.findall(text)}
        self.short = re.compile(rf"\b(?:{'|'.join(sorted(short))})\b") if short else None

    def __call__(self, text: str) -> Words:
        """Return a text with, and without the words."""
        whole = left = clean(text).lower()
        for word in self.words:
            left = left.replace(word, " ")
        if self.short:
            left = self.short.sub(" ", left)
        folded = fold(left)
        mine = _hash(folded.encode())
        return (mine, mine) if left == whole else (_hash(fold(whole).encode()), _hash(f"{folded} cut".encode()))


def _texts(page: Page) -> list[str]:
    markup = page.markup
    pairs = zip(markup.nodes, markup.tags, strict=True)
    texts = ((node.parent, node) for node, tag in pairs if tag == "-text")
    return [node.text_content or "" for parent, node in texts if parent is not None and parent.tag not in SILENT]


def _hash(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest())
