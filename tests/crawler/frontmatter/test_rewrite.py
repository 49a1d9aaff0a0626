"""One scalar gives way to another: notation kept, type kept, the same value not written."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest

from crawler.errors import FrontMatterError
from crawler.frontmatter import Stamp, edit

MOMENT = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)


def front(yaml: str) -> bytes:
    return b"---\n" + yaml.encode() + b"---\nBody.\n"


class Name(StrEnum):
    ONE = "one"


WRITTEN = {
    "plain stays plain": ("a: old words\n", "new words", "a: new words\n"),
    "plain is quoted where it must be": ("a: old\n", "new: words", 'a: "new: words"\n'),
    "in the usual quote of the file": ("a: old\nb: 'x'\n", "new: words", "a: 'new: words'\nb: 'x'\n"),
    "double quotes stay": ('a: "old"\n', "new", 'a: "new"\n'),
    "single quotes stay": ("a: 'old'\n", "it's", "a: 'it''s'\n"),
    "a comment stays": ("a: old  # why\n", "new", "a: new  # why\n"),
    "lines become one": ("a: old\n  words\n  go on\nb: 1\n", "new", "a: new\nb: 1\n"),
    "quoted lines, too": ('a: "old\n  words"\n', "new", 'a: "new"\n'),
    "a value on its own line stays there": ("a:\n  old\n", "new", "a:\n  new\n"),
    "literal stays literal": ("a: |\n  old\n  words\n", "two\nlines\n", "a: |\n  two\n  lines\n"),
    "and says that it has no final line break": ("a: |\n  old\n", "new", "a: |-\n  new\n"),
    "or that it has one": ("a: >-\n  old\n", "new\n", "a: >\n  new\n"),
    "folded stays folded": ("a: >-\n  old\n  words\n", "new", "a: >-\n  new\n"),
    "a block that cannot be is quoted": ("a: | # why\n  old\nb: 1\n", "x\ty", 'a: "x\\ty" # why\nb: 1\n'),
    "an empty block has no indentation to take over": ("a: |\nb: 1\n", "new", 'a: "new"\nb: 1\n'),
    "a string of an enumeration": ("a: old\n", Name.ONE, "a: one\n"),
    "empty text": ("a: old\n", "", 'a: ""\n'),
    "a number": ("a: 72\n", 80, "a: 80\n"),
    "a negative number": ("a: -1\n", 2.5, "a: 2.5\n"),
    "a number without exponent": ("a: 1.5\n", 1e22, "a: 10000000000000000000000.0\n"),
    "a number that is none": ("a: 1.5\n", float("nan"), "a: .nan\n"),
    "a switch": ("a: false\n", True, "a: true\n"),
    "a switch in the words of the old one": ("a: No\n", True, "a: Yes\n"),
    "off": ("a: ON\n", False, "a: OFF\n"),
    "nothing": ("a: old  # why\n", None, "a:  # why\n"),
    "nothing, on its own line": ("a:\n  old\nb: 1\n", None, "a:\nb: 1\n"),
    "nothing, behind a comment": ("a: # why\n  old\nb: 1\n", None, "a: # why\n\nb: 1\n"),
    "nothing instead of a block": ("a: |\n  old\n\nb: 1\n", None, "a:\n\nb: 1\n"),
    "nothing behind an anchor": ("a: &x old\n", None, "a: &x\n"),
    "something for nothing": ("a:\n", "new", "a: new\n"),
    "something for null": ("a: null # why\n", 5, "a: 5 # why\n"),
    "a date for nothing": ("a: ~\n", date(2021, 3, 4), "a: 2021-03-04\n"),
    "a moment for nothing": ("a:\n", MOMENT, "a: 2021-03-04T05:06:07Z\n"),
    "a moment like another": ("a:\n", Stamp(MOMENT, "2020-10-20 10:00:00 +0200"), "a: 2021-03-04 07:06:07 +0200\n"),
    "a moment in the old shape": ("a: 2020-10-20T17:40:00Z\n", MOMENT, "a: 2021-03-04T05:06:07Z\n"),
    "a moment in quotes that were left empty": (
        'a: ""\n',
        Stamp(MOMENT, "2020-10-20T10:00:00Z"),
        'a: "2021-03-04T05:06:07Z"\n',
    ),
    "the old shape wins": ("a: 2020-10-20\n", Stamp(MOMENT, "2020-10-20T10:00:00Z"), "a: 2021-03-04\n"),
    "a quoted date stays quoted": ("a: '2020-10-20'\n", MOMENT, "a: '2021-03-04'\n"),
    "Jekyll's date stays Jekyll's": ("a: 2020-10-20 17:40:00 +0200\n", MOMENT, "a: 2021-03-04 07:06:07 +0200\n"),
    "a wrong date": ("a: 2020-13-45\n", date(2021, 3, 4), "a: 2021-03-04\n"),
}


@pytest.mark.parametrize(("before", "value", "after"), WRITTEN.values(), ids=WRITTEN.keys())
def test_written_in_the_notation_that_stands(before, value, after):
    assert edit(front(before), {("a",): value}) == front(after)


@pytest.mark.parametrize(("before", "value", "after"), WRITTEN.values(), ids=WRITTEN.keys())
def test_with_other_line_ends_too(before, value, after):
    dos = {line: front(line).replace(b"\n", b"\r\n") for line in (before, after)}
    assert edit(dos[before], {("a",): value}) == dos[after]


SAME = {
    "other quotes": ("a: 'x'\n", "x"),
    "a folded paragraph": ("a: >-\n  some\n  words\n", "some words"),
    "a block's final line break": ("a: >\n  some\n  words\n", "some words"),
    "a number in another notation": ("a: 0x10\n", 16),
    "a whole number": ("a: 16\n", 16.0),
    "a switch": ("a: yes\n", True),
    "nothing": ("a: ~\n", None),
    "the same moment": ("a: 2020-10-20T17:40:00+00:00\n", datetime(2020, 10, 20, 17, 40, tzinfo=UTC)),
    "in another zone": (
        "a: 2020-10-20T17:40:00Z\n",
        datetime(2020, 10, 20, 19, 40, tzinfo=timezone(timedelta(hours=2))),
    ),
    "as far as it is written": ("a: 2020-10-20\n", datetime(2020, 10, 20, 17, 40, tzinfo=UTC)),
    "with a finer clock": ("a: 2020-10-20T17:40:00Z\n", datetime(2020, 10, 20, 17, 40, 0, 5, UTC)),
}


@pytest.mark.parametrize(("yaml", "value"), SAME.values(), ids=SAME.keys())
def test_the_same_value_is_not_written(yaml, value):
    data = front(yaml)
    assert edit(data, {("a",): value}) is data


REFUSED = {
    "text for a number": ("a: 72\n", "80"),
    "text for a date": ("a: 2020-10-20\n", "2021-03-04"),
    "text for a switch": ("a: yes\n", "maybe"),
    "a number for text": ("a: x\n", 1),
    "a number for a switch": ("a: true\n", 1),
    "a switch for a number": ("a: 1\n", True),
    "a switch for text": ("a: 'yes'\n", True),
    "a date for words": ("a: git Last Modified\n", MOMENT),
    "a date for a number": ("a: 2020\n", MOMENT),
    "a date for one in a shape of its own": ("a: 15 Oct 2023\n", MOMENT),
    "a moment beyond the calendar": ("a: 2020-10-20T00:00:00+02:00\n", datetime.max.replace(tzinfo=UTC)),
    "a list for text": ("a: x\n", ["x"]),
    "a mapping for text": ("a: ''\n", {"x": 1}),
    "text for a list": ("a: [x]\n", "x"),
    "nothing for a list": ("a: [x]\n", None),
    "a list for a mapping": ("a: {x: 1}\n", []),
    "a tag": ("a: !x y\n", "z"),
    "a tag without value": ("a: !x\n", ["z"]),
    "half of a character": ("a: x\n", "\ud83d"),
    "bytes": ("a: x\n", b"x"),
    "a number without end": ("a: 1\n", 10**5000),
}


@pytest.mark.parametrize(("yaml", "value"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(yaml, value):
    with pytest.raises(FrontMatterError):
        edit(front(yaml), {("a",): value})


def test_the_refusal_names_the_place_and_both_types():
    with pytest.raises(FrontMatterError, match=r"^4: a\.b\[1\] holds a number, which text cannot replace$"):
        edit(front("a:\n  b: [1,\n    2]\n"), {("a", "b", 1): "x"})
