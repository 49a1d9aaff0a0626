"""A picture: the address of an image, with the size that is known of it, and what tells two of them apart."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from crawler.url import split

_PLACEHOLDER = re.compile(
    r"(?<![a-z])(?:logos?|logotype|sprites?|icons?|favicon|avatar|placeholder|blank|spacer|pixel|1x1|transparent|trans|dummy|"
    r"no-?image|noimg|no-?photo|no-?pic|not-?available|coming-?soon|qr-?code|gravatar|emoji|smil(?:ey|ies)|loading|loader|"
    r"og-?image-?default|ogimagedefault|default-?(?:image|img|share|social|og|thumb|thumbnail|picture)|(?:image|img|share|social|og|thumb)-?default|"
    r"share-?(?:image|logo|card)|social-?(?:share|logo|card)|apple-touch|touch-?icon|generic|opengraph|entry-button)(?![a-z])",
    re.IGNORECASE,
)
_PLACEHOLDER_FILE = re.compile(
    r"(?:default|fallback|facebook|fb|twitter|share|social|og|ogimage|og-image|site|header|banner|home|icon)[-_]?\d{0,4}(?:x\d+)?\.\w{3,4}",
    re.IGNORECASE,
)
_FOLDERS = re.compile(r"/(?:logos?|icons?|favicons?|sprites?|placeholders?|avatars?|emojis?|smilies)/", re.IGNORECASE)
_TYPES_OF_ICONS: Final = (".svg", ".ico")

_SIZES = re.compile(r"[-_@.](?:\d{2,4}x\d{2,4}|[wh]?\d{2,4}(?:px)?|[23]x|scaled|e\d{10,})(?=[.-]|$)")

SMALLEST: Final = (200, 100)
"""Width and height in pixels below which a picture leads no article."""

WIDEST: Final = 5
"""Width to height from which on a picture is a banner."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image by its absolute URL; width and height in pixels as declared, None where nothing is said."""

    url: str
    width: int | None = None
    height: int | None = None

    @property
    def is_placeholder(self) -> bool:
        """Whether the picture says by its name, type or size that it shows nothing of any article."""
        return is_small(self.width, self.height) or _is_placeholder(_path(self.url))

    @property
    def key(self) -> str:
        """What renditions of one picture have in common: its file name without sizes, its path where it has none."""
        path = _SIZES.sub("", unquote(_path(self.url)).lower())
        return path.rpartition("/")[2].partition(".")[0] or path


def is_small(width: int | None, height: int | None) -> bool:
    """Tell whether a picture of a declared size is too small, or too long and narrow, to lead an article."""
    wide, high = width or 0, height or 0
    if 0 < wide < SMALLEST[0] or 0 < high < SMALLEST[1]:
        return True
    return bool(wide and high) and (wide > WIDEST * high or high > WIDEST * wide)


@lru_cache(maxsize=1024)
def _is_placeholder(path: str) -> bool:
    name = path.rpartition("/")[2].replace("_", "-")
    if path.lower().endswith(_TYPES_OF_ICONS) or _FOLDERS.search(path):
        return True
    return _PLACEHOLDER.search(name) is not None or _PLACEHOLDER_FILE.fullmatch(name) is not None


@lru_cache(maxsize=1024)
def _path(url: str) -> str:
    return unquote(split(url).path)


def pixels(text: str) -> int | None:
    """Read a declared size (``1200``, ``1200px``); None where it is no number of pixels."""
    match = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*", text)
    return int(match[1]) or None if match else None


def largest(srcset: str) -> str:
    """Return the address of the largest picture of a ``srcset``, empty where there is none.

    Candidates are apart by a comma and blanks, so that addresses may hold commas (HTML Standard, srcset).
    """
    best, size = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|//)", srcset.strip()):
        url, _, descriptor = candidate.strip().partition(" ")
        number = re.match(r"\s*(\d+(?:\.\d+)?)[wx]", descriptor)
        if url and (weight := float(number[1]) if number else 0.0) > size:
            best, size = url, weight
    return best
