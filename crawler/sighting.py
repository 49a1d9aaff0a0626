"""A sighting: what is worth remembering of one fetch, long after its page is gone."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from crawler.fetch import NOT_MODIFIED, Fetch
from crawler.observation import Observation
from crawler.target import Role
from crawler.verdict import Verdict


@dataclass(frozen=True)
class Sighting:
    """One target as it was seen: for the state file, without its body.

    ``etag`` and ``last_modified`` are the validators as the server wrote them, of the page in the content coding
    ``coding``; ``moved_permanently`` says that every redirect on the way was permanent; ``full`` and ``detail`` are
    those of an `Observation`.
    """

    url: str
    role: Role
    at: datetime
    status: int
    state: str
    final_url: str
    moved_permanently: bool = False
    etag: str = ""
    last_modified: str = ""
    coding: str = ""
    full: bool = True
    detail: str = ""

    @classmethod
    def of(cls, fetch: Fetch, verdict: Verdict, *, full: bool = True) -> "Sighting":
        """Return what is worth remembering of a fetch and what was made of it."""
        return cls(
            url=fetch.target.url,
            role=fetch.target.role,
            at=fetch.at,
            status=fetch.status,
            state=verdict.state,
            final_url=fetch.url,
            moved_permanently=fetch.is_permanent_move,
            etag=fetch.headers.get("etag", ""),
            last_modified=fetch.headers.get("last-modified", ""),
            coding=fetch.headers.get("content-encoding", "").lower(),
            full=full,
            detail="; ".join(verdict.evidence),
        )

    @cached_property
    def observation(self) -> Observation:
        """What it adds to the history of its target."""
        return Observation(self.at, self.state, self.full, self.detail)

    @property
    def is_unchanged(self) -> bool:
        """Whether the server said that nothing changed since the validators we sent."""
        return self.status == NOT_MODIFIED
