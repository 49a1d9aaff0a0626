"""The links of Markdown and HTML bodies, and the lines on which they stand, from 0."""

import pytest

from crawler.links.body import Reference, references


def found(text, **options):
    return [(one.line, one.url) for one in references(text, **options)]


def test_links_autolinks_and_bare_urls_are_links():
    text = "See [one](https://a.example/x)\nand https://b.example/y?z=1, then\n<https://c.example>.\n"
    assert found(text) == [(0, "https://a.example/x"), (1, "https://b.example/y?z=1"), (2, "https://c.example")]


def test_images_are_told_from_links():
    assert list(references("[![alt](https://a.example/i.png)](https://a.example/)")) == [
        Reference("https://a.example/", 0),
        Reference("https://a.example/i.png", 0, is_image=True),
    ]


def test_a_url_is_returned_as_it_is_written():
    text = "[a](https://a.example/%7Eé_(x)) [b](<https://b.example/a b>) ![c](https://c.example/ü.png)"
    assert [url for _, url in found(text)] == [
        "https://a.example/%7Eé_(x)",
        "https://b.example/a b",
        "https://c.example/ü.png",
    ]


def test_a_url_that_is_named_is_found_where_it_is_defined():
    text = (
        "One [link][name],\nand [name] again.\n\n[name]: https://a.example/defined\n[other]: https://a.example/unused\n"
    )
    assert found(text) == [(3, "https://a.example/defined")] * 2


def test_the_same_url_twice_is_on_two_lines():
    assert found("https://a.example/x\nhttps://a.example/x\n") == [
        (0, "https://a.example/x"),
        (1, "https://a.example/x"),
    ]


def test_lists_tables_and_quotes_have_their_lines():
    lists = "- [a](https://a.example/1)\n  [b](https://a.example/2)\n\n"
    table = "| t |\n|---|\n| [c](https://a.example/3) |\n\n"
    quote = "> x\n> [d](https://a.example/4)\n"
    wanted = [(0, 1), (1, 2), (5, 3), (8, 4)]
    assert found(lists + table + quote) == [(line, f"https://a.example/{number}") for line, number in wanted]


def test_html_in_markdown_is_read():
    block = '<div>\n<a href="https://a.example/?x&amp;y">x</a>\n<img src="https://a.example/i.png">\n</div>\n\n'
    inline = 'in <a href="https://a.example/in">line</a>\n'
    assert found(f"A\n\n{block}{inline}") == [
        (3, "https://a.example/?x&y"),
        (4, "https://a.example/i.png"),
        (7, "https://a.example/in"),
    ]


@pytest.mark.parametrize(
    "text",
    ["`https://a.example`", "```\nhttps://a.example\n```", "    https://a.example", "<!-- https://a.example -->",
     "[a](/local) [b](#part) [c](mailto:a@b.example)"],
)  # fmt: skip
def test_what_is_no_link_to_the_web_is_left_out(text):
    assert found(text) == []


def test_an_html_file_is_read_as_html():
    text = "<p>\n<a href='https://a.example/1'>x</a> https://a.example/text\n<area href=https://a.example/2>"
    assert found(text, is_markup=True) == [(1, "https://a.example/1"), (2, "https://a.example/2")]
