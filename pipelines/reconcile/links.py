"""The links of a record: AMP addresses that the article announces, and a page that has moved for good."""

from collections.abc import Iterator

from crawler import amp
from crawler.change import Change
from crawler.layout import Key
from crawler.target import Role
from crawler.visit import Reading
from pipelines.reconcile.case import Case


def settle(case: Case) -> Iterator[Change]:
    """Yield the changes that the links need, if any."""
    yield from _amp(case)


def _amp(case: Case) -> Iterator[Change]:
    """Fill in the AMP address that the article announces, once an AMP page of it answered; compute the cache's."""
    known = case.record.get(Key.AMP)
    address = known or _announced(case)
    if address and not known:
        yield from _change(case, Key.AMP, address, "announced by the article, and seen to be an AMP page of it")
    cached = amp.cache_url(str(address)) if address else None
    if cached and not case.record.get(Key.AMP_CACHE):
        yield from _change(case, Key.AMP_CACHE, cached, "computed from the AMP address")


def _announced(case: Case) -> str | None:
    page = next((reading for reading in case.visit.readings if reading.fetch.target.role is Role.AMP), None)
    return page.fetch.target.url if page and _is_amp(page) else None


def _is_amp(reading: Reading) -> bool:
    return not reading.fetch.redirects and reading.fetch.page is not None and reading.fetch.page.is_amp


def _change(case: Case, key: Key, new: str, rule: str) -> Iterator[Change]:
    change = case.change(key, new, rule, ())
    if change:
        yield change
