"""What a refresh writes when every page tries to write more than words: one value each, to every reader."""

import html
import io
import json
import random
import re
import struct
import unicodedata
import zlib
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import yaml
from pages import STORY, TITLE, WHOLE
from ruamel.yaml import YAML
from sly import CONTROLS, MARKUP, SLY, YAML_WORDS
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.url import absolute, is_web

PAGES = 160

PICTURES = (
    *("/a picture.png", "/ä.png?a=b&c='\"", "//user:secret@site{n}.test/p.png", "javascript:alert(1)//p.png"),
    *("data:image/png,x.png", "/p.png#: {{a: b}}", "/p.png?x=<script>", "/p\n.png", "\\\\site{n}.test\\p.png"),
    *("file:///p.png", "/p[1]{{2}}.png", "/%zz.png"),
)

DATES = (
    "2020-10-20T17:40:00Z\npublished: true",
    "2020-10-20 # comment",
    "!!python/object:os.system 2020-10-20",
    "2020-10-20T17:40:00+00:00",
    "٢٠٢٠-١٠-٢٠",
    "2020-10-20T17:40:00Z'\"",
)

RECORD = """---
title: {title}
excerpt: {excerpt}
{day}originalUrl: "{url}"
webUrl: "{url}"
type: article
published: false
quality: 7
secured: "keep=="
---

Body --- of the record.
---
"""


def sly(dice):
    """Return a few of the things that mean more than they say."""
    kinds = (SLY, YAML_WORDS, MARKUP, CONTROLS)
    return " ".join(dice.choice(dice.choice(kinds)) for _ in range(dice.randrange(1, 4)))


def escaped(text):
    return html.escape(text, quote=True) if "&" not in text else text.replace('"', "&quot;")


def page(number, dice):
    """Return a page all of whose words are sly, and the picture that it shows."""
    place = dice.randrange(3)
    parts = [sly(dice) if place == 0 else "", WHOLE, sly(dice) if place > 0 else ""]
    whole = escaped(" ".join(filter(None, parts)))
    title = escaped(TITLE if place else f"{TITLE} {sly(dice)}")
    picture = dice.choice(PICTURES).format(n=number)
    meta = {
        "og:title": title,
        "og:description": whole,
        "og:site_name": escaped(sly(dice)),
        "og:image": escaped(picture),
        "article:published_time": escaped(dice.choice(DATES) if number % 4 else "2020-10-20T17:40:00Z"),
        "author": escaped(sly(dice)),
    }
    metas = "".join(f'<meta property="{name}" content="{value}">' for name, value in meta.items())
    body = f"<article><h1>{title}</h1><p>{whole}</p><p>{STORY}</p></article>"
    return f'<html lang="en"><head><title>{title}</title>{metas}</head><body>{body}</body></html>', picture


def png(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))


@pytest.fixture(scope="module")
def refreshed(player, tmp_path_factory):
    """Refresh records of such pages; return the folder, the texts of before by name, and the outcomes."""
    folder, dice, before = tmp_path_factory.mktemp("writing"), random.Random(7), {}
    (folder / "articles").mkdir()
    (folder / "recrawl.yml").write_text("write: [title, site, updated]\n")
    with (folder / "web.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(PAGES):
            url = f"https://site{number}.test/2020/10/new-pier-opens"
            markup, picture = page(number, dice)
            answers = [(url, "text/html; charset=utf-8", markup.encode("utf-8", "surrogatepass"))]
            if shown := absolute(url, picture):
                answers.append((shown, "image/png", png(1200, 630)))
            for address, kind, data in answers:
                head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
                writer.write_record(writer.create_warc_record(address, "response", BytesIO(data), http_headers=head))
            cut = json.dumps(WHOLE[:60] + " ...") if number % 3 else '""'
            day = "publishedDateTime: 2020-10-20T17:40:00Z\n" if number % 4 == 0 else ""
            before[f"{number}.md"] = RECORD.format(title="" if day else TITLE, excerpt=cut, url=url, day=day)
            (folder / "articles" / f"{number}.md").write_text(before[f"{number}.md"])
    told = player(
        folder, ["articles", "--replay", "web.warc.gz", "--format", "jsonl"], datetime(2026, 1, 1, tzinfo=UTC)
    )
    return folder / "articles", before, told


def read(text):
    """Return what front matter says to two readers, of two versions of YAML."""
    front = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)[1]
    return yaml.safe_load(front), YAML(typ="safe", pure=True).load(io.StringIO(front))


def values(fields):
    """Yield the values of a mapping, and those inside of them."""
    for value in fields.values() if isinstance(fields, dict) else fields:
        if isinstance(value, dict | list):
            yield from values(value)
        else:
            yield value


def test_much_is_written(refreshed):
    folder, before, told = refreshed
    places = [change["place"] for outcome in told.outcomes.values() for change in outcome["changes"]]
    assert len([name for name, text in before.items() if (folder / name).read_text() != text]) > PAGES // 2
    assert {"excerpt", "images", "publishedDateTime", "provider", "title"} <= {
        re.split(r"[.\[]", at)[0] for at in places
    }


def test_no_key_is_added_but_those_of_fields_and_no_value_changes_its_kind(refreshed):
    folder, before, _ = refreshed
    for name, text in before.items():
        after = (folder / name).read_text(encoding="utf-8")
        old, (new, other) = yaml.safe_load(text.split("---\n")[1]), read(after)
        assert set(new) == set(other)
        assert set(new) - set(old) <= {"publishedDateTime", "images", "provider"}, after
        assert (new["published"], new["quality"], new["secured"], new["type"]) == (False, 7, "keep==", "article")
        assert all(type(new[key]) is type(value) for key, value in old.items() if value is not None)
        assert after.split("---\n", 2)[2] == text.split("---\n", 2)[2]


def test_what_is_written_is_one_line_of_clean_text_to_every_reader(refreshed):
    folder, before, _ = refreshed
    for name in before:
        new, other = read((folder / name).read_text(encoding="utf-8"))
        assert [value for value in values(new) if isinstance(value, str)] == [
            value for value in values(other) if isinstance(value, str)
        ]
        for value in values(new):
            assert isinstance(value, str | int | bool | date | None), (name, value)
            if isinstance(value, str):
                assert unicodedata.is_normalized("NFC", value), (name, value)
                assert not [
                    char for char in value if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
                ]
                assert not re.search(r"<[a-zA-Z/!]", value), (name, value)
                assert value == value.strip()


def test_every_address_is_absolute_and_without_a_password(refreshed):
    folder, before, _ = refreshed
    found = set()
    for name in before:
        for image in read((folder / name).read_text(encoding="utf-8"))[0].get("images", []):
            found.add(image["url"])
    assert len(found) >= 5
    for url in found:
        assert is_web(url)
        assert url.isascii()
        assert "@" not in url
        assert not re.search(r"[\s<>\"\\^`{}|]", url), url
