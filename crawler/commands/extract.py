"""``recrawl extract``: print what is true of a page, as JSON."""

import gc
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.crew import Capture, Reader, read
from crawler.errors import UsageError
from crawler.page import Page
from crawler.url import is_web
from crawler.warc import responses

EPILOG = """\b
Examples:
  recrawl extract article.html --url https://example.com/2024/05/article
  curl -s https://example.com/article | recrawl extract - --url https://example.com/article
  recrawl extract --jobs 4 crawl.warc.gz > articles.jsonl
  recrawl extract --explain article.html | jq .why

\b
Exit status: 0 all pages were read, 1 some were not (each is named on standard error), 2 usage, 130 interrupted.
"""


@click.command("extract", epilog=EPILOG)
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("--url", default="", metavar="URL", help="Where the page came from, for one HTML file or standard input.")
@click.option("--explain", is_flag=True, help="Add all evidence, and why each value was chosen.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes to share the work.")
def command(pages: tuple[str, ...], url: str, explain: bool, jobs: int) -> int:
    """Print what is true of a page, as JSON, one object a line.

    A PAGE is an HTML file, a web archive (.warc, .warc.gz) or - for HTML on standard input. Each object has exactly
    url, title, excerpt, published, updated, image (url, width, height), author (a list), site, language, canonical and
    amp; what is not known is null. Pages of one site teach one another, in the order in which they are given, so that
    its default picture and its boilerplate are told from what is an article's own; --jobs changes nothing in that.
    """
    _check(pages, url)
    # Pages come and go whole: without reference cycles of their own, they need no search for any.
    gc.freeze()
    gc.set_threshold(100_000)
    failed = False
    captures = (capture for page in pages for capture in _captures(page, url))
    for answer in read(captures, Reader(datetime.now(UTC), explain), jobs):
        sys.stdout.buffer.write(answer.line)
        if answer.error:
            failed = True
            click.echo(f"recrawl: {answer.error}", err=True)
    sys.stdout.flush()
    return int(failed)


def _check(pages: tuple[str, ...], url: str) -> None:
    for page in pages:
        if is_web(page):
            raise UsageError(f"{page}: fetching pages comes with the crawl engine; save the page and give --url")
        if page != "-" and not Path(page).is_file():
            raise UsageError(f"{page}: no such file")
    if url and not is_web(url):
        raise UsageError(f"--url {url}: not an http(s) URL")
    if url and (len(pages) > 1 or _is_archive(pages[0])):
        raise UsageError("--url is for one HTML page; the pages of an archive have their own")


def _is_archive(page: str) -> bool:
    return page.lower().endswith((".warc", ".warc.gz"))


def _captures(page: str, url: str) -> Iterator[Capture]:
    if _is_archive(page):
        yield from _archived(Path(page))
    else:
        body = sys.stdin.buffer.read() if page == "-" else Path(page).read_bytes()
        yield Capture(url or Page(body, "").canonical_url or "", body)


def _archived(path: Path) -> Iterator[Capture]:
    """Yield the HTML answers of a web archive; raises `ArchiveError` where it cannot be read."""
    for answer in responses(path):
        kind = answer.header("content-type")
        if not kind or "html" in kind.lower():
            yield Capture(answer.url, answer.payload, kind)
