"""Lists of URLs."""

import io
import sys
from pathlib import Path

import pytest

from crawler.errors import FileError
from crawler.links import listing


def test_a_list_has_one_url_a_line_and_says_on_which(tmp_path):
    path = tmp_path / "urls.txt"
    lines = [
        b"\xef\xbb\xbfhttps://a.example/1\r",
        b"",
        b"# a comment",
        b"  https://a.example/2#part  ",
        b"https://a.example/3 # why",
        b"nonsense",
    ]
    path.write_bytes(b"\n".join(lines))
    assert [(one.url, one.spot.line) for one in listing.read(path)] == [
        ("https://a.example/1", 1),
        ("https://a.example/2#part", 4),
        ("https://a.example/3", 5),
        ("nonsense", 6),
    ]


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"https://a.example/1\n")))
    assert [(one.url, str(one.spot)) for one in listing.read(Path("-"))] == [("https://a.example/1", "-:1")]


def test_a_list_that_is_not_there_is_an_error_that_names_it(tmp_path):
    with pytest.raises(FileError, match=r"missing\.txt"):
        list(listing.read(tmp_path / "missing.txt"))
