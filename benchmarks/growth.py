"""How the time to read a page grows with its size: every kind of page that could make it grow faster, n against 2n.

    python benchmarks/growth.py [--bytes 200000] [KIND...]

Prints CPU milliseconds for n and 2n bytes and their ratio: 2 is linear, 4 is quadratic. Ends with status 1 where a
ratio is above 3. Times are the least of three.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

from crawler.crew import Capture, Reader

MOST: Final = 3.0
"""Ratio from which on the time grows faster than the page."""

LEAST: Final = 20.0
"""Milliseconds for 2n below which a ratio is noise."""

PAGE: Final = """<!doctype html><html lang="en"><head><title>%(title)s</title>
<meta property="og:title" content="%(meta)s"><meta name="description" content="%(meta)s">
<meta name="author" content="%(meta)s"><meta name="date" content="%(meta)s">
<meta property="og:image" content="%(url)s"><link rel="canonical" href="%(url)s"><script>%(script)s</script>
<script type="application/ld+json">%(json)s</script></head><body><div class="%(name)s"><h1>%(heading)s</h1>
<p class="byline">%(byline)s</p><time datetime="%(time)s">%(time)s</time><img src="%(url)s" srcset="%(url)s">
<p>%(text)s</p>%(markup)s</div></body></html>"""
PLACES: Final = ("title", "meta", "url", "script", "json", "name", "heading", "byline", "time", "text")

RUNS: Final = {
    "blanks": " ",
    "letters": "a",
    "digits": "1",
    "words": "word ",
    "names": "Ann Lee and ",
    "by": "by ",
    "pipes": " | ",
    "dashes": "-",
    "days": "1 May ",
    "numbers": "1/1/",
    "clocks": "12:30 ",
    "years": "2020 ",
    "dots": ". ",
    "quotes": "'",
    "entities": "&amp;amp;",
    "escapes": "\\u",
    "backslashes": "\\",
    "braces": "{",
    "brackets": "[",
    "colons": '":',
    "commas": ",",
    "slashes": "/",
    "percent": "%%41",
    "accents": "é",
    "han": "年月",
    "tags": "&lt;a ",
    "at": "a@",
    "dotted": "a.",
    "published": 'published:"',
    "url": "https://a.b/",
    "lines": "\n",
    "capitals": "A",
    "hyphens": "aA-",
    "remarks": "/*",
    "remarked": "/* a",
}
"""What stands in each of the places, over and over."""

MARKUP: Final = {
    "elements": "<p>A short text.</p>",
    "inline": "<b>a</b> ",
    "links": '<a href="/author/ann" class="author">Ann Lee</a>',
    "times": "<time datetime=2020-05-05>5 May 2020</time>",
    "pictures": '<img src="a.jpg" class="x">',
    "headings": "<h1>A</h1>",
    "boxes": "<h2>A heading of a box</h2>",
    "metas": '<meta property="og:title" content="A title">',
    "scripts": "<script>a</script>",
    "classes": '<i class="author byline date">May 2020</i>',
    "deep": "<div>",
    "dates": "<span data-date=2020-05-05>a</span>",
    "graphs": '<script type="application/ld+json">{"@type": "Article", "datePublished": "2020-05-05"}</script>',
    "comments": "<!-- a -->",
    "properties": '<span itemprop="datePublished">2020-05-05</span>',
    "canonicals": '<link rel="canonical" href="/a">',
    "bylines": '<p class="byline">By Ann Lee</p>',
    "years": "<p>May 5, 2020 is a day.</p>",
    "attributes": "<p a=1 b=2 c=3 d=4>",
    "open": "<b><i>",
    "tables": "<table><tr><td>",
    "formatted": "<p><font size=1>",
    "named pictures": f'<img src="/{"1" * 4_000}.jpg">',
    "renditions": f'<img srcset="{"a.jpg 100w, " * 300}">',
}
"""Markup that follows the text, over and over."""


def kinds(size: int) -> Iterator[tuple[str, str]]:
    """Yield pages of about a size, each with what it is made of."""
    for place in PLACES:
        for name, piece in RUNS.items():
            yield f"{place} {name}", filled(**{place: piece * (size // len(piece))})
    for name, piece in MARKUP.items():
        yield f"markup {name}", filled(markup=piece * (size // len(piece)))


def filled(**values: str) -> str:
    """Return a page with values in some of its places."""
    return PAGE % (dict.fromkeys((*PLACES, "markup"), "") | {"title": "A title", "heading": "A title"} | values)


def cost(page: str) -> float:
    """Return the CPU milliseconds that reading a page takes, by the least of three."""
    body = page.encode()
    return min(_cost(body) for _ in range(3))


def _cost(body: bytes) -> float:
    reader = Reader(datetime(2026, 1, 1, tzinfo=UTC), explain=True)
    start = time.process_time()
    reader.read(Capture("https://example.org/a", body))
    return (time.process_time() - start) * 1000


def grown(size: int, wanted: Callable[[str], bool]) -> Iterator[tuple[str, float, float]]:
    """Yield each kind with its cost at a size and at twice that."""
    for (name, once), (_, twice) in zip(kinds(size), kinds(2 * size), strict=True):
        if wanted(name):
            yield name, cost(once), cost(twice)


def main() -> int:
    """Print how every kind grows, the fastest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", help="words that the name of a kind has one of")
    parser.add_argument("--bytes", type=int, default=200_000, dest="size")
    given = parser.parse_args()
    found = [*grown(given.size, lambda name: not given.kinds or any(kind in name for kind in given.kinds))]
    steep = 0
    for name, once, twice in sorted(found, key=lambda one: -one[2]):
        too_steep = twice >= LEAST and twice / once > MOST
        steep += too_steep
        print(f"{name:24} {once:9.1f} {twice:9.1f}  {twice / once:5.2f}{'  !' * too_steep}")
    print(f"{len(found)} kinds, {steep} grow faster than the page")
    return int(bool(steep))


if __name__ == "__main__":
    sys.exit(main())
