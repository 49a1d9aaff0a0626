"""Listening: asking the sitemaps and feeds of those sites of which enough is expected to be told."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from protego import Protego

from crawler import announcement
from crawler.address import AddressPolicy
from crawler.agenda import DEAF, Known
from crawler.allowance import Allowance
from crawler.announcement import Entry
from crawler.breaker import Breaker
from crawler.condition import ALWAYS, condition
from crawler.config import Config
from crawler.feed import CHILDREN, OWN, Feed, Kind, children, heard, promised
from crawler.fetch import NOT_MODIFIED, OK, Fetch
from crawler.lookup import TIMEOUT
from crawler.manners import Manners, Paces
from crawler.rot.asker import Asker
from crawler.rot.chain import Question
from crawler.rot.client import Client
from crawler.rot.names import Names
from crawler.state import State
from crawler.target import Role, Target
from crawler.track import Track
from crawler.url import absolute, site, split

ACCEPTED: Final = "application/xml,text/xml,application/rss+xml,application/atom+xml;q=0.9,*/*;q=0.5"


class Listener:
    """Asks feeds out of a run's allowance, as politely as anything; ``now`` is the clock."""

    def __init__(self, config: Config, state: State, allowance: Allowance, now: Callable[[], datetime]) -> None:
        self.config = config
        self.state = state
        self.allowance = allowance
        self.now = now
        self.asked = 0
        self.manners = Manners(config, Breaker(), state.restraints, now)

    @property
    def paces(self) -> Paces:
        """Those of the sites that were asked."""
        return self.manners.paces

    def listen(self, urls: Iterable[str], known: Known, most: int) -> None:
        """Ask the feeds of all sites of articles that are worth it, with so many requests at most."""
        sites: dict[str, list[Track]] = defaultdict(list)
        for url in urls:
            if (track := known.tracks.get(url)) and track.read:
                sites[site(url)].append(track)
        due = [(name, tracks, feeds) for name, tracks in sites.items() if (feeds := self._due(name, tracks, known))]
        if due:
            asyncio.run(self._listen(due, known, most))

    def _due(self, name: str, tracks: Sequence[Track], known: Known) -> list[Feed]:
        """Return the feeds of a site that are to be asked now."""
        now, ear = self.now(), known.ears.get(name, DEAF)
        expected = promised(tracks, ear, known.prior, self.state.feeds.polled(name), now)
        if not expected.is_worth(1):
            return []
        feeds = [feed for feed in self._feeds(name, tracks) if feed.is_active(now)]
        return feeds if expected.is_worth(len(feeds)) else []

    def _feeds(self, name: str, tracks: Sequence[Track]) -> list[Feed]:
        """Return the feeds that are known of a site, with those that its robots.txt names."""
        feeds = self.state.feeds.of(name)
        known = {feed.url for feed in feeds}
        origins = {f"{parts.scheme}://{parts.netloc}" for parts in (split(track.url) for track in tracks)}
        for origin in sorted(origins):
            body = self.state.robots.get(origin).body or b""
            named = [absolute(origin, str(one)) for one in Protego.parse(body.decode("utf-8", "ignore")).sitemaps]
            new = [url for url in named if url and url not in known and site(url) == name]
            feeds += [Feed(url, name, self.now()) for url in new[: max(OWN - len(known), 0)]]
        return feeds

    async def _listen(self, due: Sequence[tuple[str, list[Track], list[Feed]]], known: Known, most: int) -> None:
        policy = AddressPolicy.parse(self.config.allow_private)
        client = Client(policy, self.config.user_agent, self.config.timeout, self.config.concurrency)
        names = Names(policy, min(TIMEOUT, self.config.timeout))
        asker = Asker(self.config, client, names, self.manners, self.state.robots, self.now, self.allowance)
        left = self.allowance.spent + most
        try:
            async with asyncio.TaskGroup() as group:
                for name, tracks, feeds in due:
                    group.create_task(self._site(name, tracks, feeds, asker, known, left))
        finally:
            await client.close()

    async def _site(
        self, name: str, tracks: list[Track], feeds: Sequence[Feed], asker: Asker, known: Known, left: int
    ) -> None:
        """Ask the feeds of one site, one after the other, and keep what they told."""
        now, current = self.now(), {track.url: track for track in tracks}
        polled, ear = self.state.feeds.polled(name), known.ears.get(name, DEAF)
        for feed in feeds:
            if self.allowance.spent >= left:
                return
            fetch = await asker.fetch(Target(feed.url, Role.LINK), _question(feed))
            if fetch.is_observation:
                self.asked += 1
                self._take(feed, fetch, current, now)
        told = [track for track in current.values() if track.listed == now]
        was = promised(told, ear, known.prior, polled, now)
        with self.state.transaction():
            self.state.feeds.put_ear(name, ear.listened(was.promise, was.hours), now)
            for track in told:
                self.state.tracks.put(track)

    def _take(self, feed: Feed, fetch: Fetch, tracks: dict[str, Track], now: datetime) -> None:
        """Note what one feed has told."""
        with self.state.transaction():
            if fetch.status == NOT_MODIFIED:
                same = [track for track in tracks.values() if track.listed and track.listed == feed.polled]
                tracks |= {track.url: track.announced(None, now) for track in same}
                self.state.feeds.put(replace(feed, polled=now, failures=0))
                return
            entries = announcement.read(fetch.body, fetch.url) if fetch.status == OK else []
            if not entries:
                self.state.feeds.put(feed.failed(now))
                return
            told = list(heard(tracks.values(), entries, now))
            tracks |= {track.url: track for track in told}
            headers = fetch.headers
            kind = self._kind(feed, entries, told)
            self.state.feeds.put(feed.read(now, kind, headers.get("etag", ""), headers.get("last-modified", "")))

    def _kind(self, feed: Feed, entries: Sequence[Entry], told: Sequence[Track]) -> Kind:
        if told:
            return Kind.LISTS
        known = {one.url for one in self.state.feeds.of(feed.site)}
        new = [url for url in children(entries) if url not in known and site(url) == feed.site]
        for url in new[: max(CHILDREN + OWN - len(known), 0)]:
            self.state.feeds.put(Feed(url, feed.site, self.now()))
        return Kind.INDEX if any(entry.is_list for entry in entries) else Kind.IDLE


def _question(feed: Feed) -> Question:
    # What lists none of our records is read again as a whole: it may by now.
    known = condition(feed.url, feed.etag, feed.last_modified) if feed.kind is Kind.LISTS else ALWAYS
    return Question({"Accept": ACCEPTED}, announcement.MOST, condition=known)
