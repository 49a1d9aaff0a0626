"""Mercy: a person says that a link lives which was called failing or dead, and its host is taken at that word."""

from dataclasses import dataclass, replace
from datetime import datetime

from crawler.observation import forgiveness
from crawler.standing import Standing, lesson, stand
from crawler.state import State
from crawler.url import host as host_of


@dataclass(frozen=True, slots=True)
class Forgiven:
    """A link that was forgiven: what it was called before, and the states that its host is not held to any more."""

    url: str
    host: str
    before: Standing
    lesson: frozenset[str]


def forgive(state: State, url: str, now: datetime) -> Forgiven | None:
    """Wipe out the strikes of a link, and forgive their kinds to its host; None where there was no strike."""
    host = host_of(url)
    known = state.hosts.get(host)
    before = stand(state.urls.history(url), now, forgiven=known.forgiven)
    learned = lesson(before)
    if not learned:
        return None
    state.urls.observe(url, forgiveness(now))
    state.hosts.put(host, replace(known, forgiven=known.forgiven | learned))
    return Forgiven(url, host, before, learned)


def revoke(state: State, host: str) -> list[str]:
    """Hold a host to everything again, and return the states that it had been forgiven."""
    known = state.hosts.get(host)
    state.hosts.put(host, replace(known, forgiven=frozenset()))
    return sorted(known.forgiven)
