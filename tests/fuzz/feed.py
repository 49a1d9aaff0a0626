"""Feed: texts and bytes of what means something to a reader, and of all else."""

from hypothesis import strategies as st


def pieces(*words: str, most: int = 30, text: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[str]:
    """Return texts of words that mean something, and of any others."""
    other = text or st.text(max_size=8)
    return st.lists(st.one_of(st.sampled_from(words), st.sampled_from(words), other), max_size=most).map("".join)


def encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Return texts as bytes, now and then with some that are no text."""
    clean = texts.map(lambda text: text.encode("utf-8", "surrogatepass"))
    noise = st.tuples(clean, st.binary(max_size=6), st.integers(0, 200))
    broken = noise.map(lambda made: made[0][: made[2]] + made[1] + made[0][made[2] :])
    return st.one_of(clean, broken)


FRONT = pieces(
    "---\n", "---", "+++\n", "title: ", "images:\n", "  - url: ", "- ", ": ", "\n", "\n  ", "\r\n", '"', "'", "|\n",
    ">-\n", "&a ", "*a", "!!str ", "{", "}", "[", "]", ", ", "# c\n", "excerpt: x\n", "\t", "? ", "<<: *a\n",
    "\ufeff", "...\n", "2020-10-20", "null", "\\x41",
)  # fmt: skip

MARKUP = pieces(
    "<html lang=en>", "<title>", "</title>", "<meta name=description content='", "'>",
    '<meta property="og:title" content="', '">', "<h1>", "</h1>", "<p>", "</p>", "<div class=article>", "</div>",
    "<a href='", "<img src=/a.png srcset='", "<script>", "</script>", '<script type="application/ld+json">',
    '{"@type":"NewsArticle","headline":"', '","datePublished":"2020-10-20T17:40:00Z"}', "<time datetime='", "<!--",
    "-->", "<![CDATA[", "&amp;", "&#0;", "&#xD800;", "<table><tr><td>", "<svg>", "<template>", "<base href='",
    "<link rel=amphtml href='", "By Ann Example", "20 October 2020", "2020-10-20", " word" * 40, "\0", "<br>",
    "<plaintext>", "<frameset>", "<select><option>", "</", "<",
)  # fmt: skip

JSON = pieces(
    "{", "}", "[", "]", '"', ":", ",", '"@type"', '"NewsArticle"', '"headline"', '"@graph"', '"@id"', '"author"',
    "\\", "\\u12", "/*", "*/", "//", "\n", "<!--", "-->", "//<![CDATA[", "//]]>", "NaN", "-", "1e999", "null",
    "true", " ", "\ud800", ";",
)  # fmt: skip

DATES = pieces(
    "2020", "10", "20", "-", "/", ".", ":", "T", "Z", "+", " ", "Oct", "October", "Oktober", "17:40", "am", "p.m.",
    "th", "EST", "99999999999", "1603215600", "年", "月", "日", "Tuesday", ",", "٢٠٢٠", "١٠", "avant", "Reiwa", "令和",
    "24:00", "-00:00", "W43", most=10,
)  # fmt: skip

URLS = pieces(
    "http", "https", "://", ":", "//", "/", "..", "?", "#", "@", "[", "]", "::1", "%", "%2F", "%zz", "example.org",
    "xn--", "xn--a", "ß", "。", "\\", " ", "\t", ":80", ":99999", "=", "&", "utm_source=a", "javascript:", "data:",
    "c/s/", "amp", "//cdn.ampproject.org/", "\ud800", "a" * 70, most=12,
)  # fmt: skip

WARC = pieces(
    "WARC/1.0\r\n", "WARC/1.1\r\n", "WARC-Type: response\r\n", "WARC-Type: revisit\r\n",
    "WARC-Target-URI: https://example.org/\r\n", "\r\n", "WARC-Date: 2020-10-20T17:40:00Z\r\n",
    "Content-Length: 40\r\n", "Content-Length: -1\r\n", "Content-Length: 99999999999999\r\n",
    "Content-Type: application/http; msgtype=response\r\n", "HTTP/1.1 200 OK\r\n", "Transfer-Encoding: chunked\r\n",
    "Content-Encoding: gzip\r\n", "5\r\nhello\r\n0\r\n\r\n", "WARC-Refers-To: <urn:uuid:a>\r\n",
    "WARC-Record-ID: <urn:uuid:a>\r\n", "\x1f\x8b\x08", " folded\r\n", "x" * 40,
)  # fmt: skip

ROBOTS = pieces(
    "User-agent: *\n", "User-agent: recrawl\n", "Disallow: ", "Allow: ", "/", "*", "$", "%", "\n", "\r",
    "Crawl-delay: ", "Request-rate: ", "1/5", "0/0", "1/0s", "-1", "1e999", "NaN", "Sitemap: ",
    "Visit-time: 0000-2400\n", "#", ":", "\ufeff", "\0", "²", "٣",
)  # fmt: skip

MARKDOWN = pieces(
    "[", "](", ")", "<", ">", "http://example.org/a", "www.example.org", "![", "`", "```\n", "\n", "\n\n", "|",
    "---\n", "[a]: ", "    ", "- ", "> ", "<a href='", "'>", "<!--", "\\", "&amp;", "https://", "@", "\0", "*", "_",
    "javascript:",
)  # fmt: skip

CONFIG = pieces(
    "delay: ", "sites:\n", "  example.org: ", "{delay: 1}", "\n", "fields:\n", "  url: ", "a.b", "[", "]", "state: ",
    "pin: ", "1", "-1", ".nan", "1e999", "contact: x@y.z\n", "&a ", "*a", "!!python/object:os.system ", "---\n", '"',
    "\t", "allow_private: 10.0.0.0/8\n", "null", "timeout: 0\n",
)  # fmt: skip

XML = pieces(
    "<?xml version='1.0'?>", "<!DOCTYPE a [", '<!ENTITY b "&b;&b;">', '<!ENTITY f SYSTEM "file:///etc/hostname">',
    "]>", "&b;", "&f;", "<urlset>", "</urlset>", "<url>", "</url>", "<loc>", "</loc>", "<lastmod>", "</lastmod>",
    "<rss><channel>", "<item>", "</item>", "<link>", "</link>", "<link href='", "'/>", "<pubDate>", "</pubDate>",
    "https://example.org/a", "2020-10-20T17:40:00Z", "9" * 20, "Tue, 20 Oct 2020 17:40:00 +9999",
    "<news:publication_date>", "<![CDATA[", "]]>", "\0", "<a:b c:d='e'>", "xmlns='x'",
)  # fmt: skip
