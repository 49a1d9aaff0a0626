"""Entries come and go in lists and mappings, and nothing else does."""

import pytest

from crawler.errors import FrontMatterError
from crawler.frontmatter import REMOVE, edit

PICTURE = {"url": "https://e.org/a.jpg", "width": 640, "isCached": False}


def front(yaml: str) -> bytes:
    return b"---\n" + yaml.encode() + b"---\nBody.\n"


EDITS = {
    "an item is appended": ("t:\n  - a\n  - b\nx: 1\n", {("t", 2): "c"}, "t:\n  - a\n  - b\n  - c\nx: 1\n"),
    "several are": ("t:\n  - a\n", {("t", 1): "b", ("t", 2): "c"}, "t:\n  - a\n  - b\n  - c\n"),
    "behind a comment": ("t:\n  - a # c\n# d\n", {("t", 1): "b"}, "t:\n  - a # c\n  - b\n# d\n"),
    "behind one that is deeper": ("t:\n  - a\n    # c\n", {("t", 1): "b"}, "t:\n  - a\n    # c\n  - b\n"),
    "behind an empty one": ("t:\n  - a\n  -\n", {("t", 2): "b"}, "t:\n  - a\n  -\n  - b\n"),
    "behind one that stands below its dash": ("t:\n  -\n     k: 1\n", {("t", 1): "b"}, "t:\n  -\n     k: 1\n  - b\n"),
    "and that goes": ("t:\n  - # c\n    k: 1\n  - b\n", {("t", 0): REMOVE}, "t:\n  - b\n"),
    "an empty one": ("t:\n  - a\n", {("t", 1): None}, "t:\n  - a\n  -\n"),
    "a mapping": (
        "images:\n  - url: a.jpg\n    width: 1\n",
        {("images", 1): PICTURE},
        "images:\n  - url: a.jpg\n    width: 1\n  - url: https://e.org/a.jpg\n    width: 640\n    isCached: false\n",
    ),
    "a mapping, key by key": (
        "images:\n- url: a.jpg\n",
        {("images", 1, "url"): "b.jpg", ("images", 1, "width"): 2},
        "images:\n- url: a.jpg\n- url: b.jpg\n  width: 2\n",
    ),
    "a list": ("t:\n  - [a]\n", {("t", 1): ["b", "c"]}, "t:\n  - [a]\n  - [b, c]\n"),
    "in brackets": ("t: [a, b]\n", {("t", 2): "c"}, "t: [a, b, c]\n"),
    "in empty brackets": ("t: [] # c\n", {("t", 0): "a"}, "t: [a] # c\n"),
    "behind a comma that ends the list": ("t: [a, b, ]\n", {("t", 2): "c"}, "t: [a, b, c, ]\n"),
    "a mapping in brackets": ("t: [a]\n", {("t", 1): {"k": 1}}, "t: [a, {k: 1}]\n"),
    "a mapping in empty brackets": (
        "t: [] # c\nx: 1\n",
        {("t", 0): {"k": 1, "l": [1]}},
        "t: # c\n  - k: 1\n    l:\n      - 1\nx: 1\n",
    ),
    "in a list of a list": ("t:\n  - - a\n    - b\n", {("t", 0, 2): "c"}, "t:\n  - - a\n    - b\n    - c\n"),
    "in a list where nothing was": ("t:\nx: 1\n", {("t", 0): "a"}, "t:\n  - a\nx: 1\n"),
    "in a list behind a dash": ("t:\n  -\n  - a\n", {("t", 0): {"k": 1, "l": 2}}, "t:\n  - k: 1\n    l: 2\n  - a\n"),
    "one item is taken out": ("t:\n  - a\n  - b\n  - c\n", {("t", 1): REMOVE}, "t:\n  - a\n  - c\n"),
    "with all that it holds": (
        "t:\n  - k: 1\n    l:\n      - 2\n  - m: 3\n",
        {("t", 0): REMOVE},
        "t:\n  - m: 3\n",
    ),
    "the last one": ("t:\n  - a\n  - b\n\nx: 1\n", {("t", 1): REMOVE}, "t:\n  - a\n\nx: 1\n"),
    "all of them": ("t: # c\n  - a\n  - b\n\nx: 1\n", {("t", 0): REMOVE, ("t", 1): REMOVE}, "t: [] # c\n\nx: 1\n"),
    "one in brackets": ("t: [a, b, c]\n", {("t", 0): REMOVE}, "t: [b, c]\n"),
    "the last ones in brackets": ("t: [a, b, c]\n", {("t", 1): REMOVE, ("t", 2): REMOVE}, "t: [a]\n"),
    "all in brackets": ("t: [a, b]\n", {("t",): []}, "t: []\n"),
    "the first of a list of a list": ("t:\n  - - a\n    - b\n", {("t", 0, 0): REMOVE}, "t:\n  - - b\n"),
    "one goes, one comes": ("t:\n  - a\n  - b\n", {("t", 1): REMOVE, ("t", 2): "c"}, "t:\n  - a\n  - c\n"),
    "a key is taken out": ("a: 1\nb: 2 # c\nc: 3\n", {("b",): REMOVE}, "a: 1\nc: 3\n"),
    "with its whole value": ("a: 1\nb:\n  - k: 1\n\n  - l: 2\nc: 3\n", {("b",): REMOVE}, "a: 1\nc: 3\n"),
    "the comment above it stays": ("a: 1\n# b\nb: 2\nc: 3\n", {("b",): REMOVE}, "a: 1\n# b\nc: 3\n"),
    "a group goes with its blank line": (
        "a: 1\n\nb:\n  - 2\n\nc: 3\n",
        {("b",): REMOVE},
        "a: 1\n\nc: 3\n",
    ),
    "the last group, too": ("a: 1\n\nb:\n  - 2\n", {("b",): REMOVE}, "a: 1\n"),
    "the key behind a dash": ("t:\n  - a: 1\n    b: 2\n", {("t", 0, "a"): REMOVE}, "t:\n  - b: 2\n"),
    "the first two": (
        "t:\n  - a: 1\n    b: 2\n    c: 3\n",
        {("t", 0, "a"): REMOVE, ("t", 0, "b"): REMOVE},
        "t:\n  - c: 3\n",
    ),
    "all keys of a mapping": ("p:\n  a: 1\n  b: 2\nx: 1\n", {("p",): {}}, "p: {}\nx: 1\n"),
    "all keys behind a dash": ("t:\n  - a: 1\n    b: 2\nx: 1\n", {("t", 0): {}}, "t:\n  - {}\nx: 1\n"),
    "a key in braces": ("p: {a: 1, b: 2}\n", {("p", "a"): REMOVE}, "p: {b: 2}\n"),
    "what is not there": ("a: 1\n", {("b",): REMOVE, ("c", 0): REMOVE}, "a: 1\n"),
    "a list is set, and only what differs is written": (
        "t:\n  - a # 1\n  - 'b' # 2\n  - c # 3\n",
        {("t",): ["a", "d"]},
        "t:\n  - a # 1\n  - 'd' # 2\n",
    ),
    "a longer one": ("t:\n  - a # 1\n", {("t",): ["a", "b"]}, "t:\n  - a # 1\n  - b\n"),
    "a mapping is set": (
        "p:\n  a: 1 # 1\n  b: 2 # 2\n",
        {("p",): {"b": 3, "c": 4}},
        "p:\n  b: 3 # 2\n  c: 4\n",
    ),
    "a list of mappings is set": (
        "images:\n  - url: a.jpg # mine\n    alt: text\n    width: 1\n",
        {("images",): [{"url": "a.jpg", "width": 2}, {"url": "b.jpg"}]},
        "images:\n  - url: a.jpg # mine\n    width: 2\n  - url: b.jpg\n",
    ),
    "far and near at once": (
        "title: x\nimages:\n  - url: a\nrelated:\n  - title: b\n    images: []\n",
        {("title",): "z", ("images", 0): REMOVE, ("related", 0, "images", 0): {"url": "c"}, ("end",): 1},
        "title: z\nimages: []\nrelated:\n  - title: b\n    images:\n      - url: c\nend: 1\n",
    ),
    "a new key right behind what goes": (
        "t:\n  - a\n  - b\n",
        {("t", 1): REMOVE, ("x",): 1},
        "t:\n  - a\nx: 1\n",
    ),
}


@pytest.mark.parametrize(("before", "changes", "after"), EDITS.values(), ids=EDITS.keys())
def test_edited(before, changes, after):
    assert edit(front(before), changes) == front(after)


@pytest.mark.parametrize(("before", "changes", "after"), EDITS.values(), ids=EDITS.keys())
def test_edited_with_other_line_ends(before, changes, after):
    dos = {text: front(text).replace(b"\n", b"\r\n") for text in (before, after)}
    assert edit(dos[before], changes) == dos[after]


@pytest.mark.parametrize(("before", "changes", "after"), EDITS.values(), ids=EDITS.keys())
def test_the_same_edit_a_second_time_changes_nothing(before, changes, after):
    values = {place: value for place, value in changes.items() if value is not REMOVE}
    is_stable = len(values) == len(changes) and not any(value is None for value in values.values())
    assert not is_stable or edit(front(after), values) == front(after)


REFUSED = {
    "a gap": ("t: [a]\n", {("t", 2): "b"}),
    "a gap in a new list": ("a: 1\n", {("t", 1): "b"}),
    "keys and positions": ("a: 1\n", {("t", 0): "b", ("t", "k"): "c"}),
    "a comment between empty brackets": ("t: [ # c\n  ]\n", {("t", 0): "b"}),
    "the only key": ("a: 1\n", {("a",): REMOVE}),
    "a pair in brackets": ("t: [a: 1]\n", {("t", 0, "b"): 1}),
}


@pytest.mark.parametrize(("yaml", "changes"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(yaml, changes):
    with pytest.raises(FrontMatterError):
        edit(front(yaml), changes)


def test_many_blank_lines_between_entries_cost_no_more_than_they_should():
    data = front("a: 1\n" + "\n" * 20_000 + "b: 2\n").replace(b"\n", b"\r\n")
    assert edit(data, {("c",): 3}, order=("a", "c")) == data.replace(b"a: 1\r\n", b"a: 1\r\nc: 3\r\n")
