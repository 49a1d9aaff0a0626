"""``recrawl extract``: print what is true of a page, as JSON."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from crawler import memory
from crawler.commands.crawling import crawling, opened, overridden
from crawler.crew import Answer, Capture, Reader, read
from crawler.errors import UsageError
from crawler.exit import Exit
from crawler.page import Page
from crawler.terminal import warn
from crawler.url import is_web

EPILOG = """\b
Examples:
  recrawl extract article.html --url https://example.com/2024/05/article
  recrawl extract https://example.com/2024/05/article
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
@crawling
def command(pages: tuple[str, ...], url: str, explain: bool, jobs: int, **options: Any) -> int:
    """Print what is true of a page, as JSON, one object a line.

    A PAGE is an HTML file, a web archive (.warc, .warc.gz), - for HTML on standard input, or an address, which is asked
    for as `recrawl refresh` asks: by robots.txt, slowly, public addresses only. Each object has exactly url, title,
    excerpt, published, updated, image (url, width, height), author (a list), site, language, canonical and amp; what is
    not known is null. Pages of one site teach one another, in the order in which they are given, so that its default
    picture and its boilerplate are told from what is an article's own; --jobs changes nothing in that. Addresses come
    last, each as it is answered.
    """
    files = [page for page in pages if not is_web(page)]
    addresses = [page for page in pages if is_web(page)]
    _check(files, addresses, url, options)
    reader, teller = Reader(datetime.now(UTC), explain), Teller()
    if files:
        memory.keep()
        for answer in read((capture for page in files for capture in _captures(page, url)), reader, jobs):
            teller.tell(answer)
    is_interrupted = bool(addresses) and _ask(addresses, reader, teller, options)
    sys.stdout.flush()
    return Exit.INTERRUPTED if is_interrupted else teller.status


class Teller:
    """Prints answers as they come, and names what was not read on standard error."""

    status = Exit.WELL

    def tell(self, answer: Answer) -> None:
        """Print one answer. Raises OSError where nobody reads."""
        sys.stdout.buffer.write(answer.line)
        if answer.error:
            self.status = Exit.FAILED
            warn(answer.error)


def _check(files: Sequence[str], addresses: Sequence[str], url: str, options: dict[str, Any]) -> None:
    for page in files:
        if page != "-" and not Path(page).is_file():
            raise UsageError(f"{page}: no such file")
    if url and not is_web(url):
        raise UsageError(f"--url {url}: not an http(s) URL")
    if url and (addresses or len(files) > 1 or _is_archive(files[0])):
        raise UsageError("--url is for one HTML page; addresses and the pages of an archive have their own")
    if not addresses and (options["replay"] or options["record"]):
        raise UsageError("--replay and --record are for pages that are given by their address")


def _ask(addresses: Sequence[str], reader: Reader, teller: Teller, options: dict[str, Any]) -> bool:
    """Ask for pages; tell whether the user has interrupted that."""
    from crawler import config, pages  # Scrapy and Twisted take a third of a second to import

    def tell(answer: Answer) -> None:
        teller.tell(answer)
        sys.stdout.flush()  # the next one may be seconds away

    configured = overridden(config.find((), options["config"]), options)
    _archive = opened(options)
    return pages.ask(addresses, configured, reader, tell, options).interrupted


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
    from crawler.warc.capture import responses  # takes as long to import as ten pages to read

    for answer in responses(path):
        kind = answer.header("content-type")
        if not kind or "html" in kind.lower():
            yield Capture(answer.url, answer.payload, kind)
