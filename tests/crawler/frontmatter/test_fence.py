from pathlib import Path

import pytest

from crawler.errors import FrontMatterError
from crawler.frontmatter import Kind, begins, edit, parse
from crawler.frontmatter.fence import MAX_BYTES

READ = {
    "lf": b"---\na: 1\n---\nBody\n",
    "crlf": b"---\r\na: 1\r\n---\r\nBody\r\n",
    "blanks behind both fences": b"--- \t\na: 1\n---  \nBody",
    "no final newline": b"---\na: 1\n---",
    "byte order mark": b"\xef\xbb\xbf---\na: 1\n---\nBody",
    "closed by dots": b"---\na: 1\n...\nBody",
    "a rule in the body": b"---\na: 1\n---\ntext\n\n---\nmore\n----\n+++\n",
    "a body of any bytes": b"---\na: 1\n---\n\xff\xfe\x00\r\x80",
    "indented dashes in a block": b"---\na: 1\nb: |\n  ---\n  +++\n  x\n---\n",
}


@pytest.mark.parametrize("data", READ.values(), ids=READ.keys())
def test_what_all_readers_agree_on_is_edited_and_the_rest_stays(data):
    document = parse(data)
    assert (document.kind, document.fields["a"]) == (Kind.YAML, 1)
    assert edit(data, {("a",): 2}) == data.replace(b"a: 1", b"a: 2", 1)


REFUSED = {
    "never closed": (b"---\na: 1\n\nText\n", 1),
    "nothing but the fence": (b"---", 1),
    "more dashes to close": (b"---\na: 1\n----\n", 3),
    "text behind the closing dashes": (b"---\na: 1\n--- text\n---\n", 3),
    "text behind the opening dashes": (b"--- # comment\na: 1\n---\n", 1),
    "a language behind the opening dashes": (b"---yaml\na: 1\n---\n", 1),
    "plus signs, where Astro stops": (b"---\na: |\n  x\n+++\n---\n", 4),
    "lone carriage returns": (b"---\ra: 1\r---\r", 1),
    "UTF-16": ("---\na: 1\n---\n".encode("utf-16-le"), 1),
    "UTF-16 with a byte order mark": ("---\na: 1\n---\n".encode("utf-16"), 1),
    "no UTF-8": (b"---\na: 1\nb: \xff\n---\n", 3),
    "a directive": (b"---\n%TAG ! x:\n---\n", 2),
    "a second byte order mark": (b"\xef\xbb\xbf---\n\xef\xbb\xbfa: 1\n---\n", 2),
    "a bell": (b"---\na: 1\nb: x\x07\n---\n", 3),
    "too long": (b"---\na: " + b"x" * MAX_BYTES + b"\n---\n", 1),
}


@pytest.mark.parametrize(("data", "line"), REFUSED.values(), ids=REFUSED.keys())
def test_what_readers_disagree_on_or_cannot_read_is_refused(data, line):
    with pytest.raises(FrontMatterError) as parsed:
        parse(data)
    with pytest.raises(FrontMatterError) as edited:
        edit(data, {("a",): 2})
    assert parsed.value.line == edited.value.line == line


NONE = {
    "text": b"# Title\n\nText: with a colon\n",
    "nothing": b"",
    "a rule": b"-----\n\ntext\n",
    "a blank line before the fence": b"\n---\na: 1\n---\n",
    "a template": b"{% include x %}\n",
    "a list of changes": b"+++++\n",
}


@pytest.mark.parametrize("data", NONE.values(), ids=NONE.keys())
def test_a_file_without_front_matter_has_no_fields_and_is_not_edited(data):
    assert (parse(data).kind, parse(data).fields) == (Kind.NONE, {})
    with pytest.raises(FrontMatterError):
        edit(data, {("a",): 1})


def test_blank_lines_before_the_fence_are_named_as_the_reason():
    with pytest.raises(FrontMatterError, match="blank lines"):
        edit(b"\n\n---\na: 1\n---\n", {("a",): 2})


@pytest.mark.parametrize("name", ["record.yml", "record.YAML"])
def test_all_of_a_yaml_file_is_the_front_matter(name):
    assert parse(b"a: 1\n", path=Path(name)).fields == {"a": 1}
    assert edit(b"a: 1", {("b",): 2}, path=Path(name)) == b"a: 1\nb: 2"
    assert edit(b"---\na: 1\n...\n", {("b",): 2}, path=Path(name)) == b"---\na: 1\nb: 2\n...\n"
    assert edit(b"", {("b",): 2}, path=Path(name)) == b"b: 2\n"


def test_more_than_one_document_in_a_yaml_file_is_refused():
    with pytest.raises(FrontMatterError, match="more than one"):
        parse(b"a: 1\n---\nb: 2\n", path=Path("x.yml"))


def test_the_beginning_of_a_file_tells_whether_to_read_on():
    assert all(begins(data[:8]) for data in [*READ.values(), b"+++\na = 1", b'{"a": 1}'])
    assert not any(begins(data) for data in (b"", b"# Title", b"\n---\n", b"title: x\n"))
    assert begins(b"title: x\n", path=Path("x.yml"))


def test_the_offset_of_a_byte_that_is_no_utf_8_is_named():
    with pytest.raises(FrontMatterError, match=r"^3: byte 0xff at offset 12"):
        parse(b"---\na: 1\nb: \xff\n---\n")


def test_the_character_that_yaml_does_not_allow_is_named():
    with pytest.raises(FrontMatterError, match=r"^x\.md:3: YAML does not allow U\+0007; remove that character$"):
        parse(b"---\na: 1\nb: x\x07\n---\n", path=Path("x.md"))
