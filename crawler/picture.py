"""A picture: the address of an image, with the size that is known of it, and what tells two of them apart."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final
from urllib.parse import unquote

from crawler import placeholder
from crawler.markup import Element
from crawler.url import split

SMALLEST: Final = (200, 100)
"""Width and height in pixels below which a picture leads no article."""

WIDEST: Final = 5
"""Width to height from which on a picture is a banner."""

_FILE: Final = re.compile(r"\.(?:jpe?g?|png|webp|avif|gif|bmp|tiff?)\b.*")
_SIZE: Final = re.compile(r"[-_@.](?:\d{2,4}x\d{2,4}|[23]x|scaled|e\d{10,})(?=[.-]|$)|=[swh]\d{2,4}(?:-[\w-]*)?$")
_WIDTH: Final = re.compile(r"[-_@.][wh]?\d{2,4}(?:px)?$")
_ORIGIN: Final = re.compile(r"https?:/+[^/?&]*")
_ARGUMENT: Final = re.compile(r"[?&](?:url|src|image|img)=(?=/)")
_RENDITION: Final = re.compile(
    r"(?:(?:(?:fill|fit|crop|resize|size|max|min|[whsc])[-_=:]?)?-?\d{1,4}x-?\d{1,4}|[a-z]{1,2}[-_=:]\d{1,4})(?:[-_|,:].*)?|v\d{1,2}|jpe?g|png|webp|avif|gif|"
    r"(?:(?:image|img|photo|picture|poster|original|default|large|medium|small|full|thumb|thumbnail|preview|main|master|"
    r"cover|header|index|share|hero|lead|landscape|portrait|square|wide|tall|panorama|social|og)[-_]?)+\d{0,2}"
)
"""What says which rendition of a picture this is, not which picture."""

_CALL: Final = re.compile(r"\s*[\w.]+\(")
_QUOTED: Final = re.compile(r"""["']((?:https?:)?//[^"'\s]+)["']""")
_SHORT: Final = re.compile(r"\d{0,4}|[a-z]{1,3}[-_]?\d{0,2}")
"""What many pictures are called, in folders of their own."""

SIZES: Final = 100
"""Sizes of one picture that are looked at; pages have a dozen."""

STEPS: Final = 3
"""Steps of a path that name a picture whose file name tells nothing."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image by its absolute URL; width and height in pixels as declared, None where nothing is said."""

    url: str
    width: int | None = None
    height: int | None = None

    @property
    def is_placeholder(self) -> bool:
        """Whether the picture says by its name, type or size that it shows nothing of any article."""
        return is_small(self.width, self.height) or _is_placeholder(self.url)

    @property
    def key(self) -> str:
        """What renditions of one picture have in common: its file name without sizes, its folders where that name
        tells nothing (``1200x675.jpg``, ``original.jpg``)."""
        return _key(self.url)


@lru_cache(maxsize=1024)
def _is_placeholder(url: str) -> bool:
    return placeholder.is_path(_path(url))


@lru_cache(maxsize=1024)
def _path(url: str) -> str:
    """Return the path of the picture itself: services that scale pictures have its address within their own."""
    said = unquote(unquote(url)) if "%" in url else url
    if "http" in said[8:] or "=/" in said:
        inner = max((match.end() for match in (*_ORIGIN.finditer(said), *_ARGUMENT.finditer(said))), default=0)
        path = re.split(r"[?&#]", said[inner:], maxsplit=1)[0]
        if path.strip("/"):
            return path
    return unquote(unquote(split(url).path))


@lru_cache(maxsize=1024)
def _key(url: str) -> str:
    path = _path(url)
    *folders, name = path.lower().rstrip("/").split("/")
    name = _FILE.sub("", name)
    if not _RENDITION.fullmatch(name):
        bare = _SIZE.sub("", name)
        for stem in (_WIDTH.sub("", bare), bare):
            if not _RENDITION.fullmatch(stem) and not _SHORT.fullmatch(stem):
                return stem
        folders.append(name)
    return "/".join([step for step in folders if step and not _RENDITION.fullmatch(step)][-STEPS:]) or path


def is_small(width: int | None, height: int | None) -> bool:
    """Tell whether a picture of a declared size is too small, or too long and narrow, to lead an article."""
    wide, high = width or 0, height or 0
    if 0 < wide < SMALLEST[0] or 0 < high < SMALLEST[1]:
        return True
    return bool(wide and high) and (wide > WIDEST * high or high > WIDEST * wide)


def pixels(text: str) -> int | None:
    """Read a declared size (``1200``, ``1200px``); None where it is no number of pixels."""
    match = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*", text)
    return int(match[1]) or None if match else None


def reference(element: Element) -> str:
    """Return the address of the picture that an element shows, as it is written; empty where it shows none.

    The largest of a set; what a script is to put in for a blank; what a film shows until it starts.
    """
    if element.tag in ("video", "amp-video"):
        return element.get("poster")
    sets = (largest(element.get(name)) for name in ("srcset", "data-srcset", "data-lazy-srcset"))
    names = ("data-src", "data-lazy-src", "data-original", "data-hi-res-src", "src")
    return next(filter(None, map(_address, chain(sets, map(element.get, names)))), "")


def _address(said: str) -> str:
    """Return the address that an attribute has, or that is quoted in the script that it has; empty where it holds the
    picture itself, or nothing."""
    if said.startswith("data:"):
        return ""
    if _CALL.match(said):
        quoted = _QUOTED.search(said)
        return quoted[1] if quoted else ""
    return said


def largest(srcset: str) -> str:
    """Return the address of the largest picture of a ``srcset``, empty where there is none.

    Candidates are apart by a comma and blanks, so that addresses may hold commas (HTML Standard, srcset).
    """
    best, size = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|//)", srcset.strip(), maxsplit=SIZES)[:SIZES]:
        url, _, descriptor = candidate.strip().partition(" ")
        number = re.match(r"\s*(\d+(?:\.\d+)?)[wx]", descriptor)
        if url and (weight := float(number[1]) if number else 0.0) > size:
            best, size = url, weight
    return best
