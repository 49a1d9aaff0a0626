from datetime import UTC, datetime, timedelta

import pytest

from crawler.announcement import Entry
from crawler.feed import CHILDREN, FAILURES, NEWS, Feed, Kind, Listened, announced, children, heard, promised
from crawler.page import Page
from crawler.prior import Prior
from crawler.signal import POLL, Ear
from crawler.track import Track

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = Feed("https://example.org/feed", "example.org", NOW)


def track(name="a", age=10, read=8, **more):
    at = NOW - age * HOUR
    return Track(
        f"https://www.example.org/{name}", at, stated=1, read=NOW - read * HOUR, asked=NOW - read * HOUR, **more
    )


def test_a_feed_that_fails_again_and_again_is_of_no_use():
    feed = FEED
    for _ in range(FAILURES):
        assert feed.kind is Kind.NEW
        feed = feed.failed(NOW)
    assert feed.kind is Kind.IDLE
    assert feed.read(NOW, Kind.LISTS, "", "").failures == 0


def test_polling_is_worth_it_by_the_changes_that_each_request_brings():
    assert Listened(POLL).is_worth(1)
    assert not Listened(POLL).is_worth(2)
    assert not Listened(9.0).is_worth(0)


def test_more_is_promised_of_more_articles_and_of_more_time():
    one = promised([track()], Ear(), Prior(), None, NOW)
    assert promised([track(), track("b")], Ear(), Prior(), None, NOW).promise == pytest.approx(2 * one.promise)
    assert promised([track()], Ear(), Prior(), NOW - HOUR, NOW).promise < one.promise
    assert (one.hours, promised([track()], Ear(), Prior(), NOW - HOUR, NOW).hours) == (8, 1)


def test_nothing_is_promised_of_what_was_never_read_or_is_no_longer_listed():
    old = track(age=100, read=90)
    polled = NOW - 24 * HOUR
    assert promised([Track("https://example.org/a", NOW)], Ear(), Prior(), None, NOW) == Listened()
    assert promised([old], Ear(), Prior(), polled, NOW) == Listened()
    assert promised([old._replace(listed=polled)], Ear(), Prior(), polled, NOW).hours == 24
    assert NOW - track().published < NEWS


def test_an_article_is_heard_of_however_its_address_is_written():
    entries = [Entry("http://example.org/a/?utm_source=rss", NOW - HOUR), Entry("https://example.org/x", NOW)]
    (one,) = heard([track(), track("b")], entries, NOW)
    assert (one.url, one.times, one.said) == (track().url, 1, NOW - HOUR)


def test_the_sitemaps_that_changed_last_are_taken_of_an_index():
    entries = [Entry(f"https://example.org/{n}.xml", NOW - n * HOUR, is_list=True) for n in range(9)]
    entries.append(Entry("https://example.org/undated.xml", is_list=True))
    assert children(reversed(entries)) == [f"https://example.org/{n}.xml" for n in range(CHILDREN)]
    assert children(entries[-1:]) == ["https://example.org/undated.xml"]
    assert children([Entry("https://example.org/a", NOW)]) == []


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/feed">', "https://www.example.org/feed"),
        ('<link rel=alternate type=" Application/Atom+XML" href="//b.example.org/a">', "https://b.example.org/a"),
        ('<link rel="alternate" type="application/rss+xml" href="/2026/a/feed/">', ""),
        ('<link rel="alternate" type="application/rss+xml" href="https://example.com/feed">', ""),
        ('<link rel="alternate" type="application/json" href="/wp-json/1">', ""),
        ('<link rel="alternate" hreflang="de" href="/de/a">', ""),
        ("", ""),
    ],
    ids=["of-its-site", "of-a-host-of-its-site", "of-its-comments", "of-another-site", "no-feed", "a-page", "none"],
)  # fmt: skip
def test_the_feed_of_its_site_is_what_a_page_announces(links, found):
    assert announced(Page(f"<html><head>{links}".encode(), "https://www.example.org/2026/a/")) == found
