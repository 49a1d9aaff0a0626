"""What is added looks like the rest of its file."""

import pytest

from crawler.frontmatter import edit

PICTURES = [{"url": "https://e.org/a b.jpg", "width": 640}]
SMARTABLE = """title: "A headline"
webUrl: "https://e.org/1"
type: article
provider:
  name: Al
topics:
  - One Topic
images:
  - url: "https://e.org/a.jpg"
"""
JEKYLL = """title:  'A headline'
tags: [one, two]
links:
    deep:
        er: x
lists:
- a
"""
JSON = """{
  "title": "A headline",
  "tags": ["one"]
}
"""


def front(yaml: str) -> bytes:
    return b"---\n" + yaml.encode() + b"---\nBody.\n"


ADDED = {
    "text is quoted as most text is": (SMARTABLE, {("excerpt",): "Some words"}, 'excerpt: "Some words"\n'),
    "words are plain as most words are": (SMARTABLE, {("kind",): "news"}, "kind: news\n"),
    "a name is as other names are": (SMARTABLE, {("x", "name"): "New Times"}, "x:\n  name: New Times\n"),
    "pictures are as other pictures": (
        SMARTABLE,
        {("cover",): PICTURES},
        'cover:\n  - url: "https://e.org/a b.jpg"\n    width: 640\n',
    ),
    "the usual quote": (JEKYLL, {("x",): "a: b"}, "x: 'a: b'\n"),
    "the usual indentation": (JEKYLL, {("x",): {"k": {"l": 1}}}, "x:\n    k:\n        l: 1\n"),
    "dashes where they usually stand": (
        JEKYLL,
        {("x",): PICTURES},
        "x:\n- url: 'https://e.org/a b.jpg'\n  width: 640\n",
    ),
    "lists in brackets where most are": (JEKYLL.replace("lists:\n- a\n", ""), {("x",): [1, "b"]}, "x: [1, b]\n"),
    "lists in lines where half of them are": (JEKYLL, {("x",): [1, "b"]}, "x:\n- 1\n- b\n"),
    "empty ones": (SMARTABLE, {("x",): [], ("z",): {}}, "x: []\nz: {}\n"),
    "a file without habits": ("a: 1\n", {("x",): {"k": ["b c"]}}, "x:\n  k:\n    - b c\n"),
}


@pytest.mark.parametrize(("before", "changes", "added"), ADDED.values(), ids=ADDED.keys())
def test_added_in_the_habits_of_the_file(before, changes, added):
    assert edit(front(before), changes) == front(before + added)


def test_keys_are_quoted_where_all_are():
    after = '"tags": ["one"],\n  "x": {"k": "l"}\n'
    assert edit(front(JSON), {("x",): {"k": "l"}}) == front(JSON.replace('"tags": ["one"]\n', after))


def test_an_item_is_quoted_as_its_siblings_are():
    before = "title: 'A headline'\nt:\n  - 'a'\n"
    assert edit(front(before), {("t", 1): "b"}) == front(before + "  - 'b'\n")
