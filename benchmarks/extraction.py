"""What `recrawl extract` gets right of annotated pages, and what it costs, beside trafilatura and htmldate.

    python benchmarks/extraction.py FOLDER [--only recrawl trafilatura htmldate]

FOLDER holds ``pages.warc.gz``, ``cases.jsonl`` (an object a page: ``url``, and ``expected`` by field) and ``score.py``,
whose ``judge(expected, found)`` returns 1 (right), 0 (wrong) or None (missing) for each field that is expected. Needs
the extra ``bench``.

Every extractor reads the same archive in a process of its own; its CPU time is user and system time of that whole
process, start-up and reading included, divided by the pages. The yardstick is the time that `lxml.html.fromstring`
alone takes for the same pages in the same run.
"""

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from crawler.warc.capture import responses

FIELDS: Final = (
    *("day", "instant", "title", "title~", "excerpt", "image", "image~"),
    *("author", "site", "language", "canonical"),
)

Judge = Callable[[Mapping[str, Any], Mapping[str, Any]], Mapping[str, int | None]]
Pages = Iterator[tuple[str, bytes]]
Marks = Mapping[str, Counter[int | None]]


def pages(folder: Path) -> Pages:
    """Yield the address and the body of each page."""
    return ((capture.url, capture.payload) for capture in responses(folder / "pages.warc.gz"))


def by_trafilatura(found: Pages) -> None:
    """Print what trafilatura says of each page."""
    from trafilatura.metadata import extract_metadata

    for url, body in found:
        known = extract_metadata(body, default_url=url)
        say(
            url,
            title=known.title,
            excerpt=known.description,
            published=known.date,
            image=known.image,
            author=known.author and known.author.split("; "),
            site=known.sitename,
            language=known.language,
            canonical=known.url,
        )


def by_htmldate(found: Pages) -> None:
    """Print what htmldate says of each page."""
    from htmldate import find_date

    for url, body in found:
        say(url, published=find_date(body, original_date=True, url=url))


def say(url: str, **fields: Any) -> None:
    """Print what an extractor found, in the form of `recrawl extract`."""
    print(json.dumps({"url": url, **fields}))


PEERS: Final[dict[str, Callable[[Pages], None]]] = {"trafilatura": by_trafilatura, "htmldate": by_htmldate}


def bare(folder: Path) -> float:
    """Return the CPU milliseconds that lxml takes to parse a page."""
    from lxml.html import fromstring

    bodies = [body for _, body in pages(folder)]
    start = time.process_time()
    for body in bodies:
        fromstring(body)
    return (time.process_time() - start) * 1000 / len(bodies)


def run(name: str, folder: Path) -> tuple[dict[str, dict[str, Any]], float]:
    """Return what an extractor says of each page by its address, and the CPU seconds it took for all."""
    own = [sys.executable, "-m", "crawler", "extract", str(folder / "pages.warc.gz")]
    command = own if name == "recrawl" else [sys.executable, __file__, str(folder), "--as", name]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return {line["url"]: line for line in map(json.loads, done.stdout.splitlines())}, cpu


def judged(
    judge: Judge, cases: list[dict[str, Any]], found: Mapping[str, Mapping[str, Any]]
) -> dict[str, Counter[Any]]:
    """Return for each field how often it was right (1), wrong (0) and missing (None)."""
    marks: dict[str, Counter[int | None]] = defaultdict(Counter)
    for case in cases:
        fields = dict(found.get(case["url"], {}))
        image = fields.get("image")
        fields["image"] = image["url"] if isinstance(image, dict) else image
        for field, mark in judge(case["expected"], fields).items():
            marks[field][mark] += 1
    return marks


def judge_of(folder: Path) -> Judge:
    """Return the judge that a folder brings along."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder / 'score.py'} cannot be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    judge: Judge = module.judge
    return judge


def table(names: list[str], marks: Mapping[str, Marks]) -> Iterator[str]:
    """Yield the lines of the table: right, wrong and missing for each field and extractor."""
    yield f"{'field':12}{'n':>5}" + "".join(f"{name:>20}" for name in names)
    for field in FIELDS:
        counts = [marks[name].get(field, Counter[int | None]()) for name in names]
        cells = "".join(f"{count[1]:>10}{count[0]:>5}{count[None]:>5}" for count in counts)
        yield f"{field:12}{max(count.total() for count in counts):5}{cells}"


def main() -> None:
    """Run all, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=["recrawl", *PEERS], default=["recrawl", *PEERS])
    parser.add_argument("--as", dest="peer", choices=PEERS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peer:
        PEERS[given.peer](pages(given.folder))
        return
    judge, names = judge_of(given.folder), given.only
    cases = [json.loads(line) for line in (given.folder / "cases.jsonl").read_text("utf-8").splitlines()]
    parse = bare(given.folder)
    found = {name: run(name, given.folder) for name in names}
    print("right, wrong and missing of", len(cases), "pages")
    print(*table(names, {name: judged(judge, cases, lines) for name, (lines, _) in found.items()}), sep="\n")
    costs = [cpu * 1000 / len(lines) for lines, cpu in found.values()]
    print(f"{'CPU ms':17}" + "".join(f"{cost:>20.2f}" for cost in costs))
    print(
        f"{'times lxml':17}" + "".join(f"{cost / parse:>20.2f}" for cost in costs) + f"   (lxml alone: {parse:.2f} ms)"
    )


if __name__ == "__main__":
    main()
