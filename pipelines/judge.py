"""Judge: what an answer is before anyone learns from it - the page that was asked for, a wall, an error, a way home."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from crawler import archive, directives, landing, mark, message
from crawler.change import Outcome
from crawler.fetch import Fetch
from crawler.layout import Key
from crawler.page import Page
from crawler.record import Record
from crawler.url import same
from crawler.verdict import State, Verdict, of_failure
from crawler.visit import Visit

REFRESH_LIMIT: Final = 10.0
"""Seconds within which a meta refresh is a redirect; a longer one reloads what a reader is reading."""

_BY_STATUS: Final = {
    401: State.LOGIN,
    402: State.LOGIN,
    403: State.BLOCKED,
    404: State.NOT_FOUND,
    406: State.BLOCKED,
    407: State.LOGIN,
    410: State.GONE,
    418: State.BLOCKED,
    429: State.RATE_LIMITED,
    451: State.LEGAL,
    468: State.BLOCKED,
    511: State.LOGIN,
    566: State.BLOCKED,
    567: State.BLOCKED,
    999: State.BLOCKED,
}
# Filters answer 406 and 418 (ModSecurity), 468 (SafeLine), 566 and 567 (Tencent EdgeOne), 999 (LinkedIn); `Accept: */*`
# leaves a server no other reason for 406.
_WALLS_HIDE_BEHIND: Final = frozenset({401, 403, 405, 406, 412, 418, 429, 503})
_LIMITS: Final = frozenset({403, 429, 503})
_REFRESH: Final = re.compile(r"\s*(\d+(?:\.\d*)?)\s*[;,]?\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)
_SCRIPT: Final = re.compile(
    r"(?:(?:window|document|top|self|parent)\.)?location(?:\.href)?\s*(?:=(?!=)|\.(?:replace|assign)\()\s*[\"'](/[^\"']*|https?:[^\"']+)[\"']"
)


class JudgePipeline:
    """``Visit(Fetch*) -> Visit + Verdict*``"""

    def process_item(self, item: Visit | Outcome) -> Visit | Outcome:
        """Judge every fetch of a visit."""
        return item if isinstance(item, Outcome) else judged(item)


def judged(visit: Visit) -> Visit:
    """Return a visit with its verdicts, and those of the visits to its related entries."""
    verdicts: list[Verdict] = []
    own = [str(url) for url in (visit.record.url, visit.record.get(Key.WEB_URL)) if url]
    for fetch in visit.fetches:
        verdict = judge(fetch, visit.record, own)
        verdicts.append(verdict)
        if verdict.state.is_article:
            own.append(fetch.url)
    return replace(visit, verdicts=tuple(verdicts), related=tuple(judged(one) for one in visit.related))


def judge(fetch: Fetch, record: Record | None = None, own: Sequence[str] = ()) -> Verdict:
    """Say what one answer is, by its status, its headers, where it came from, and the marks it bears.

    ``record`` is whose article it should be, where there is one; ``own`` are other addresses of that.
    """
    state, *evidence = next(_found(fetch, record, own))
    return Verdict(fetch.target, State(state), tuple(evidence), fetch.url)


Found = Iterator[tuple[str, ...]]


def _found(fetch: Fetch, record: Record | None, own: Sequence[str]) -> Found:
    """Yield what speaks against the page that was asked for, the strongest first, and at last what speaks for it."""
    if fetch.problem:
        yield of_failure(fetch.problem.failure), fetch.problem.detail
        return
    if fetch.is_unchanged:
        state, *why = moved(fetch)
        yield state, *why, "304: unchanged"
        return
    yield from _status(fetch)
    asked = archive.original_of(fetch.target.url)
    if lost := landing.astray(asked, fetch.url, own):
        yield lost
    yield from _content(fetch, asked, record, own)
    if directives.of(fetch).is_withdrawn(fetch.at):
        yield State.WITHDRAWN, "its unavailable_after has passed"
    if fetch.page and message.is_teaser(fetch.page):
        yield State.PAYWALLED, "it shows only the beginning"
    yield moved(fetch)


def _status(fetch: Fetch) -> Found:
    if wall := mark.of_headers(fetch.headers):
        yield State.BLOCKED, f"status {fetch.status}", f"{wall}, a response header"
    if 200 <= fetch.status < 300:
        return
    says = f"status {fetch.status}"
    if fetch.status in _LIMITS and _asks_to_wait(fetch):
        yield State.RATE_LIMITED, says, "asks to wait"
    markup = fetch.body[:65536].decode("utf-8", "replace") if fetch.status in _WALLS_HIDE_BEHIND else ""
    if wall := mark.of("walls", markup) or mark.of("captchas", markup):
        yield State.BLOCKED, says, wall
    if fetch.status in _BY_STATUS:
        yield _BY_STATUS[fetch.status], says
    yield State.SERVER_ERROR if fetch.status >= 500 else State.UNKNOWN, says


def _asks_to_wait(fetch: Fetch) -> bool:
    """Tell whether a server says when to come back (RFC 9110 section 10.2.3), or that nothing is left of a quota."""
    left = (fetch.headers.get(name, "").strip() for name in ("x-ratelimit-remaining", "ratelimit-remaining"))
    return "retry-after" in fetch.headers or "0" in left


def _content(fetch: Fetch, asked: str, record: Record | None, own: Sequence[str]) -> Found:
    page = fetch.page
    if page is None:
        if fetch.is_whole and not fetch.body.strip():
            yield State.EMPTY, "no bytes"
        return
    yield from message.of(page, record, landing.sought(asked) if record is None else ())
    yield from _sent_on(fetch, page, asked, own)
    if fetch.is_whole and not page.titles and not page.text:
        yield State.EMPTY, "no text"


def _sent_on(fetch: Fetch, page: Page, asked: str, own: Sequence[str]) -> Found:
    """Say where a page sends its readers by itself, if it shows them nothing but that."""
    for end in _ways_on(page, fetch.headers.get("refresh", "")):
        if same(end, fetch.url):
            continue
        if lost := landing.astray(asked, end, own):
            yield lost
        if not message.has_room(page):
            yield State.UNKNOWN, f"sends readers to {end}"


def _ways_on(page: Page, header: str) -> Iterator[str]:
    # The header is no standard, but browsers heed it as they do the element (HTML, "shared declarative refresh steps").
    for content in (*page.metas("refresh"), header):
        match = _REFRESH.match(content)
        end = page.absolute(match[2]) if match and float(match[1]) <= REFRESH_LIMIT and match[2] else None
        if end:
            yield end
    if not message.has_room(page):
        scripts = (script.node.text() for script in page.found("script") if not script.get("src"))
        found = (match[1] for script in scripts for match in _SCRIPT.finditer(script[:4096]))
        yield from (end for reference in found if (end := page.absolute(reference)))


def moved(fetch: Fetch) -> tuple[str, ...]:
    """Return what a page is that nothing speaks against, and why: the one that was asked for, where it now is."""
    if not fetch.redirects or same(archive.original_of(fetch.target.url), fetch.url):
        return (State.OK,)
    says = f"redirected to {fetch.url}"
    return (State.MOVED_PERMANENTLY if fetch.is_permanent_move else State.MOVED_TEMPORARILY, says)
