"""Read mutated pages: none may raise, none may be without an answer, none may take more than its size explains.

    python benchmarks/mutations.py [--pages 10000] [--seed 1] [ARCHIVE.warc.gz]

Takes the pages of the demo, or those of an archive, and breaks each anew: cut, bytes flipped, its encoding lied about,
glued to another, with 40,000 attributes, 100,000 elements deep, 5 MB without a tag, and so on. For each way of breaking
it prints how many pages were read, the exceptions, and the mean and the worst CPU milliseconds. Ends with status 1
where there was an exception. Equal seeds give equal pages.
"""

import argparse
import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import mean
from typing import Final

from crawler.crew import Capture, Reader
from crawler.warc.capture import responses

PAGES: Final = Path(__file__).parent.parent / "data" / "pages"

Mutation = Callable[[Random, bytes, Sequence[bytes]], tuple[bytes, str]]
"""Breaks a page, given all others, and returns its bytes and its ``Content-Type``."""

CHARSETS: Final = (
    *("utf-8", "utf-8-sig", "utf-7", "utf-16", "utf-16-be", "gbk", "gb18030", "big5", "shift_jis", "iso-2022-jp"),
    *("euc-jp", "euc-kr", "koi8-r", "windows-1251", "windows-1252", "iso-8859-1"),
)
NAMES: Final = (*CHARSETS, "x-user-defined", "base64", "hex", "rot13", "undefined", "utf8\0", "ü", "", "a" * 999)
STRANGE: Final = (
    b"\0 \xff \xed\xa0\x80 \xf4\x90\x80\x80 \x1b$B \xe2\x80\xae \xef\xbb\xbf \xe2\x80\xa8 &#xD800; &#55357; &#0; "
    b"&#x110000; &#99999999999; & \" ' < > </ <!-- --> <![CDATA[ <script> <style> <template> <title> <plaintext> "
    b"<svg> <math> <table> <select> <frameset> <base/href=//[> </html>"
).split(b" ")
LONG: Final = (
    b" ~a~1~1-~1/1/~by ~A ~12:30 ~2020 May ~. ~, ~&amp;~<b>~</b>~|~ | ~\t\n~\xc3\xa9~\xe5\xb9\xb4~A.~[~{~(~-"
    b"~Ann Lee and ~\\u"
).split(b"~")


def cut(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Leave the end of a page out."""
    return page[: random.randrange(len(page) + 1)], ""


def flipped(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Replace some bytes."""
    broken = bytearray(page or b"x")
    for _ in range(random.choice((1, 10, 100, 1000))):
        broken[random.randrange(len(broken))] = random.randrange(256)
    return bytes(broken), ""


def lied(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Write a page in one charset and say another."""
    said = random.choice(NAMES)
    body = page.decode("utf-8", "replace").encode(random.choice(CHARSETS), "replace")
    return body, f"text/html; charset={said}" if random.random() < 0.7 else ""


def strange(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Put what no author writes into a page."""
    for _ in range(random.choice((1, 5, 50))):
        at = random.randrange(len(page) + 1)
        page = page[:at] + random.choice(STRANGE) + page[at:]
    return page, ""


def glued(random: Random, page: bytes, others: Sequence[bytes]) -> tuple[bytes, str]:
    """Go on with another page in the middle of one."""
    other = random.choice(others)
    return page[: random.randrange(len(page) + 1)] + other[random.randrange(len(other) + 1) :], ""


def repeated(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Repeat a piece of a page."""
    start = random.randrange(len(page) + 1)
    piece = page[start : start + random.choice((3, 30, 300, 3000))]
    return page[:start] + piece * random.choice((2, 20, 200)) + page[start:], ""


def shuffled(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Put the tags of a page in another order, and leave some out."""
    tags = page.split(b"<")
    random.shuffle(tags)
    return b"<".join(tags[: random.randrange(len(tags)) + 1]), ""


def stretched(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Put a very long run of something where a value, a text or a tag begins."""
    places = [at for at, byte in enumerate(page) if byte in b'">'] or [0]
    at = random.choice(places) + 1
    return page[:at] + random.choice(LONG) * random.choice((100, 3_000, 30_000)) + page[at:], ""


def attributes(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Put a tag with 40,000 attributes into a page."""
    value = random.choice((b"", b"=x", b'="a b"'))
    return _inside(random, page, b"<div %s>" % b" ".join(b"a%d%s" % (number, value) for number in range(40_000)))


def nested(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Put elements into a page that are 100,000 deep."""
    tags = (
        b"<div>",
        b"<b>",
        b"<a href=x>",
        b"<ul><li>",
        b"<table><tr><td>",
        b"<svg><g>",
        b"<font size=%d><p>",
        b"<h1>",
    )
    return _inside(random, page, random.choice(tags) * 100_000)


def endless(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Put five million bytes without a tag into a page."""
    words = random.choice((b"word ", b"x", b"2 May ", "wörter ".encode(), b"\n"))
    return _inside(random, page, words * (5_000_000 // len(words)))


def linked_data(random: Random, page: bytes, _others: Sequence[bytes]) -> tuple[bytes, str]:
    """Put ten million bytes of JSON-LD into a page, wide, deep or broken."""
    article = json.dumps({"@type": "NewsArticle", "headline": "x" * 50, "datePublished": "2020-05-05"})
    wide = "[" + ",".join([article] * (10_000_000 // len(article))) + "]"
    deep = '{"a":[' * 1_500_000
    data = random.choice((wide, deep, wide[:-2], wide.replace('",', "',"), '"' + "\\" * 10_000_000))
    return _inside(random, page, b'<script type="application/ld+json">%s</script>' % data.encode())


def _inside(random: Random, page: bytes, piece: bytes) -> tuple[bytes, str]:
    """Put a piece before a tag of a page."""
    places = [at for at, byte in enumerate(page) if byte == ord("<")] or [0]
    at = random.choice(places)
    return page[:at] + piece + page[at:], ""


LIGHT: Final[tuple[Mutation, ...]] = (cut, flipped, lied, strange, glued, repeated, shuffled, stretched)
HEAVY: Final[tuple[Mutation, ...]] = (attributes, nested, endless, linked_data)
EVERY: Final = 50
"""One page in so many is one of the heavy ones."""


def mutated(pages: Sequence[bytes], number: int, seed: int) -> Iterator[tuple[str, Capture]]:
    """Yield broken pages, each with the name of what was done to it."""
    random = Random(seed)
    for index in range(number):
        mutation = random.choice(LIGHT if (index + 1) % EVERY else HEAVY)
        page = random.choice(pages)
        for _ in range(random.choice((0, 0, 1, 2))):
            page, _type = random.choice(LIGHT)(random, page, pages)
        body, content_type = mutation(random, page, pages)
        yield (
            mutation.__name__,
            Capture(f"https://site{index % 7}.example/2020/05/05/story-{index}", body, content_type),
        )


def demo() -> list[bytes]:
    """Return the pages of the demo."""
    return [path.read_bytes() for path in sorted(PAGES.rglob("*.html"))]


def main() -> int:
    """Read all, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", type=Path, help="take the pages of this web archive")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    pages = [capture.payload for capture in responses(given.archive)] if given.archive else demo()
    reader = Reader(datetime.now(UTC), explain=True)
    took: dict[str, list[float]] = defaultdict(list)
    errors: dict[str, list[str]] = defaultdict(list)
    gc.set_threshold(100_000)
    for name, capture in mutated(pages, given.pages, given.seed):
        start = time.process_time()
        answer = reader.read(capture)
        took[name].append((time.process_time() - start) * 1000)
        if answer.error:
            errors[name].append(answer.error)
            print(f"{name}: {answer.error}", file=sys.stderr)
    print(f"{'broken by':12} {'pages':>6} {'errors':>6} {'ms mean':>8} {'ms worst':>9}")
    for name, times in sorted(took.items()):
        print(f"{name:12} {len(times):6} {len(errors[name]):6} {mean(times):8.2f} {max(times):9.1f}")
    every = [one for times in took.values() for one in times]
    print(f"{'all':12} {len(every):6} {sum(map(len, errors.values())):6} {mean(every):8.2f} {max(every):9.1f}")
    return int(any(errors.values()))


if __name__ == "__main__":
    sys.exit(main())
