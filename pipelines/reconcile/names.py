"""The names of a record: its headline and its publisher, filled where they are missing, else left as they are."""

from collections.abc import Iterator
from typing import Final

from crawler.evidence import Field
from crawler.layout import Key
from crawler.prose import clean, fold
from crawler.url import domain as domain_of
from pipelines.reconcile.case import Case, Decision

TRUST: Final = 0.7
"""Trust in a source from which on its name may be written."""


def settle(case: Case) -> Iterator[Decision]:
    """Yield what becomes of the names."""
    if case.visit.readings:
        yield _title(case)
        yield _publisher(case)
        yield _domain(case)


def _title(case: Case) -> Decision:
    old = case.record.get(Key.TITLE)
    if old and Key.TITLE not in case.write:
        return case.kept(Key.TITLE, "headlines are written only where asked for")
    # A record without a headline is compared by the words of its address.
    evidence = case.evidence(Field.TITLE, "title" if old else "", is_proof=old is not None)
    choice = case.choose(Field.TITLE, evidence)
    if choice is None or choice.confidence < TRUST:
        return case.kept(Key.TITLE, "no page that is surely the article names it", evidence)
    if fold(clean(str(old or ""))) == fold(choice.value):
        return case.kept(Key.TITLE, "the page has the same", evidence)
    return case.change(Key.TITLE, choice.value, "asked for" if old else "there was none", choice.support)


def _publisher(case: Case) -> Decision:
    old = case.record.get(Key.SITE)
    if old and Key.SITE not in case.write:
        return case.kept(Key.SITE, "publishers are written only where asked for")
    evidence = case.evidence(Field.SITE, "", is_proof=old is not None)
    choice = case.choose(Field.SITE, evidence)
    if choice is None or choice.confidence < TRUST:
        return case.kept(Key.SITE, "the page does not name its publisher", evidence)
    if fold(str(old or "")) == fold(choice.value):
        return case.kept(Key.SITE, "the page has the same", evidence)
    return case.change(Key.SITE, choice.value, "asked for" if old else "there was none", choice.support)


def _domain(case: Case) -> Decision:
    old = case.record.get(Key.DOMAIN)
    domain = domain_of(case.record.url or "")
    if old and Key.DOMAIN not in case.write:
        return case.kept(Key.DOMAIN, "publishers are written only where asked for")
    if not domain:
        return case.kept(Key.DOMAIN, "the address has none")
    if str(old or "") == domain:
        return case.kept(Key.DOMAIN, "it is that of the address")
    return case.change(
        Key.DOMAIN, domain, "asked for" if old else "there was none, and this is that of the address", ()
    )
