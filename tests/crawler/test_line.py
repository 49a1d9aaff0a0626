"""A line stays one, whatever others write into it."""

from io import BytesIO, TextIOWrapper

import pytest

from crawler.line import line, lines, redacted, write


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\tb", r"a\tb"),
        ("a\r\nb", r"a\r\nb"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u2028b\x85c\x0bd\x0ce", r"a\u2028b\x85c\x0bd\x0ce"),
        ("https://bank.example/\u202egpj.exe", r"https://bank.example/\u202egpj.exe"),
        ("\udcff", r"\udcff"),
    ],
)
def test_what_ends_a_line_or_moves_a_terminal_is_written_as_an_escape(text, written):
    assert line(text) == written
    assert len(line(text).splitlines()) == 1


@pytest.mark.parametrize("url", ["https://a.example/ä/日本?q=%09#x", r"https://a.example/a\b", "https://a.example/a b"])
def test_a_url_is_written_as_it_was_given(url):
    assert line(url) == url


def test_a_file_that_cannot_hold_a_character_gets_its_escape():
    file = BytesIO()
    out = TextIOWrapper(file, encoding="latin-1")
    write(out, "ä 日")
    assert file.getvalue() == b"\xe4 \\u65e5\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:secret@a.example/b@c", "https://***@a.example/b@c"),
        (
            "redirected to http://token@a.example/, then ftp://u:p%40@b.example",
            "redirected to http://***@a.example/, then ftp://***@b.example",
        ),
        ("https://a.example/@user", "https://a.example/@user"),
        ("https://a.example?mail=a@b.example#c@d", "https://a.example?mail=a@b.example#c@d"),
        ("mail a@b.example", "mail a@b.example"),
    ],
)
def test_passwords_are_not_shown(text, shown):
    assert redacted(text) == shown
    assert line(text) == shown


def test_lines_end_where_we_end_them():
    assert lines("a\n\x1bb\r\nc") == "a\n\\x1bb\\r\nc"
