"""The URLs of the state: what each answered last, what was observed of it over time, and where it has moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from crawler import verdict
from crawler.history import History
from crawler.observation import Observation
from crawler.sighting import Sighting
from crawler.state.database import Database, id_of
from crawler.url import host as host_of
from crawler.url import same

SETTLED: Final = timedelta(days=7)
"""Time over which a permanent redirect has to be seen before it is believed: some are mistakes, and taken back."""


_ARTICLES: Final = frozenset(state for state in verdict.State if state.is_article)


def is_article(state: str) -> bool:
    """Tell whether a state that was stored is one in which an article answers; the file may know other states."""
    return state in _ARTICLES


class AmpStatus(StrEnum):
    """What the AMP page of an article was when it was last asked."""

    VALID = "valid"
    REDIRECTS_TO_CANONICAL = "redirects_to_canonical"
    GONE = "gone"

    @classmethod
    def of(cls, article: Sighting, amp: Sighting) -> "AmpStatus | None":
        """Return what the AMP page was, by what was seen of it and of its article; None where that cannot be told."""
        if same(amp.final_url, article.url) or same(amp.final_url, article.final_url):
            return cls.REDIRECTS_TO_CANONICAL
        if amp.state in (verdict.State.GONE, verdict.State.NOT_FOUND):
            return cls.GONE
        return cls.VALID if is_article(amp.state) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a URL answered when it was last asked.

    ``state`` is a value of `crawler.verdict.State`, ``digest`` tells whether the page is the same as before, ``etag``
    and ``last_modified`` are the validators as the server wrote them, given with the content coding ``coding``.
    ``is_read`` says that a record was refreshed from what they validate; a page that was only looked at has still to
    be read when its record is.
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
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a URL: what it answered last, None where it was never asked, and what was observed of it."""

    answer: Answer | None
    history: History


@dataclass(frozen=True, slots=True)
class Move:
    """A permanent redirect that was seen ``times`` times in a row, to the same target each time."""

    target: str
    first: datetime
    last: datetime
    times: int

    def is_settled(self, target: str, at: datetime) -> bool:
        """Tell whether what was seen again now was seen for so long that it is believed."""
        return same(self.target, target) and at - self.first >= SETTLED


class Urls:
    """What is remembered of URLs, each exactly as it is written."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def get(self, url: str) -> Answer | None:
        """Return the last answer of a URL."""
        row = self.database.row(
            "SELECT at, status, state, final_url, digest, etag, last_modified, coding, is_read FROM url WHERE id = ?",
            id_of(url),
        )
        if row is None:
            return None
        at, *rest, is_read = row
        return Answer(url, _time(at), *(*rest, bool(is_read)))

    def known(self, url: str) -> Known:
        """Return all that is known of a URL."""
        return Known(self.get(url), self.history(url))

    def on(self, host: str) -> list[str]:
        """Return the URLs of a host (see `crawler.url.host`) that are known, in alphabetical order."""
        # What is written in other letters than ASCII's is found by looking at all.
        pattern = "%" if "xn--" in host else f"%{host}%"
        found = self.database.rows("SELECT url FROM url WHERE url LIKE ? ORDER BY url", pattern)
        return [url for (url,) in found if host_of(url) == host]

    def like(self, url: str) -> list[str]:
        """Return the URLs that are known and name the same page as a URL, written otherwise (`crawler.url.same`)."""
        name = host_of(url).removeprefix("www.")
        return [known for host in (name, f"www.{name}") for known in self.on(host) if same(known, url)]

    def put(self, answer: Answer) -> None:
        """Remember an answer in place of the one before."""
        self.database.run(
            "INSERT OR REPLACE INTO url VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(id_of(answer.url), answer.url, _seconds(answer.at), answer.status, answer.state, answer.final_url),
            *(answer.digest, answer.etag, answer.last_modified, answer.coding, answer.is_read),
        )

    def forget_validators(self) -> None:
        """Have every page read anew: what is made of one has changed, though the page may not have."""
        self.database.run("UPDATE url SET etag = '', last_modified = '' WHERE etag <> '' OR last_modified <> ''")

    def observe(self, url: str, observation: Observation, before: History | None = None) -> History:
        """Add an observation to the history of a URL (``before``, if it is at hand), and return what it is then."""
        before = self.history(url) if before is None else before
        after = History.of((*before, observation)) if before else History((observation,))
        key = id_of(url)
        for gone in set(before).difference(after):
            self.database.run(
                "DELETE FROM observation WHERE url = ? AND at = ? AND state = ?", key, _seconds(gone.at), gone.state
            )
        for new in set(after).difference(before):
            self.database.run(
                "INSERT OR REPLACE INTO observation VALUES (?, ?, ?, ?, ?)",
                *(key, _seconds(new.at), new.state, new.full, new.detail),
            )
        return after

    def history(self, url: str) -> History:
        """Return what was observed of a URL."""
        rows = self.database.rows("SELECT at, state, full, detail FROM observation WHERE url = ?", id_of(url))
        return History.of(Observation(_time(at), state, bool(full), detail) for at, state, full, detail in rows)

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
