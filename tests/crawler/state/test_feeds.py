from datetime import UTC, datetime

from crawler.feed import OWN, Feed, Kind
from crawler.signal import Ear
from crawler.state.database import Database
from crawler.state.feeds import Feeds

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
FEED = Feed("https://example.org/feed", "example.org", NOW)


def test_a_feed_is_remembered_with_its_site():
    feeds = Feeds(Database(None))
    read = FEED.read(NOW, Kind.LISTS, '"1"', "Tue, 20 Oct 2020 17:40:00 GMT")
    feeds.put(FEED)
    feeds.put(read)
    assert feeds.of("example.org") == [read]
    assert feeds.of("example.com") == []


def test_what_listening_has_taught_is_remembered():
    feeds = Feeds(Database(None))
    assert (feeds.ear("example.org"), feeds.polled("example.org"), feeds.ears()) == (Ear(), None, {})
    ear = Ear(1.0, 2.0, 3.5, 4.5)
    feeds.put_ear("example.org", ear, NOW)
    assert (feeds.ear("example.org"), feeds.polled("example.org")) == (ear, NOW)
    assert feeds.ears() == {"example.org": ear}


def test_of_the_feeds_that_pages_announce_the_first_are_remembered_and_what_was_learned_of_them():
    feeds = Feeds(Database(None))
    feeds.find("", NOW)
    for number in range(2 * OWN):
        feeds.find(f"https://example.org/{number}", NOW)
    assert [feed.url for feed in feeds.of("example.org")] == [f"https://example.org/{number}" for number in range(OWN)]
    read = feeds.of("example.org")[0].read(NOW, Kind.LISTS, "", "")
    feeds.put(read)
    feeds.find(read.url, NOW)
    assert feeds.of("example.org")[0] == read
