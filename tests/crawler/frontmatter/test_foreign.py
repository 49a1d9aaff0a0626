from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.errors import FrontMatterError
from crawler.frontmatter import Kind, edit, parse

TOML = b"""+++
title = "x"
date = 2020-10-20
at = 2020-10-20T17:40:00Z
clock = 07:32:00
[a]
b = [1, 2.5, true]
+++
Body"""
JSON = b'{"title": "x", "n": null, "a": {"b": [1, 2.5, true]}}\n\nBody'


def test_toml_is_read():
    document = parse(TOML)
    assert document.kind is Kind.TOML
    assert document.fields == {
        "title": "x",
        "date": date(2020, 10, 20),
        "at": datetime(2020, 10, 20, 17, 40, tzinfo=UTC),
        "clock": "07:32:00",
        "a": {"b": [1, 2.5, True]},
    }
    assert document.line(("title",)) is document.text(("title",)) is None


def test_json_is_read():
    document = parse(JSON)
    assert (document.kind, document.fields) == (Kind.JSON, {"title": "x", "n": None, "a": {"b": [1, 2.5, True]}})


@pytest.mark.parametrize(("data", "name"), [(TOML, "TOML"), (JSON, "JSON")])
def test_neither_is_written(data, name):
    with pytest.raises(FrontMatterError, match=rf"^x\.md:1: {name} front matter is read-only here; turn it into YAML"):
        edit(data, {("title",): "y"}, path=Path("x.md"))


@pytest.mark.parametrize(
    "data",
    [
        b"+++\ntitle = \n+++\n",
        b"+++\na = " + b"[" * 100_000 + b"\n+++\n",
        b"+++\na = " + b"1" * 5000 + b"\n+++\n",
        b"+++\n" + b".".join([b"a"] * 5000) + b" = 1\n+++\n",
        b"+++\na = " + b"[" * 80 + b"]" * 80 + b"\n+++\n",
        b"+++\na = 1\n",
        b'{"a": ' + b"[" * 80 + b"]" * 80 + b"}",
    ],
)
def test_what_cannot_be_read_is_refused(data):
    with pytest.raises(FrontMatterError):
        parse(data)


@pytest.mark.parametrize(
    "data", [b"{% raw %}", b"{{ x }}", b"{", b"{" * 5000, b"[1]", b'{"a": "\xff"}', b'{"a": ' + b"[" * 99_999]
)
def test_a_body_that_begins_with_a_brace_is_no_json(data):
    assert parse(data).kind is Kind.NONE
