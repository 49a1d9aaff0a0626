"""Judge: what an answer is before anyone learns from it - the page that was asked for, a wall, an error, a way home."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from crawler import mark
from crawler.change import Outcome
from crawler.fetch import Fetch
from crawler.page import Page
from crawler.url import same, site, split
from crawler.verdict import State, Verdict, of_failure
from crawler.visit import Visit

THIN: Final = 1500
"""Characters of visible text below which a page has room for little beside what a mark speaks of."""

OPENING: Final = 400
"""Characters at the start of a page's text in which its message stands."""

REFRESH_LIMIT: Final = 10.0
"""Seconds within which a meta refresh is a redirect; a longer one reloads what a reader is reading."""

_BY_STATUS: Final = {
    401: State.LOGIN,
    402: State.LOGIN,
    403: State.BLOCKED,
    404: State.NOT_FOUND,
    407: State.LOGIN,
    410: State.GONE,
    429: State.RATE_LIMITED,
    451: State.LEGAL,
    999: State.BLOCKED,
}
_WALLS_HIDE_BEHIND: Final = frozenset({403, 405, 429, 503})
_LANGUAGE_ROOT: Final = re.compile(r"/[a-z]{2}(?:[-_][a-z]{2})?/?", re.IGNORECASE)
_REFRESH: Final = re.compile(r"\s*(\d+(?:\.\d*)?)\s*[;,]?\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)


class JudgePipeline:
    """``Visit(Fetch*) -> Visit + Verdict*``"""

    def process_item(self, item: Visit | Outcome) -> Visit | Outcome:
        """Judge every fetch of a visit."""
        if isinstance(item, Outcome):
            return item
        return replace(item, verdicts=tuple(judge(fetch) for fetch in item.fetches))


def judge(fetch: Fetch) -> Verdict:
    """Say what one answer is, by its status, its headers, where it came from, and the marks it bears."""
    state, *evidence = next(_found(fetch))
    return Verdict(fetch.target, State(state), tuple(evidence), fetch.url)


def _found(fetch: Fetch) -> Iterator[tuple[str, ...]]:
    """Yield what speaks against the page that was asked for, the strongest first, and at last what speaks for it."""
    if fetch.problem:
        yield of_failure(fetch.problem.failure), fetch.problem.detail
        return
    if fetch.is_unchanged:
        yield State.OK, "304: unchanged"
        return
    yield from _status(fetch)
    yield from _place(fetch, fetch.url)
    yield from _content(fetch)
    yield _moved(fetch)


def _status(fetch: Fetch) -> Iterator[tuple[str, ...]]:
    if 200 <= fetch.status < 300:
        if wall := mark.of_headers(fetch.headers):
            yield State.BLOCKED, f"{wall}, by a response header"
        return
    says = f"status {fetch.status}"
    markup = fetch.body[:65536].decode("utf-8", "replace") if fetch.status in _WALLS_HIDE_BEHIND else ""
    if wall := mark.of_headers(fetch.headers) or mark.of("walls", markup):
        yield State.BLOCKED, says, wall
    if fetch.status == 503 and "retry-after" in fetch.headers:
        yield State.RATE_LIMITED, says, "Retry-After"
    if fetch.status in _BY_STATUS:
        yield _BY_STATUS[fetch.status], says
    yield State.SERVER_ERROR if fetch.status >= 500 else State.UNKNOWN, says


def _place(fetch: Fetch, end: str) -> Iterator[tuple[str, ...]]:
    """Say what is wrong with where an answer came from, if it is not where it was asked for."""
    start, path = split(fetch.target.url), split(end).path
    if same(fetch.target.url, end):
        return
    says = f"redirected to {end}"
    if mark.is_parking_site(site(end)):
        yield State.PARKED, says
    if mark.is_path("login", path) and not mark.is_path("login", start.path):
        yield State.LOGIN, says
    if mark.is_path("error", path) and not mark.is_path("error", start.path):
        yield State.SOFT_404, says
    if _is_deep(start.path) and (not _is_deep(path) or _is_above(path, start.path)) and not split(end).query:
        yield State.REDIRECT_HOME, says


def _is_deep(path: str) -> bool:
    return path.strip("/") != "" and not _LANGUAGE_ROOT.fullmatch(path)


def _is_above(path: str, start: str) -> bool:
    return start.rstrip("/").startswith(path.rstrip("/") + "/")


def _content(fetch: Fetch) -> Iterator[tuple[str, ...]]:
    page = fetch.page
    if page is None:
        if not fetch.body.strip():
            yield State.EMPTY, "no bytes"
        return
    yield from _refresh(fetch, page)
    if not page.text and not page.title:
        yield State.EMPTY, "no text"
    is_thin = len(page.text) < THIN
    heading = " · ".join([page.title, *_headings(page)])
    opening = f"{heading} · {page.text[:OPENING]}"
    if is_thin and (wall := mark.of("walls", _markup(page))):
        yield State.BLOCKED, wall
    if (is_thin or mark.of("consent", heading)) and (wall := mark.of("consent", opening)):
        yield State.BLOCKED, f"consent wall: {wall}"
    if (is_thin or mark.of("parked", heading)) and (sale := mark.of("parked", opening)):
        yield State.PARKED, sale
    if is_thin and (words := mark.of("not_found", opening)):
        yield State.SOFT_404, f"it says that there is nothing ({words})"
    if page.graph.is_behind_paywall:
        yield State.PAYWALLED, "isAccessibleForFree: false"


def _refresh(fetch: Fetch, page: Page) -> Iterator[tuple[str, ...]]:
    for content in page.metas("refresh"):
        match = _REFRESH.match(content)
        end = page.absolute(match[2]) if match and float(match[1]) <= REFRESH_LIMIT and match[2] else None
        if end and not same(end, fetch.url):
            yield from _place(fetch, end)
            if len(page.text) < THIN:
                yield State.UNKNOWN, f"sends readers to {end}"


def _headings(page: Page) -> list[str]:
    return [element.text for element in page.markup.elements if element.tag == "h1"][:3]


def _markup(page: Page) -> str:
    return page.body[:65536].decode("utf-8", "replace")


def _moved(fetch: Fetch) -> tuple[str, ...]:
    if not fetch.redirects or same(fetch.target.url, fetch.url):
        return (State.OK,)
    says = f"redirected to {fetch.url}"
    return (State.MOVED_PERMANENTLY if fetch.is_permanent_move else State.MOVED_TEMPORARILY, says)
