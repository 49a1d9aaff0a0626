import gzip
from datetime import UTC, datetime

import pytest

from crawler.announcement import Entry, read

AT = "https://example.org/sitemap.xml"
DAY = datetime(2020, 10, 20, tzinfo=UTC)
NOON = datetime(2020, 10, 20, 12, tzinfo=UTC)

SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://example.org/a?x=1&amp;y=2 </loc><lastmod>2020-10-20</lastmod></url>
<url><loc>/b</loc><news:news><news:publication_date>2020-10-20T14:00:00+02:00</news:publication_date></news:news></url>
<url><loc>https://example.org/c</loc></url>
<url><lastmod>2020-10-20</lastmod></url></urlset>"""
INDEX = b"""<sitemapindex><sitemap><loc>https://example.org/news.xml</loc><lastmod>2020-10-20T12:00Z</lastmod></sitemap>
</sitemapindex>"""
RSS = b"""<rss version="2.0"><channel><title>News</title><link>https://example.org/</link>
<item><title>A</title><link>https://example.org/a</link><pubDate>Tue, 20 Oct 2020 12:00:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.org/"/><updated>2021-01-01T00:00:00Z</updated>
<entry><link rel="self" href="/self"/><link rel="alternate" href="/a"/><published>2020-10-19T12:00:00Z</published>
<updated>2020-10-20T12:00:00Z</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><link>https://example.org/</link></channel>
<item rdf:about="x"><link>https://example.org/a</link><dc:date>2020-10-20T12:00:00Z</dc:date></item></rdf:RDF>"""


def test_a_sitemap_lists_pages_and_when_they_changed():
    assert read(SITEMAP, AT) == [
        Entry("https://example.org/a?x=1&y=2", DAY),
        Entry("https://example.org/b", NOON),
        Entry("https://example.org/c"),
    ]


def test_a_packed_sitemap_is_unpacked_as_far_as_it_goes():
    packed = gzip.compress(SITEMAP)
    assert read(packed, AT) == read(SITEMAP, AT)
    assert read(packed[:-40], AT)[0].url == "https://example.org/a?x=1&y=2"


def test_an_index_lists_sitemaps():
    assert read(INDEX, AT) == [Entry("https://example.org/news.xml", NOON, is_list=True)]


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF], ids=["rss", "atom", "rdf"])
def test_a_feed_lists_articles(feed):
    assert read(feed, AT) == [Entry("https://example.org/a", NOON)]


def test_what_is_broken_is_read_as_far_as_it_goes():
    assert len(read(SITEMAP.replace(b"&amp;", b"&").replace(b"</urlset>", b""), AT)) == 3
    assert read(b"<urlset><url><loc>https://example.org/a</loc><lastmod>soon</lastmod></url>", AT) == [
        Entry("https://example.org/a")
    ]


@pytest.mark.parametrize(
    "body", [b"", b"no XML", b"{}", b"<html><body><p>No</p></body></html>", b"\x1f\x8bno", b"<a>" * 9]
)
def test_anything_else_lists_nothing(body):
    assert read(body, AT) == []


def test_no_entity_is_read_and_no_file():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<!DOCTYPE u [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    body = f"{bomb}<urlset><url><loc>/&l8;</loc></url><url><loc>/&f;</loc></url></urlset>".encode()
    assert {entry.url for entry in read(body, AT)} <= {"https://example.org/"}


def test_no_more_entries_are_read_than_a_sitemap_may_have():
    assert len(read(b"<urlset>" + b"<url><loc>/a</loc></url>" * 50_001 + b"</urlset>", AT)) == 50_000
