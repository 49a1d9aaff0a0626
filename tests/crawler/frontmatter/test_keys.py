"""A key that is missing goes where it usually stands."""

import pytest

from crawler.errors import FrontMatterError
from crawler.frontmatter import edit

ORDER = ("title", "date", "url", "type", "provider", "name", "domain", "topics", "images", "related")


def front(yaml: str) -> bytes:
    return b"---\n" + yaml.encode() + b"---\nBody.\n"


PLACED = {
    "behind the nearest key before it": (
        "title: x\nurl: y\ntype: z\n",
        {("date",): 1},
        "title: x\ndate: 1\nurl: y\ntype: z\n",
    ),
    "not counting those that are missing": (
        "title: x\ntype: z\n",
        {("provider",): 1},
        "title: x\ntype: z\nprovider: 1\n",
    ),
    "before the nearest key behind it": ("other: 0\nurl: y\n", {("title",): 1}, "other: 0\ntitle: 1\nurl: y\n"),
    "behind all where neither stands": ("other: 0\nmore: 1\n", {("title",): 1}, "other: 0\nmore: 1\ntitle: 1\n"),
    "behind all where nothing is usual": ("title: x\nurl: y\n", {("zebra",): 1}, "title: x\nurl: y\nzebra: 1\n"),
    "several in their own order": (
        "title: x\nend: 1\n",
        {("url",): "u", ("zebra",): 1, ("date",): 2},
        "title: x\ndate: 2\nurl: u\nend: 1\nzebra: 1\n",
    ),
    "behind the whole of a value": (
        "url:\n  - a:\n      b: 1\n      c: 2\nend: 1\n",
        {("type",): 1},
        "url:\n  - a:\n      b: 1\n      c: 2\ntype: 1\nend: 1\n",
    ),
    "behind lines that go on": (
        "title: x\n  y\n  z\nend: 1\n",
        {("date",): 1},
        "title: x\n  y\n  z\ndate: 1\nend: 1\n",
    ),
    "behind the comment of its line": ("title: x # c\nend: 1\n", {("date",): 1}, "title: x # c\ndate: 1\nend: 1\n"),
    "behind deeper comments": (
        "url:\n  - a\n  # - b\n\n  # - c\n# end\nend: 1\n",
        {("type",): 1},
        "url:\n  - a\n  # - b\n\n  # - c\ntype: 1\n# end\nend: 1\n",
    ),
    "before the comments of the next key": (
        "# about\n\n# the url\n# of it\nurl: y\n",
        {("title",): 1},
        "# about\n\ntitle: 1\n# the url\n# of it\nurl: y\n",
    ),
    "in its group": ("title: x\n\nurl: y\n", {("date",): 1}, "title: x\ndate: 1\n\nurl: y\n"),
    "as a group among groups": (
        "title: x\n\nprovider:\n  name: Al\n\nrelated:\n  - a\n",
        {("topics",): ["t"], ("type",): 1},
        "title: x\ntype: 1\n\nprovider:\n  name: Al\n\ntopics:\n  - t\n\nrelated:\n  - a\n",
    ),
    "as a group before groups": (
        "other: 0\n\ntopics:\n  - a\n\nrelated:\n  - a\n",
        {("provider",): {"name": "Al"}},
        "other: 0\n\nprovider:\n  name: Al\n\ntopics:\n  - a\n\nrelated:\n  - a\n",
    ),
    "in a mapping below": (
        "provider:\n    name: Al\nend: 1\n",
        {("provider", "domain"): "d"},
        "provider:\n    name: Al\n    domain: d\nend: 1\n",
    ),
    "in a mapping of a list": (
        "related:\n  - title: a\n    type: t\n  - title: b\n",
        {("related", 0, "url"): "u", ("related", 1, "url"): "u"},
        "related:\n  - title: a\n    url: u\n    type: t\n  - title: b\n    url: u\n",
    ),
    "before the key behind a dash": (
        "related:\n  - url: u\n    type: t\n",
        {("related", 0, "title"): "a"},
        "related:\n  - title: a\n    url: u\n    type: t\n",
    ),
    "in braces": ("provider: {name: Al}\n", {("provider", "domain"): "a.b"}, 'provider: {name: Al, domain: "a.b"}\n'),
    "first in braces": ("provider: {domain: d}\n", {("provider", "name"): "Al"}, "provider: {name: Al, domain: d}\n"),
    "in empty braces": ("provider: {}\n", {("provider", "name"): "Al"}, "provider: {name: Al}\n"),
    "in JSON": ('{"title": "x",\n "url": "y"}\n', {("date",): 1}, '{"title": "x",\n "date": 1,\n "url": "y"}\n'),
    "below a key that is empty": (
        "provider: # c\nend: 1\n",
        {("provider", "name"): "Al"},
        "provider: # c\n  name: Al\nend: 1\n",
    ),
    "below a key that is missing": (
        "title: x\ntopics:\n- a\n",
        {("provider", "domain"): "d", ("provider", "name"): "Al"},
        "title: x\nprovider:\n  name: Al\n  domain: d\ntopics:\n- a\n",
    ),
    "in nothing at all": ("", {("url",): "u", ("title",): "t"}, "title: t\nurl: u\n"),
    "below a comment": ("# nothing yet\n", {("topics", 0): "t"}, "# nothing yet\ntopics:\n  - t\n"),
    "a key that is no plain word": ("title: x\n", {("a: b",): 1, ("yes",): 2}, 'title: x\n"a: b": 1\n"yes": 2\n'),
    "an empty value": ("title: x\n", {("date",): None}, "title: x\ndate:\n"),
}


@pytest.mark.parametrize(("before", "changes", "after"), PLACED.values(), ids=PLACED.keys())
def test_placed(before, changes, after):
    assert edit(front(before), changes, order=ORDER) == front(after)


@pytest.mark.parametrize(("before", "changes", "after"), PLACED.values(), ids=PLACED.keys())
def test_placed_with_other_line_ends(before, changes, after):
    dos = {text: front(text).replace(b"\n", b"\r\n") for text in (before, after)}
    assert edit(dos[before], changes, order=ORDER) == dos[after]


def test_a_key_is_not_added_among_positions_nor_a_position_among_keys():
    with pytest.raises(FrontMatterError, match="positions instead of keys"):
        edit(front("a: [1]\n"), {("a", "b"): 1})
    with pytest.raises(FrontMatterError, match="keys instead of positions"):
        edit(front("a: {b: 1}\n"), {("a", 0): 1})


def test_other_keys_in_place_of_all():
    assert edit(front("p:\n  a: 1\n  b: 2 # c\nq: 1\n"), {("p",): {"x": 1, "yy": {"z": 2}}}) == front(
        "p:\n  x: 1\n  yy:\n    z: 2 # c\nq: 1\n"
    )
    assert edit(front("p: {a: 1, b: 2}\n"), {("p",): {"x": 1}}) == front("p: {x: 1}\n")
