"""The itinerary of a record: which of its targets is asked next, given what the ones before have answered."""

from collections.abc import Sequence
from typing import Final

from crawler import amp, url
from crawler.fetch import OK, Fetch
from crawler.layout import Key
from crawler.record import Record
from crawler.state import AmpStatus
from crawler.target import Role, Target

_KEYS: Final = {Role.ARTICLE: Key.URL, Role.WEB: Key.WEB_URL, Role.AMP: Key.AMP, Role.AMP_CACHE: Key.AMP_CACHE}
_POINTLESS: Final = frozenset({AmpStatus.REDIRECTS_TO_CANONICAL, AmpStatus.GONE})


def following(record: Record, fetches: Sequence[Fetch], amp_status: AmpStatus | None = None) -> Target | None:
    """Return the next target of a record, None where its visit is complete.

    The article, its ``webUrl`` where that is another page, its AMP page unless the last visits found that it only
    redirects or is gone, the one that the article announces where that is another, and the AMP cache where nothing else
    answered. A page that is unchanged ends the visit: what
    could be learned from it and its siblings was learned when it was last read.
    """
    if any(fetch.is_unchanged for fetch in fetches):
        return None
    asked = {fetch.target.role for fetch in fetches}
    roles = (role for role in _KEYS if role not in asked or role is Role.AMP)
    found = ((role, _address(role, record, fetches, amp_status)) for role in roles)
    return next((_target(record, role, address) for role, address in found if address), None)


def _address(role: Role, record: Record, fetches: Sequence[Fetch], amp_status: AmpStatus | None) -> str | None:
    if role is Role.ARTICLE:
        return record.url
    if role is Role.WEB:
        return _unseen(_web(record.get(Key.WEB_URL)), fetches)
    if role is Role.AMP:
        known = None if amp_status in _POINTLESS else _unseen(_web(record.get(Key.AMP)), fetches)
        return known or _unseen(_new_amp_url(record, fetches, amp_status), fetches)
    return None if any(_has_page(fetch) for fetch in fetches) else _cache_url(record, fetches)


def _target(record: Record, role: Role, address: str) -> Target:
    place = record.place(_KEYS[role])
    return Target(address, role, (place,) if place and record.get(_KEYS[role]) == address else ())


def _has_page(fetch: Fetch) -> bool:
    return fetch.status == OK and fetch.page is not None


def _web(value: object) -> str | None:
    return value if isinstance(value, str) and url.is_web(value) else None


def _unseen(address: str | None, fetches: Sequence[Fetch]) -> str | None:
    """Return an address that was not asked yet, nor led to by a redirect."""
    seen = {one for fetch in fetches for one in (fetch.target.url, fetch.url)}
    return None if address is None or any(url.same(address, one) for one in seen) else address


def _amp_url(record: Record, fetches: Sequence[Fetch]) -> str | None:
    announced = (fetch.page.amp_url for fetch in fetches if _has_page(fetch) and fetch.page)
    return _web(next(filter(None, announced), None) or record.get(Key.AMP))


def _new_amp_url(record: Record, fetches: Sequence[Fetch], amp_status: AmpStatus | None) -> str | None:
    """Return the AMP page that the article announces, where the record has none, or has another one."""
    known, announced = record.get(Key.AMP), _amp_url(record, fetches)
    is_other = announced is not None and known is not None and not url.same(announced, str(known))
    return announced if is_other or (known is None and amp_status not in _POINTLESS) else None


def _cache_url(record: Record, fetches: Sequence[Fetch]) -> str | None:
    address = _amp_url(record, fetches)
    return amp.cache_url(address) if address else None
