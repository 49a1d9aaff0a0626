"""The traps of libyaml's marks and of YAML's readers, one table row each: what goes in, what is to come out."""

import pytest

from crawler.errors import FrontMatterError
from crawler.frontmatter import REMOVE, edit, parse


def front(yaml: str) -> bytes:
    return b"---\n" + yaml.encode() + b"---\nBody.\n"


EXACT = {
    "1: a byte order mark shifts libyaml's marks": (
        b"\xef\xbb\xbf---\na: x\n---\n",
        {("a",): "new"},
        b"\xef\xbb\xbf---\na: new\n---\n",
    ),
    "2: libyaml counts NEL, LS and PS as line ends": (
        front('a: "x\u2028y\u2029z\x85"\nb: 1\nc: 2\n'),
        {("b",): 5, ("d",): 3},
        front('a: "x\u2028y\u2029z\x85"\nb: 5\nc: 2\nd: 3\n'),
    ),
    "3: a start mark takes in the anchor": (front("a: &x hi\n"), {("a",): "new"}, front("a: &x new\n")),
    "3: and that of an empty value, too": (front("a: &x\nb: 1\n"), {("a",): "new"}, front("a: &x new\nb: 1\n")),
    "5: a block scalar's end mark takes in the blank lines behind it": (
        front("a: |\n  x\n\n\nb: 1\n"),
        {("a",): "new\n"},
        front("a: |\n  new\n\n\nb: 1\n"),
    ),
    "5: a key goes right behind the block's last line": (
        front("a: |\n  x\n\n\nb: 1\n"),
        {("c",): 2},
        front("a: |\n  x\n\n\nb: 1\nc: 2\n"),
    ),
    "5: with + the blank lines are content": (
        front("a: |+\n  x\n\nb: 1\n"),
        {("c",): 2},
        front("a: |+\n  x\n\nb: 1\nc: 2\n"),
    ),
    "5: with + they are content no more once it is replaced": (
        front("a: |+\n  x\n\nb: 1\n"),
        {("a",): "new"},
        front("a: |-\n  new\n\nb: 1\n"),
    ),
    "6: a block collection's end mark runs on to the next token": (
        front("a:\n  - x\n\n# c\nb: 1\n"),
        {("a", 1): "z"},
        front("a:\n  - x\n  - z\n\n# c\nb: 1\n"),
    ),
    "7: a list may stand in its key's own column": (
        front("a:\n- x\nb: 1\n"),
        {("a", 1): "z"},
        front("a:\n- x\n- z\nb: 1\n"),
    ),
    "7: an indented list's mark is empty": (
        front("a:\n    -   x\n"),
        {("a", 1): "z"},
        front("a:\n    -   x\n    -   z\n"),
    ),
    "8: an empty value's mark is right behind the colon": (
        front("b:   # c\n"),
        {("b",): "new"},
        front("b: new   # c\n"),
    ),
    "8: blanks that end its line are not kept behind a value": (front("b: \n"), {("b",): "new"}, front("b: new\n")),
    "9: brackets forbid marks in plain values": (
        front("t: [a, b]\n"),
        {("t", 2): "c, d"},
        front('t: [a, b, "c, d"]\n'),
    ),
    "9: but not words": (front("t: [a, b]\n"), {("t", 2): "c d"}, front("t: [a, b, c d]\n")),
    "9: and entries are set apart as their siblings are": (
        front("t: [\n  a,\n  b\n]\n"),
        {("t", 2): "c"},
        front("t: [\n  a,\n  b,\n  c\n]\n"),
    ),
    "11: an anchor may be given twice": (
        front("a: &x 1\nb: &x 2\nc: *x\n"),
        {("a",): 3},
        front("a: &x 3\nb: &x 2\nc: *x\n"),
    ),
    "12: libyaml takes a tab for a blank": (front("a:\tx\n"), {("a",): "new"}, front("a:\tnew\n")),
    "15: folding carries no line break": (
        front("a: >\n  x\n  y\n"),
        {("a",): "one\ntwo\n"},
        front("a: >\n  one\n\n  two\n"),
    ),
    "15: a blank first would be indentation": (front("a: |\n  x\n"), {("a",): " new"}, front('a: " new"\n')),
    "15: a digit in the header says so already": (front("a: |2\n    x\n"), {("a",): "new\n"}, front("a: |\n    new\n")),
    "17: what no library can construct is left alone": (
        front("d: 2020-13-45\ne: =\nf: {{ x }}\ng: 1\n".replace("{{ x }}", "'{{ x }}'")),
        {("g",): 2},
        front("d: 2020-13-45\ne: =\nf: '{{ x }}'\ng: 2\n"),
    ),
}

REFUSED = {
    "3: a tagged value": ("a: !!str 12\n", {("a",): "new"}, 2),
    "4: an alias would be edited where its anchor stands": ("a: &x hi\nb: *x\n", {("b",): "new"}, 3),
    "4: what an alias repeats": ("a: &x hi\nb: *x\n", {("a",): "new"}, 2),
    "4: what stands in what an alias repeats": ("a: &x\n  k: 1\nb: *x\n", {("a", "k"): 2}, 2),
    "4: and what would be added to it": ("a: &x\n  k: 1\nb: *x\n", {("a", "l"): 2}, 2),
    "4: or taken out with it": ("a: &x\n  k: 1\nb: *x\n", {("a",): REMOVE}, 2),
    "8: an empty value without a colon": ("? a\nb: 1\n", {("a",): "new"}, 2),
    "10: a key that stands twice": ("title: a\nb: 1\ntitle: c\n", {("title",): "new"}, 2),
    "11: the last anchor is the one that counts": ("a: &x 1\nb: &x 2\nc: *x\n", {("b",): 3}, 3),
    "13: a key of more than 1,024 characters": ("k" * 1025 + ": 1\n", {("a",): 1}, 2),
    "13: also a new one": ("a: 1\n", {("k" * 1025,): 1}, 3),
    "14: a no-break space behind a colon": ("a:\xa0x\n", {("b",): 1}, 2),
    "16: what only YAML 1.2 takes": ("a: 1\nb: [:x]\n", {("a",): 2}, 3),
}


@pytest.mark.parametrize(("before", "changes", "after"), EXACT.values(), ids=EXACT.keys())
def test_edited_exactly(before, changes, after):
    assert edit(before, changes) == after


@pytest.mark.parametrize(("yaml", "changes", "line"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(yaml, changes, line):
    with pytest.raises(FrontMatterError) as refused:
        edit(front(yaml), changes)
    assert refused.value.line == line


def test_both_lines_of_a_key_that_stands_twice_are_named():
    with pytest.raises(FrontMatterError, match=r"^3: the key 'title' stands here and again 2 lines below"):
        edit(front("x: 1\ntitle: a\nb: 1\ntitle: c\n"), {("title",): "new"})


def test_the_odd_blank_behind_a_colon_is_named():
    with pytest.raises(FrontMatterError, match=r"U\+00A0"):
        parse(front("a: 1\nb:\xa0x\n"))


def test_values_that_cannot_be_constructed_stay_their_text():
    huge = "9" * 5000
    fields = parse(front(f"a: 2020-13-45\nb: {huge}\nc: =\nd: !!bool maybe\ne: !foo x\n")).fields
    assert fields == {"a": "2020-13-45", "b": huge, "c": "=", "d": "maybe", "e": "x"}
