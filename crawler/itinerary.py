"""The itinerary of a record: which of its targets is asked next, given what the ones before have answered."""

from collections.abc import Sequence

from crawler import amp, url
from crawler.fetch import Fetch
from crawler.layout import Key
from crawler.record import Record
from crawler.state import AmpStatus
from crawler.target import Role, Target

_KEYS = {Role.ARTICLE: Key.URL, Role.WEB: Key.WEB_URL, Role.AMP: Key.AMP, Role.AMP_CACHE: Key.AMP_CACHE}


def following(record: Record, fetches: Sequence[Fetch], amp_status: AmpStatus | None = None) -> Target | None:
    """Return the next target of a record, None where its visit is complete.

    The article, its ``webUrl`` where that is another page, its AMP page unless the last visits found that it only
    redirects or is gone, and the AMP cache where nothing else answered. A page that is unchanged ends the visit: what
    could be learned from it and its siblings was learned when it was last read.
    """
    if any(fetch.is_unchanged for fetch in fetches):
        return None
    asked = {fetch.target.role for fetch in fetches}
    candidates = (
        (Role.ARTICLE, record.url),
        (Role.WEB, _web_url(record, fetches)),
        (Role.AMP, None if amp_status in _POINTLESS else _amp_url(record, fetches)),
        (Role.AMP_CACHE, None if any(_has_page(fetch) for fetch in fetches) else _cache_url(record, fetches)),
    )
    return next((_target(record, role, found) for role, found in candidates if found and role not in asked), None)


_POINTLESS = {AmpStatus.REDIRECTS_TO_CANONICAL, AmpStatus.GONE, AmpStatus.NON_AMP_HTML}


def _target(record: Record, role: Role, found: str) -> Target:
    place = record.place(_KEYS[role])
    return Target(found, role, (place,) if place and record.get(_KEYS[role]) == found else ())


def _has_page(fetch: Fetch) -> bool:
    return fetch.status == 200 and fetch.page is not None


def _web_url(record: Record, fetches: Sequence[Fetch]) -> str | None:
    found = record.get(Key.WEB_URL)
    if not url.is_web(found) or any(url.same(found, seen) for fetch in fetches for seen in _addresses(fetch)):
        return None
    return str(found)


def _addresses(fetch: Fetch) -> tuple[str, ...]:
    return (fetch.target.url, fetch.url)


def _amp_url(record: Record, fetches: Sequence[Fetch]) -> str | None:
    announced = (fetch.page.amp_url for fetch in fetches if _has_page(fetch) and fetch.page)
    found = next(filter(None, announced), None) or record.get(Key.AMP)
    return found if isinstance(found, str) and url.is_web(found) else None


def _cache_url(record: Record, fetches: Sequence[Fetch]) -> str | None:
    address = _amp_url(record, fetches)
    return amp.cache_url(address) if address else None
