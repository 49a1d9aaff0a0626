"""A crew: processes that read pages side by side, each site always with the same one.

What a page teaches of its site must not depend on which process was faster. So every site has one reader, which sees
its pages in the order in which they were given, and answers come out in that order too: the output is the same for
any number of processes.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple
from zlib import crc32

from crawler import extraction, memory
from crawler.page import Page
from crawler.site import Site
from crawler.url import site

WAITING: Final = 16
"""Pages for each process that may be on their way, so that an archive of any size fits into memory."""


class Capture(NamedTuple):
    """A page as it was given: where it came from, its bytes, the ``Content-Type`` they came with, and the address that
    was asked for, where that has led elsewhere."""

    url: str
    body: bytes
    content_type: str = ""
    asked: str = ""


class Answer(NamedTuple):
    """What was read of a page, as one line of JSON; ``error`` says why nothing was, None where all is well."""

    line: bytes
    error: str | None = None


@dataclass
class Reader:
    """Reads pages one after another and remembers what they taught of their sites."""

    now: datetime
    explain: bool = False
    sites: dict[str, Site] = field(default_factory=dict)

    def read(self, capture: Capture) -> Answer:
        """Read one page. One that cannot be read has an answer too: a bug must not cost the pages after it."""
        try:
            found = self._extract(capture)
        except Exception as problem:  # noqa: BLE001 - whatever a page does to us, the run goes on
            return unread(capture.asked or capture.url, f"{capture.url}: {type(problem).__name__}: {problem}")
        if capture.asked:
            found = replace(found, url=capture.asked)
        return Answer(_line(found, explain=self.explain))

    def _extract(self, capture: Capture) -> extraction.Extraction:
        page = Page(capture.body, url=capture.url.strip(), content_type=capture.content_type)
        name = site(page.url)
        known = self.sites.get(name, Site())
        found = extraction.extract(page, known, self.now)
        if name:
            self.sites[name] = known.after(found.evidence, found.choices)
        return found


def unread(url: str, error: str) -> Answer:
    """Return the answer for a page of which nothing is known."""
    return Answer(_line(extraction.Extraction(url)), error)


def _line(found: extraction.Extraction, *, explain: bool = False) -> bytes:
    said = extraction.as_json(found, explain=explain)
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def read(captures: Iterable[Capture], reader: Reader, jobs: int = 1) -> Iterator[Answer]:
    """Yield an answer for each page, in order."""
    if jobs == 1:
        yield from map(reader.read, captures)
        return
    from concurrent.futures import Future, ProcessPoolExecutor  # processes cost a start-up that one job does not need

    with ExitStack() as stack:
        crew = [stack.enter_context(ProcessPoolExecutor(1, initializer=_hire, initargs=(reader,))) for _ in range(jobs)]
        waiting: deque[Future[Answer]] = deque()
        for capture in captures:
            member = crew[crc32(site(capture.url).encode()) % jobs]
            waiting.append(member.submit(_read, capture))
            while waiting and (waiting[0].done() or len(waiting) > WAITING * jobs):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_hired: Reader


def _hire(reader: Reader) -> None:
    global _hired
    _hired = reader
    memory.keep()


def _read(capture: Capture) -> Answer:
    return _hired.read(capture)
