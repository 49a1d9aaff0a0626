from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.fetch import Fetch, Hop
from crawler.layout import Key
from crawler.record import Record
from crawler.site import Site
from crawler.state import Move
from crawler.target import Role, Target
from crawler.visit import Visit
from pipelines.find import found
from pipelines.judge import judged
from pipelines.reconcile.case import Case

URL = "https://example.org/2020/10/new-pier-opens-to-the-public"
TITLE = "New pier opens to the public"
NOW = datetime(2024, 5, 6, 12, tzinfo=UTC)
STORY = "Nine hundred people walked to its end and back on the first day, the harbour office counted. " * 20


def written(head: str = "", body: str = "", title: str = TITLE, html: str = "") -> str:
    """Return the page of an article: headline, day, and a text that is long enough to be one."""
    day = '<meta property="article:published_time" content="2020-10-20T17:40:00Z">'
    return (
        f"<html {html}><title>{title}</title>{day}{head}<body><article><h1>{title}</h1>{body}<p>{STORY}</p></article>"
    )


def answered(
    body: str, url: str = URL, role: Role = Role.ARTICLE, asked: str = "", headers: dict[str, str] | None = None
) -> Fetch:
    """Return a page that was served at ``url``, to which ``asked`` has moved for good."""
    hops = (Hop(301, asked),) if asked else ()
    known = {"content-type": "text/html; charset=utf-8"} | (headers or {})
    return Fetch(Target(asked or url, role), url, NOW, 200, hops, known, body.encode())


def record(**fields: object) -> Record:
    """Return a record of the article; what is None is not in it."""
    known = {"title": TITLE, "originalUrl": URL, "publishedDateTime": datetime(2020, 10, 20, 17, 40, tzinfo=UTC)}
    kept = {name: value for name, value in (known | fields).items() if value is not None}
    return Record(Path("one.md"), kept, "0" * 64)


@pytest.fixture(scope="session")
def case() -> Callable[..., Case]:
    """Take a record and what its addresses answered through judging and finding, to the point of settling."""

    def build(
        *answers: Fetch | str,
        site: Site = Site(),  # noqa: B008 - frozen
        write: frozenset[Key] = frozenset(),
        moved: dict[str, tuple[str, timedelta]] | None = None,
        **fields: object,
    ) -> Case:
        fetches = tuple(answered(one) if isinstance(one, str) else one for one in answers)
        moves = {url: Move(to, NOW - ago, NOW, 2) for url, (to, ago) in (moved or {}).items()}
        return Case(found(judged(Visit(record(**fields), fetches))), site, NOW, write, moves)

    return build


@pytest.fixture(scope="session")
def page() -> Callable[..., str]:
    """Write the page of an article."""
    return written


@pytest.fixture(scope="session")
def answer() -> Callable[..., Fetch]:
    """Serve a page in another way than by its own address, at once."""
    return answered


@pytest.fixture(scope="session")
def url() -> str:
    """Return the address of the article."""
    return URL
