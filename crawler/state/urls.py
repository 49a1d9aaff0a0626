"""The URLs of the state: what each answered last, what was observed of it over time, and where it has moved."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from crawler.state.database import Database, id_of

MAX_OBSERVATIONS: Final = 30
"""Observations kept of one URL, the newest: enough for a month of daily checks."""


class AmpStatus(StrEnum):
    """What the AMP page of an article was when it was last asked."""

    VALID = "valid"
    REDIRECTS_TO_CANONICAL = "redirects_to_canonical"
    GONE = "gone"
    NON_AMP_HTML = "non_amp_html"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a URL answered when it was last asked.

    ``state`` is a value of `crawler.verdict.State`, ``digest`` tells whether the page is the same as before, ``etag``
    and ``last_modified`` are the validators as the server wrote them, given with the content coding ``coding``.
    """

    url: str
    at: datetime
    status: int
    state: str
    final_url: str = ""
    digest: str = ""
    etag: str = ""
    last_modified: str = ""
    coding: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """What was observed of a URL at one time; ``state`` is a value of `crawler.verdict.State`."""

    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Move:
    """A permanent redirect that was seen ``times`` times in a row, to the same target each time."""

    target: str
    first: datetime
    last: datetime
    times: int


class Urls:
    """What is remembered of URLs, each exactly as it is written."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def get(self, url: str) -> Answer | None:
        """Return the last answer of a URL."""
        row = self.database.row(
            "SELECT at, status, state, final_url, digest, etag, last_modified, coding FROM url WHERE id = ?", id_of(url)
        )
        return Answer(url, _time(row[0]), *row[1:]) if row else None

    def put(self, answer: Answer) -> None:
        """Remember an answer in place of the one before, and what it observes."""
        at = _seconds(answer.at)
        self.database.run(
            "INSERT OR REPLACE INTO url VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(id_of(answer.url), answer.url, at, answer.status, answer.state, answer.final_url, answer.digest),
            *(answer.etag, answer.last_modified, answer.coding),
        )
        self.observe(answer.url, Observation(answer.at, answer.state))

    def forget_validators(self) -> None:
        """Have every page read anew: what is made of one has changed, though the page may not have."""
        self.database.run("UPDATE url SET etag = '', last_modified = '' WHERE etag <> '' OR last_modified <> ''")

    def observe(self, url: str, observation: Observation) -> None:
        """Add an observation, and drop the oldest beyond `MAX_OBSERVATIONS`."""
        key = id_of(url)
        at = _seconds(observation.at)
        self.database.run("INSERT OR REPLACE INTO observation VALUES (?, ?, ?)", key, at, observation.state)
        self.database.run(
            "DELETE FROM observation WHERE url = ? AND at <="
            " (SELECT at FROM observation WHERE url = ? ORDER BY at DESC LIMIT 1 OFFSET ?)",
            *(key, key, MAX_OBSERVATIONS),
        )

    def history(self, url: str) -> tuple[Observation, ...]:
        """Return the observations of a URL, oldest first."""
        rows = self.database.rows("SELECT at, state FROM observation WHERE url = ? ORDER BY at", id_of(url))
        return tuple(Observation(_time(at), state) for at, state in rows)

    def see_move(self, url: str, target: str, at: datetime) -> Move:
        """Remember that a URL redirects permanently; a target other than before begins a new count.

        One time counts once, however many records are visited then.
        """
        seen = self.move(url)
        if seen is None or seen.target != target:
            seen = Move(target, at, at, 1)
        elif at > seen.last:
            seen = Move(target, seen.first, at, seen.times + 1)
        self.database.run(
            "INSERT OR REPLACE INTO move VALUES (?, ?, ?, ?, ?)",
            *(id_of(url), target, _seconds(seen.first), _seconds(seen.last), seen.times),
        )
        return seen

    def forget_move(self, url: str) -> None:
        """Remember that a URL does not redirect permanently."""
        self.database.run("DELETE FROM move WHERE url = ?", id_of(url))

    def move(self, url: str) -> Move | None:
        """Return where a URL has moved to, as far as was seen."""
        row = self.database.row("SELECT target, first_at, last_at, times FROM move WHERE url = ?", id_of(url))
        return Move(row[0], _time(row[1]), _time(row[2]), row[3]) if row else None

    def amp(self, article_url: str) -> AmpStatus | None:
        """Return what the AMP page of an article was when it was last asked."""
        row = self.database.row("SELECT status FROM amp WHERE url = ?", id_of(article_url))
        return AmpStatus(row[0]) if row else None

    def put_amp(self, article_url: str, status: AmpStatus, at: datetime) -> None:
        """Remember what the AMP page of an article is."""
        self.database.run("INSERT OR REPLACE INTO amp VALUES (?, ?, ?)", id_of(article_url), status, _seconds(at))


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
