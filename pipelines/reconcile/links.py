"""The links of a record: AMP addresses that the article announces, and a page that has moved for good."""

from collections.abc import Iterator

from crawler import amp
from crawler.layout import Key
from crawler.state import Move
from crawler.target import Role
from crawler.url import same, site, split, without_tracking
from crawler.verdict import State
from crawler.visit import Reading
from pipelines.reconcile.case import Case, Decision


def settle(case: Case) -> Iterator[Decision]:
    """Yield what becomes of the links."""
    if case.visit.readings:
        yield from _amp(case)
        yield _moved(case)


def _amp(case: Case) -> Iterator[Decision]:
    """Fill in or replace the AMP address, and compute the cache's from one that was seen to be the article's."""
    known = case.record.get(Key.AMP)
    seen = [reading.fetch.target.url for reading in case.visit.readings if _is_verified(reading, case)]
    standing = next((url for url in seen if known and same(url, str(known))), None)
    announced = next(iter(seen), None)
    if standing or not announced:
        yield case.kept(Key.AMP, "it is an AMP page of the article" if standing else _why_no_amp(case))
    elif not known:
        yield case.change(Key.AMP, announced, "announced by the article, and seen to be an AMP page of it", ())
    elif _is_lost(case, str(known)):
        yield case.change(Key.AMP, announced, "the one before is gone; announced, and seen to be an AMP page of it", ())
    else:
        yield case.kept(Key.AMP, "what became of it cannot be told")
        announced = None
    yield _cached(case, standing or announced, is_new=not standing)


def _is_verified(reading: Reading, case: Case) -> bool:
    """Tell whether an AMP page answered at the very address, on the article's site, that leads back to the article."""
    fetch = reading.fetch
    if fetch.target.role is not Role.AMP or fetch.redirects or fetch.page is None or not fetch.page.is_amp:
        return False
    back = fetch.page.canonical_url
    is_own = site(fetch.url) in {site(url) for url in _addresses(case)}
    return is_own and back is not None and any(same(back, url) for url in _addresses(case))


def _addresses(case: Case) -> set[str]:
    """Return all addresses under which the article is known, but its AMP pages'."""
    known = {str(url) for url in (case.record.url, case.record.get(Key.WEB_URL)) if url}
    for reading in case.visit.readings:
        if reading.fetch.target.role is not Role.AMP and reading.fetch.page:
            known |= {reading.fetch.url, reading.fetch.page.canonical_url or reading.fetch.url}
    return known


def _is_lost(case: Case, address: str) -> bool:
    """Tell whether an AMP page is gone for good, or an ordinary page answers in its place."""
    visit = case.visit
    for fetch, verdict in zip(visit.fetches, visit.verdicts, strict=True):
        if fetch.target.role is Role.AMP and same(fetch.target.url, address):
            is_no_amp = verdict.state.is_article and fetch.page is not None and not fetch.page.is_amp
            return is_no_amp or verdict.state in (State.GONE, State.NOT_FOUND, State.DRIFTED)
    return False


def _why_no_amp(case: Case) -> str:
    if all(fetch.target.role is not Role.AMP for fetch in case.visit.fetches):
        return "no page of the article announces an AMP page"
    return "what was announced or known was not seen to be an AMP page of the article"


def _cached(case: Case, address: str | None, *, is_new: bool) -> Decision:
    if address is None:
        return case.kept(Key.AMP_CACHE, "it is computed from an AMP address that was seen to be one, and there is none")
    cached = amp.cache_url(address)
    known = case.record.get(Key.AMP_CACHE)
    if cached is None or (known and not is_new) or known == cached:
        return case.kept(Key.AMP_CACHE, "it is there" if known else "the AMP cache has no address for it")
    return case.change(Key.AMP_CACHE, cached, "computed from the AMP address", ())


def _moved(case: Case) -> Decision:
    """Follow a page that was seen to move for good, to the same article on the same site, for long enough."""
    record = case.record
    if record.place(Key.WEB_URL) in (None, record.place(Key.URL)):
        return case.kept(Key.WEB_URL, "it is the only address, by which the article is known")
    address = str(record.get(Key.WEB_URL) or record.url)
    reading = next((one for one in case.visit.readings if same(one.fetch.target.url, address)), None)
    if reading is None or not reading.fetch.is_permanent_move or same(reading.fetch.url, address):
        return case.kept(Key.WEB_URL, "the page has not moved for good")
    if why := doubt(reading, case.moves.get(reading.fetch.target.url)):
        return case.kept(Key.WEB_URL, f"{reading.fetch.url}: {why}")
    new = without_tracking(reading.fetch.url)
    return case.change(Key.WEB_URL, new, "moved for good, to the same article, and seen twice a week apart", ())


def doubt(reading: Reading, move: Move | None) -> str:
    """Return why a permanent move, as far as it was seen before, is not to be followed (yet); empty where it is."""
    if why := unproven(reading):
        return why
    if move is None or not move.is_settled(reading.fetch.url, reading.fetch.at):
        return "seen for the first time, or not for long enough"
    return ""


def unproven(reading: Reading) -> str:
    """Return why where a page has moved to is not surely where its article is now; empty where it is."""
    start, end, page = reading.fetch.target.url, reading.fetch.url, reading.fetch.page
    if site(end) != site(start):
        return "another site; the registered domain is never changed by itself"
    if split(end).scheme != "https" and split(start).scheme == "https":
        return "less safe than before"
    if page is None or page.is_amp or not same(page.canonical_url or end, end):
        return "the page there says that its address is another one"
    return "" if reading.likeness.is_proven else "not surely the same article"
