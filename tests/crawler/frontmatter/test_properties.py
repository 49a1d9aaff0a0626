"""Any string, set anywhere in any record, reads back equal in PyYAML and in ruamel.yaml, and every other byte stays."""

from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from crawler import place as places
from crawler.errors import FrontMatterError
from crawler.frontmatter import REMOVE, edit, parse

WORDS = st.text("abcdefgh ÄÖ日é😀-/.,'", min_size=1, max_size=30).map(str.strip).filter(lambda text: text[:1].isalpha())
KEYS = st.text("abcdefgkmz", min_size=2, max_size=6)


@dataclass(frozen=True)
class Written:
    """A value as some author wrote it behind a colon or a dash: its text, and where strings stand in that text."""

    text: str
    value: Any
    strings: tuple[tuple[tuple[str | int, ...], int, int], ...] = ()


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def a_string(draw: Any, column: int, flow: bool) -> Written:
    words, style = draw(WORDS), draw(st.sampled_from(["plain", "single", "double", "literal", "folded", "lines"]))
    indent = "\n" + " " * (column + 2)
    if flow or style in ("single", "double"):
        text, value = (single if style == "single" else double)(words), words
    elif style == "plain":
        text, value = words, words
    elif style == "lines":
        text, value = double(words)[:-1] + indent + 'more"', f"{words} more"
    else:
        chomp = draw(st.sampled_from(["", "-"]))
        text = ("|" if style == "literal" else ">") + chomp + indent + words + indent + "more"
        value = words + ("\n" if style == "literal" else " ") + "more" + ("" if chomp else "\n")
    return Written(" " + text, value, (((), 1, len(text) + 1),))


OTHERS = {"12": 12, "-1.5": -1.5, "true": True, "": None, "~": None, "[]": [], "2020-10-20": "date", "0x1F": 31}


@st.composite
def another(draw: Any, column: int, flow: bool) -> Written:
    text = draw(st.sampled_from([text for text in OTHERS if text or not flow]))
    return Written(f" {text}" if text else "", None)


def joined(parts: list[tuple[str, str | int, Written]], start: str, end: str) -> Written:
    text, strings = start, []
    for before, step, part in parts:
        text += before
        strings += [((step, *place), len(text) + at, len(text) + to) for place, at, to in part.strings]
        text += part.text
    return Written(text + end, None, tuple(strings))


@st.composite
def a_value(draw: Any, column: int, depth: int, flow: bool) -> Written:
    kinds = ["string", "string", "other"] + (["mapping", "list"] if depth else [])
    kind = draw(st.sampled_from(kinds))
    if kind == "string":
        return draw(a_string(column, flow))
    if kind == "other":
        return draw(another(column, flow))
    inner = flow or draw(st.integers(0, 3)) == 0
    step = draw(st.sampled_from([2, 4] if kind == "mapping" else [0, 2]))
    parts = draw(st.lists(a_value(column + step + (kind == "list") * 2, depth - 1, inner), min_size=1, max_size=3))
    if inner:
        keys = draw(st.lists(KEYS, min_size=len(parts), max_size=len(parts), unique=True))
        names = [f"{', ' if at else ''}{key}:" if kind == "mapping" else ", " * bool(at) for at, key in enumerate(keys)]
        steps = keys if kind == "mapping" else range(len(parts))
        return joined(
            list(zip(names, steps, parts, strict=True)),
            " {" if kind == "mapping" else " [",
            "}" if kind == "mapping" else "]",
        )
    return draw(entries(kind, column + step, parts))


@st.composite
def entries(draw: Any, kind: str, column: int, parts: list[Written]) -> Written:
    keys = draw(st.lists(KEYS, min_size=len(parts), max_size=len(parts), unique=True))
    comment = st.sampled_from(["\n", "\n", "\n", "\n" + " " * column + "# why\n", "\n\n"])
    names = [draw(comment) + " " * column + (f"{key}:" if kind == "mapping" else "-") for key in keys]
    return joined(list(zip(names, keys if kind == "mapping" else range(len(parts)), parts, strict=True)), "", "")


@st.composite
def a_record(draw: Any) -> tuple[bytes, list[tuple[tuple[str | int, ...], int, int]]]:
    parts = draw(st.lists(a_value(0, 2, False), min_size=1, max_size=5))
    inner = draw(entries("mapping", 0, parts))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    head = draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + b"---" + newline.encode()
    tail = draw(st.sampled_from([b"---", b"...", b"---  "])) + newline.encode() + draw(st.binary(max_size=20))
    text = inner.text.removeprefix("\n") + "\n"
    cut = len(inner.text) - len(text) + 1
    offset = lambda at: len(head) + len(text[: at - cut].replace("\n", newline).encode())  # noqa: E731
    spans = [(place, offset(at), offset(to)) for place, at, to in inner.strings]
    return head + text.replace("\n", newline).encode() + tail, spans


def front(data: bytes) -> str:
    text = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[1]
    ends = [at for at in (text.find(b"\n---"), text.find(b"\n...")) if at >= 0]
    return text[: min(ends) + 1].decode()


def readings(data: bytes) -> list[Any]:
    return [yaml.safe_load(front(data)), YAML(typ="safe", pure=True).load(front(data))]


def replaced(fields: Any, place: tuple[str | int, ...], value: Any) -> Any:
    """Return nested fields with another value at a place."""
    if not place:
        return value
    copy = dict(fields) if isinstance(fields, dict) else list(fields)
    copy[place[0]] = replaced(copy[place[0]], place[1:], value)
    return copy


@settings(max_examples=400, deadline=None)
@given(a_record(), st.data())
def test_any_string_set_anywhere_reads_back_and_every_other_byte_stays(record, data):
    before, spans = record
    if not spans:
        return
    place, start, end = data.draw(st.sampled_from(spans))
    text = data.draw(st.text() | st.text("ab \n'\"\\:#-,[]{}&*!|>%@`\t\u2028\x85\xa0", max_size=12))
    after = edit(before, {place: text})
    old = readings(before)
    # A block scalar that differs in its final line break only is left alone: nobody meant that line break.
    if after == before:
        assert all(places.value(fields, place).rstrip("\n") == text.rstrip("\n") for fields in old)
        return
    assert readings(after) == [replaced(fields, place, text) for fields in old]
    assert after.startswith(before[:start])
    assert after.endswith(before[end:])


@settings(max_examples=300, deadline=None)
@given(a_record(), KEYS, st.text(), st.data())
def test_any_string_added_anywhere_reads_back_and_every_other_line_stays(record, key, text, data):
    before, _ = record
    fields = parse(before).fields
    mappings = [(), *(place for place, value in walk(fields) if isinstance(value, dict))]
    place = (*data.draw(st.sampled_from(mappings)), key)
    if places.holds(fields, place):
        return
    after = edit(before, {place: text}, order=data.draw(st.permutations([*fields, key])))
    olds, news = readings(before), readings(after)
    for old, new in zip(olds, news, strict=True):
        assert places.value(new, place) == text
        del places.value(new, place[:-1])[key]
        assert new == old
    assert is_within(before, after)


@settings(max_examples=300, deadline=None)
@given(a_record(), st.data())
def test_anything_taken_out_leaves_the_rest(record, data):
    before, _ = record
    fields = parse(before).fields
    place = data.draw(st.sampled_from([place for place, _ in walk(fields)]))
    if len(fields) == len(place) == 1:
        return  # the only key of all
    after = edit(before, {place: REMOVE})
    for old, new in zip(readings(before), readings(after), strict=True):
        holder = places.value(old, place[:-1])
        del holder[place[-1]]
        assert new == old


def walk(fields: Any, place: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    items = fields.items() if isinstance(fields, dict) else enumerate(fields) if isinstance(fields, list) else ()
    return [found for step, item in items for found in [((*place, step), item), *walk(item, (*place, step))]]


def is_within(short: bytes, long: bytes) -> bool:
    """Tell whether one text is another with something put in."""
    rest = iter(long)
    return all(byte in rest for byte in short)


MARKS = [
    *(
        b"\n",
        b"\r\n",
        b"\r",
        b" ",
        b"\t",
        b": ",
        b"- ",
        b"# ",
        b"? ",
        b"'",
        b'"',
        b"&x ",
        b"*x",
        b"|",
        b">+",
        b"!!",
        b"%",
        b",",
    ),
    *(
        b"[",
        b"]",
        b"{",
        b"}",
        b"---",
        b"...",
        b"+++",
        b"\xff",
        b"\x00",
        b"\xc2\xa0",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\xef\xbb\xbf",
    ),
]
VALUES = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.just(REMOVE)),
    st.text(max_size=5),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers() | st.lists(st.none()), max_size=2),
)


def refused(act: Any) -> FrontMatterError | None:
    """Do something, and return how it was refused; anything else that is raised fails the test."""
    try:
        act()
    except FrontMatterError as error:
        return error
    return None


@settings(max_examples=600, deadline=None)
@given(
    a_record(),
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(MARKS), st.integers(0, 4)), max_size=4),
    VALUES,
    st.data(),
)
def test_bytes_of_any_kind_raise_nothing_else(record, mutations, value, data):
    damaged = record[0]
    for at, mark, length in mutations:
        damaged = damaged[:at] + mark + damaged[at + length :]
    known = [] if refused(lambda: parse(damaged).fields) else [place for place, _ in walk(parse(damaged).fields)]
    place = data.draw(st.sampled_from([*known, ("a",), ("a", 0), ("bb", "cc")]))
    if refused(lambda: edit(damaged, {place: value})):
        return
    after = edit(damaged, {place: value})
    if isinstance(value, str) and after != damaged and known:
        assert places.value(parse(after).fields, place) == value


@pytest.mark.parametrize("data", [b"\x00", b"---\n\x00\n---\n", b"\xef\xbb\xbf", b"---\n- \n---\n", b"---\n&a\n---\n"])
def test_small_oddities_raise_nothing_else(data):
    for error in (refused(lambda: parse(data)), refused(lambda: edit(data, {("a",): 1}))):
        assert error is None or error.line
