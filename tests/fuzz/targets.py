"""Targets: what reads the bytes of others, and what it is to be fed with; only errors of ours may come of it."""

import contextlib
import gzip
import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from feed import CONFIG, DATES, FRONT, JSON, MARKDOWN, MARKUP, ROBOTS, URLS, WARC, XML, encoded, pieces
from hypothesis import strategies as st

from crawler import amp, announcement, archive, frontmatter, jsonld, moment, pause, picture, place, robots, url
from crawler.charset import to_utf8
from crawler.config import Config, load
from crawler.crew import Capture, Reader
from crawler.errors import ConfigError, FileError
from crawler.fetch import Fetch
from crawler.links import body
from crawler.target import Role, Target
from crawler.tongue import tongue
from crawler.warc.index import Index
from pipelines.judge import judge

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ADDRESS = "https://example.org/2020/10/20/new-pier-opens"


@dataclass(frozen=True)
class Fuzz:
    """A target: ``check`` raises where something is wrong, ``fed`` makes what it is given."""

    check: Callable[[Any], None]
    fed: st.SearchStrategy[Any]


TARGETS: dict[str, Fuzz] = {}


def target(fed: st.SearchStrategy[Any]) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Enter a target."""

    def enter(check: Callable[[Any], None]) -> Callable[[Any], None]:
        TARGETS[check.__name__.replace("_", "-")] = Fuzz(check, fed)
        return check

    return enter


@target(encoded(FRONT.map(lambda text: f"---\n{text}\n---\nbody\n")))
def front_matter(data: bytes) -> None:
    """What is edited reads back, and all that is not is refused."""
    changes = {("excerpt",): 'a "b": c\x85', ("images", 0, "url"): "https://example.org/a.png"}
    with contextlib.suppress(FileError):
        document = frontmatter.parse(data)
        for key, value in changes.items():
            with contextlib.suppress(FileError):
                edited = frontmatter.edit(data, {key: value})
                fields = frontmatter.parse(edited).fields
                assert place.value(fields, key) == value
                assert len(frontmatter.parse(edited).fields) - len(document.fields) in (0, 1)


@target(
    st.tuples(encoded(MARKUP), st.sampled_from(["", "text/html", "text/html; charset=utf-16", "text/html; charset=\0"]))
)
def pages(made: tuple[bytes, str]) -> None:
    """Every page is read, and judged."""
    markup, kind = made
    answer = Reader(NOW, explain=True).read(Capture(ADDRESS, markup, kind))
    assert answer.error is None, answer.error
    judge(Fetch(Target(ADDRESS, Role.ARTICLE), ADDRESS, NOW, 200, headers={"content-type": kind}, body=markup))


@target(
    encoded(pieces("\xe4", "<meta charset=", "utf-8", "shift_jis", "\x1b$B", "\x1b(B", ">", "\ufeff", "text", most=12))
)
def charsets(data: bytes) -> None:
    """All bytes become valid UTF-8."""
    for kind in ("", "text/html; charset=utf-7", "text/html; charset=idna", "text/html; charset=punycode"):
        to_utf8(data, kind).decode()


@target(JSON)
def json_ld(script: str) -> None:
    """Whatever a template made of JSON is read, as far as it goes."""
    graph = jsonld.read([script])
    for node in graph.nodes:
        jsonld.types(node)
        jsonld.text(node)


@target(st.tuples(DATES, st.sampled_from(["en", "de", "ja", "ar", "fa", "th", "he", "ru", "mul"])))
def dates(made: tuple[str, str]) -> None:
    """Any text is read as a date, or as none."""
    text, language = made
    moment.read(text, tongue(language))
    list(moment.find(text, tongue(language)))
    moment.in_address(f"https://example.org/{text}")
    pause.retry_after(text, NOW)


@target(st.tuples(URLS, URLS))
def urls(made: tuple[str, str]) -> None:
    """Whatever an address is made of, it is one or none."""
    base, reference = made
    for read in (
        url.site,
        url.host,
        url.is_web,
        url.has_credentials,
        url.without_tracking,
        url.key,
        archive.original_of,
    ):
        read(reference)
    url.same(base, reference)
    for found in (url.absolute(ADDRESS, reference), url.absolute(base, reference)):
        if found is not None:
            assert url.is_web(found)
            assert found.isascii()
            assert not url.has_credentials(found)
            assert url.absolute(found, found) is not None


@target(URLS)
def amp_addresses(address: str) -> None:
    """An address has a copy in the cache, which leads back to it, or none."""
    cached = amp.cache_url(address)
    assert cached is None or url.is_web(cached)
    amp.origin_url(address)
    amp.subdomain(address)
    amp.is_image(address)


@target(URLS.map(lambda text: f"{text} 2x, {text}"))
def picture_sets(srcset: str) -> None:
    """A set of pictures has one that is the largest, or none."""
    assert isinstance(picture.largest(srcset), str)
    picture.pixels(srcset[:5])
    assert picture.Picture(srcset).key is not None


@target(st.one_of(encoded(WARC), encoded(WARC).map(gzip.compress)))
def web_archives(data: bytes) -> None:
    """An archive is read as far as it is sound, or refused."""
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(FileError):
        path = Path(folder) / "web.warc.gz"
        path.write_bytes(data)
        index = Index([path])
        with contextlib.suppress(FileError):
            index.get("https://example.org/")


@target(encoded(ROBOTS))
def robots_txt(data: bytes) -> None:
    """Any text is rules."""
    rules = robots.Rules.of(data)
    rules.refusal(ADDRESS)
    rules.refusal("https://example.org/ä?b#c")
    assert rules.delay >= 0
    assert math.isfinite(rules.delay)
    timedelta(seconds=min(rules.delay, 1e6))


@target(st.tuples(MARKDOWN, st.booleans()))
def bodies(made: tuple[str, bool]) -> None:
    """A body refers to addresses of the web, in lines that it has."""
    text, is_markup = made
    for found in body.references(text, is_markup=is_markup):
        assert 0 <= found.line <= text.count("\n") + len(text.splitlines())


@target(encoded(CONFIG))
def configurations(data: bytes) -> None:
    """A configuration is valid, or its errors are named."""
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(ConfigError):
        path = Path(folder) / "recrawl.yml"
        path.write_bytes(data)
        assert isinstance(load(path), Config)


@target(st.one_of(encoded(XML), encoded(XML).map(gzip.compress)))
def announcements(data: bytes) -> None:
    """A sitemap or a feed lists addresses of the web, as far as it can be read."""
    for entry in announcement.read(data, ADDRESS):
        assert url.is_web(entry.url)
        assert entry.said is None or entry.said.tzinfo


@target(JSON)
def archive_answers(text: str) -> None:
    """What an archive lists is a capture, or none."""
    archive.capture_of(text.encode("utf-8", "surrogatepass"))
