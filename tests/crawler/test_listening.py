from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawler.agenda import Known
from crawler.allowance import Allowance
from crawler.config import Config
from crawler.feed import Feed, Kind
from crawler.listening import Listener
from crawler.robots import Copy
from crawler.state import State
from crawler.track import Track

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONFIG = replace(Config(), allow_private=("127.0.0.0/8",), delay=0.0)


@pytest.fixture
def state():
    with State.in_memory() as state:
        yield state


@pytest.fixture
def outlet(web, state):
    """Have articles that were read two hours after they came out, and a robots.txt that names a sitemap."""

    def outlet(age=8 * HOUR, number=6, sitemaps=("/sitemap.xml",), read=2 * HOUR):
        named = "".join(f"Sitemap: {web.url(path)}\n" for path in sitemaps)
        state.robots.put(web.url(""), Copy(named.encode(), NOW))
        for one in range(number):
            at = NOW - age
            track = Track(web.url(f"/{one}"), at, stated=1, read=at + read, asked=at + read)
            state.tracks.put(track)
        return [web.url(f"/{one}") for one in range(number)]

    return outlet


def sitemap(web, said, path="/sitemap.xml", **headers):
    """Serve a sitemap of some paths and the hour at which each is said to have changed."""
    listed = "".join(
        f"<url><loc>{web.url(one)}</loc><lastmod>{at.isoformat()}</lastmod></url>" for one, at in said.items()
    )
    return web.page(path, f"<urlset>{listed}</urlset>", Content_Type="application/xml", **headers)


def listen(state, urls, now=NOW, most=10, allowance=None):
    listener = Listener(CONFIG, state, allowance or Allowance(), lambda: now)
    listener.listen(urls, Known.of(state), most)
    return listener


def test_what_is_announced_is_heard(web, state, outlet):
    urls = outlet()
    sitemap(web, {"/0": NOW - HOUR, "/1": NOW - 7 * HOUR})
    listener = listen(state, urls)
    assert listener.asked == 1
    changed, silent, unlisted = (state.tracks.get(url) for url in urls[:3])
    assert (changed.times, changed.listed) == (1, NOW)
    assert (silent.times, silent.listed) == (0, NOW)
    assert (unlisted.times, unlisted.listed) == (0, None)
    known = Known.of(state)
    assert known.ears["127.0.0.1"].hours == 12
    (feed,) = state.feeds.of("127.0.0.1")
    assert (feed.kind, feed.polled) == (Kind.LISTS, NOW)


def test_nobody_is_asked_of_whom_nothing_is_expected(web, state, outlet):
    assert listen(state, outlet(age=400 * 24 * HOUR, read=399 * 24 * HOUR)).asked == 0
    assert web.asked == []


def test_a_site_is_not_asked_again_until_enough_may_have_happened(web, state, outlet):
    urls = outlet()
    sitemap(web, {"/0": NOW - HOUR})
    listen(state, urls)
    web.asked.clear()
    assert listen(state, urls, NOW + HOUR / 10).asked == 0
    assert listen(state, urls, NOW + 12 * HOUR).asked == 1


def test_a_feed_that_lists_none_of_ours_is_left_alone_and_one_that_fails(web, state, outlet):
    urls = outlet(sitemaps=("/sitemap.xml", "/gone.xml"), number=12)
    sitemap(web, {"/other": NOW})
    assert listen(state, urls).asked == 2
    gone, other = state.feeds.of("127.0.0.1")
    assert (gone.url, gone.kind, gone.failures) == (web.url("/gone.xml"), Kind.NEW, 1)
    assert other.kind is Kind.IDLE
    assert gone.failed(NOW).failed(NOW).kind is Kind.IDLE


def test_the_newest_sitemaps_of_an_index_are_asked_the_next_time(web, state, outlet):
    urls = outlet(number=12)
    children = "".join(
        f"<sitemap><loc>{web.url(f'/{n}.xml')}</loc><lastmod>2026-01-0{n}</lastmod></sitemap>" for n in range(1, 7)
    )
    web.page("/sitemap.xml", f"<sitemapindex>{children}</sitemapindex>", Content_Type="text/xml")
    listen(state, urls)
    assert {feed.url.rpartition("/")[2] for feed in state.feeds.of("127.0.0.1")} == {
        *("sitemap.xml", "6.xml", "5.xml", "4.xml", "3.xml")
    }


def test_a_feed_that_has_not_changed_still_lists_what_it_listed(web, state, outlet):
    urls = outlet()
    sitemap(web, {"/0": NOW - HOUR}, ETag='"1"')
    listen(state, urls)
    web.page("/sitemap.xml", "", status=304)
    listen(state, urls, NOW + 24 * HOUR)
    assert web.requests("/sitemap.xml")[-1].headers["If-None-Match"] == '"1"'
    track = state.tracks.get(urls[0])
    assert (track.times, track.listed) == (1, NOW + 24 * HOUR)


def test_no_more_is_spent_than_is_allowed(web, state, outlet):
    urls = outlet()
    sitemap(web, {"/0": NOW})
    assert listen(state, urls, most=0).asked == 0
    spent = Allowance(1, spent=1)
    assert listen(state, urls, allowance=spent).asked == 0
    assert spent.refused == 1
    assert web.asked == []


def test_a_feed_is_tried_again_after_a_while():
    feed = Feed("https://example.org/f", "example.org", NOW).read(NOW, Kind.IDLE, "", "")
    assert not feed.is_active(NOW + 24 * HOUR)
    assert feed.is_active(NOW + 31 * 24 * HOUR)


def test_a_feed_that_articles_announced_is_listened_to(web, state, outlet):
    urls = outlet(sitemaps=())
    assert listen(state, urls).asked == 0
    state.feeds.find(web.url("/feed"), NOW)
    item = f"<item><link>{urls[0]}</link><pubDate>{format_datetime(NOW - HOUR)}</pubDate></item>"
    web.page("/feed", f'<rss version="2.0"><channel>{item}</channel></rss>', Content_Type="application/rss+xml")
    assert listen(state, urls).asked == 1
    assert state.tracks.get(urls[0]).times == 1
