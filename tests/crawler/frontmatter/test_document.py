from pathlib import Path

import pytest

from crawler.errors import FrontMatterError
from crawler.frontmatter import Kind, edit, parse

DATA = b"""\xef\xbb\xbf---
title: 'It''s'
date: 2020-10-20
images:
  - url: a.jpg
    width: 1
  - url: &b "b.jpg"
copy: *b
empty:
title2: x
---
Body.
"""


def test_a_place_has_its_line_in_the_file():
    document = parse(DATA)
    lines = {
        place: document.line(place) for place in [("title",), ("images", 0, "width"), ("images", 1, "url"), ("empty",)]
    }
    assert lines == {("title",): 2, ("images", 0, "width"): 6, ("images", 1, "url"): 7, ("empty",): 9}


def test_lines_are_counted_as_editors_do():
    assert parse('---\r\na: "x\u2028y"\r\nb: 1\r\n---\r\n'.encode()).line(("b",)) == 3


def test_a_place_that_is_not_there_has_no_line_and_no_text():
    document = parse(DATA)
    for place in [("nothing",), ("title", "x"), ("images", 5), ("images", "url"), ("copy", 0)]:
        assert document.line(place) is document.text(place) is None


def test_the_text_of_a_place_is_as_it_was_written():
    document = parse(DATA)
    assert (document.text(("date",)), document.text(("title",)), document.text(("empty",))) == (
        "2020-10-20",
        "It's",
        "",
    )
    assert document.text(("images",)) is None


def test_an_alias_has_a_line_but_no_text_of_its_own():
    document = parse(DATA)
    assert (document.line(("copy",)), document.text(("copy",)), document.fields["copy"]) == (8, None, "b.jpg")


def test_a_document_edits_its_own_bytes():
    document = parse(DATA)
    assert document.edit({("title",): "New", ("title3",): "z"}, order=("title", "title3", "date")) == DATA.replace(
        b"'It''s'\n", b"'New'\ntitle3: z\n"
    )


def test_no_changes_return_the_bytes_whatever_they_are():
    for data in (DATA, b"", b"\xff\xfe", b"---\nnever closed"):
        assert edit(data, {}) is data


def test_the_error_names_file_line_and_remedy():
    with pytest.raises(FrontMatterError) as refused:
        edit(b"---\na: 1\n----\n", {("a",): 2}, path=Path("posts/a.md"))
    assert (refused.value.path, refused.value.line) == (Path("posts/a.md"), 3)
    assert refused.value.remedy
    assert str(refused.value).startswith("posts/a.md:3: a line starts with --- inside the front matter; ")


@pytest.mark.parametrize(
    "changes",
    [
        {(): 1},
        {"title": 1},
        {("title", -1): 1},
        {("title", True): 1},
        {(b"title",): 1},
        {("a",): 1, ("a", "b"): 2},
        {("a", "b"): 2, ("a",): 1},
        {("a",): {1: 2}},
        {("a",): object()},
        {("a",) * 5000: 1},
        {("a",) * 64: {"b": [["c"]]}},
    ],
)
def test_what_is_no_change_is_refused(changes):
    with pytest.raises(FrontMatterError):
        edit(DATA, changes)


def test_values_that_hold_themselves_are_refused():
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(FrontMatterError, match="64 levels"):
        edit(DATA, {("a",): loop})


def test_the_kinds_say_their_names():
    assert [str(kind) for kind in Kind] == ["yaml", "toml", "json", "none"]
