"""The state: what was learned of URLs, records and sites in earlier runs; losing it loses nothing but time."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from crawler import __version__, frontmatter, recheck
from crawler.change import Outcome
from crawler.condition import ALWAYS, Condition, condition
from crawler.errors import FrontMatterError, StateError
from crawler.history import History
from crawler.sighting import Sighting
from crawler.state.database import Database
from crawler.state.feeds import Feeds
from crawler.state.files import Filed, Files
from crawler.state.following import follow
from crawler.state.hosts import Host, Hosts
from crawler.state.lock import Lock
from crawler.state.records import Checked, Names, Records, Written
from crawler.state.restraints import Restraints
from crawler.state.robots import Robots
from crawler.state.sites import Sites
from crawler.state.tracks import Tracks
from crawler.state.urls import AmpStatus, Answer, Known, Move, Urls, is_article
from crawler.target import Role

__all__ = ["AmpStatus", "Answer", "Checked", "Filed", "Host", "Known", "Move", "Names", "State", "Written"]

FILE: Final = "state.sqlite3"
LOCK: Final = "lock"

OK: Final = 200
NOT_MODIFIED: Final = 304


class State:
    """One state file, in use.

    Nothing of it is read before it is asked for. Any method raises StateError where the file cannot be used.
    """

    def __init__(self, database: Database, root: Path, lock: Lock | None = None) -> None:
        self.database = database
        self.lock = lock
        self.urls = Urls(database)
        self.records = Records(database, root)
        self.sites = Sites(database)
        self.hosts = Hosts(database)
        self.files = Files(database, root)
        self.tracks = Tracks(database)
        self.feeds = Feeds(database)
        self.robots = Robots(database)
        self.restraints = Restraints(database)

    @classmethod
    def open(cls, folder: Path, now: datetime, *, keep: bool = True) -> Self:
        """Open the state in a folder, which is made where there is none.

        With ``keep=False``, as for a dry run, a private copy is opened, and all that is learned is forgotten: the
        folder is neither made nor locked nor written. Raises StateError where another run holds the folder, or it
        cannot be written.
        """
        if not keep:
            return cls(Database.copy(folder / FILE), folder.parent)
        _make(folder)
        lock = Lock(folder / LOCK, now)
        try:
            return cls(Database.open(folder / FILE, now), folder.parent, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def copy(cls, folder: Path) -> Self:
        """Open a private copy of the state in a folder. Raises StateError where there is none that can be used."""
        return cls(Database.snapshot(folder / FILE), folder.parent)

    @classmethod
    def in_memory(cls) -> Self:
        """Return an empty state that is gone when closed."""
        return cls(Database(None), Path())

    def __enter__(self) -> Self:
        self._renew(__version__)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, and let other runs use it."""
        self.database.close()
        if self.lock:
            self.lock.release()

    def _renew(self, version: str) -> None:
        """Have pages read anew that another version of recrawl may have made less of."""
        with self.transaction():
            if self.note("version") != version:
                self.put_note("version", version)
                self.urls.forget_validators()

    def note(self, name: str) -> str:
        """Return what a command has noted under a name for the next of its kind; empty for nothing."""
        row = self.database.row("SELECT value FROM meta WHERE name = ?", name)
        return str(row[0]) if row else ""

    def put_note(self, name: str, value: str) -> None:
        """Note something in place of what was noted before."""
        self.database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is learned inside, or none of it: one transaction a record, after its file is written."""
        with self.database.transaction():
            yield

    def begin(self) -> None:
        """Keep what is learned from now on together, at the next `commit`; unless that was said before."""
        if not self.database.is_changing:
            self.database.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep for good what was learned since `begin`."""
        if self.database.is_changing:
            self.database.run("COMMIT")

    def to_read(self, url: str) -> Condition:
        """Return the condition on which a page is read again, `ALWAYS` now and then to see whether it tells the truth.

        It must have been read before, not only looked at; see `to_look`.
        """
        answer = self.urls.get(url)
        return ALWAYS if answer is None or not answer.is_read or self.tracks.get(url).is_trial else self.to_look(answer)

    def to_look(self, answer: Answer | None) -> Condition:
        """Return the condition on which a page is looked at again.

        `ALWAYS` where it was not the article, which must not be taken for unchanged, and where its host has called
        pages unchanged that were not.
        """
        if answer is None or not is_article(answer.state):
            return ALWAYS
        found = condition(answer.final_url or answer.url, answer.etag, answer.last_modified, answer.coding)
        return ALWAYS if found and self.tracks.validators(answer.url).are_false else found

    def amp_status(self, article_url: str) -> AmpStatus | None:
        """Return what the AMP page of an article was when it was last asked."""
        return self.urls.amp(article_url)

    def remember(self, outcome: Outcome) -> None:
        """Keep what became of one record and what its targets answered, in one transaction."""
        stated = outcome.stated
        if outcome.error is not None:
            self._leave_alone(outcome)
            return
        article = next((seen for seen in outcome.sightings if stated and seen.url == stated.url), None)
        with self.transaction():
            before = self.urls.get(article.url) if article else None
            for sighting in outcome.sightings:
                self.see(sighting, to_read=True)
            self._see_amp(outcome.sightings)
            if outcome.is_unfinished:
                self.records.forget(outcome.path)
                return
            if stated and article:
                follow(self.tracks, self.feeds, stated, article, before, self.urls.history(article.url))
            if outcome.sightings and outcome.failure is None:
                self._check(outcome, max(sighting.at for sighting in outcome.sightings))

    def _leave_alone(self, outcome: Outcome) -> None:
        """Let a record rest that nothing can be written to; no validator is kept, which would hide the lost write."""
        if outcome.stated and outcome.sightings:
            at = max(sighting.at for sighting in outcome.sightings)
            with self.transaction():
                self.tracks.put(self.tracks.get(outcome.stated.url).failed(at, at + recheck.OPEN))

    def see(self, sighting: Sighting, known: Known | None = None, *, to_read: bool) -> History:
        """Keep what a URL has answered, and return its history with that; ``known`` is what was, if it is at hand.

        One that was only looked at keeps the validators of the page that a record was read from.
        """
        known = known or self.urls.known(sighting.url)
        before = known.answer
        # A 304 repeats what was known, and need not repeat the validators (RFC 9110, section 15.4.5).
        is_kept = before is not None and before.is_read and bool(before.etag or before.last_modified) and not to_read
        kept = before if sighting.is_unchanged or is_kept else None
        is_newer = kept is None or sighting.is_unchanged
        self.urls.put(
            Answer(
                url=sighting.url,
                at=sighting.at,
                status=sighting.status,
                state=sighting.state,
                final_url=sighting.final_url,
                digest=kept.digest if kept else "",
                etag=(is_newer and sighting.etag) or (kept.etag if kept else ""),
                last_modified=(is_newer and sighting.last_modified) or (kept.last_modified if kept else ""),
                coding=kept.coding if kept else sighting.coding,
                is_read=to_read or (kept is not None and kept.is_read),
            )
        )
        if sighting.moved_permanently and is_article(sighting.state):
            self.urls.see_move(sighting.url, sighting.final_url, sighting.at)
        elif sighting.status == OK and before is not None:
            self.urls.forget_move(sighting.url)
        return self.urls.observe(sighting.url, sighting.observation, known.history)

    def _see_amp(self, sightings: Sequence[Sighting]) -> None:
        article = next((seen for seen in sightings if seen.role is Role.ARTICLE), None)
        amp = next((seen for seen in sightings if seen.role is Role.AMP), None)
        if article and amp and (status := AmpStatus.of(article, amp)):
            self.urls.put_amp(article.url, status, amp.at)

    def _check(self, outcome: Outcome, at: datetime) -> None:
        try:
            data = outcome.path.read_bytes()
            # As it reads now, not as it was to be written: dates take the shape of those they replace.
            fields = frontmatter.parse(data, path=outcome.path).fields if outcome.written else {}
        except (OSError, FrontMatterError):
            return  # changed or gone since it was checked: it is as if it had not been
        self.records.put(outcome.path, Checked(hashlib.sha256(data).hexdigest(), at))
        if outcome.written:
            self.records.put_written(outcome.path, (change.place for change in outcome.changes), fields, at)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        return  # whoever made it says what is committed of it
    except OSError as error:
        raise StateError(f"the folder cannot be made: {error.strerror}", path=folder) from error
    (folder / ".gitignore").write_text("*\n")
