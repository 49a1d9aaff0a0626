import pytest

from crawler.charset import to_utf8

GERMAN = "<html><body><p>Grüße aus Österreich: straßenköter, äußerst schön, fünf Öfen.</p></body></html>"
RUSSIAN = "<html><body><p>Съешь ещё этих мягких французских булок, да выпей чаю.</p></body></html>"
JAPANESE = "<html><body><p>日本語の文章です。漢字とかなが混ざっています。</p></body></html>"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (GERMAN.encode(), ""),
        (GERMAN.encode(), "text/html; charset=iso-8859-1"),
        (GERMAN.encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        (GERMAN.encode("utf-16"), ""),
        (GERMAN.encode("latin-1"), "text/html; charset=iso-8859-1"),
        (GERMAN.encode("latin-1"), ""),
    ],
)
def test_the_bytes_are_believed_before_what_is_said_of_them(body, content_type):
    assert "straßenköter, äußerst schön" in to_utf8(body, content_type).decode()


def test_a_page_that_is_not_what_its_header_says_is_read_as_it_says_itself():
    page = JAPANESE.replace("<body>", '<meta charset="shift_jis"><body>').encode("shift_jis")
    assert "漢字とかな" in to_utf8(page, "text/html; charset=utf-8").decode()


def test_what_looks_like_ascii_may_be_iso_2022():
    page = JAPANESE.encode("iso-2022-jp")
    assert page.isascii()
    assert "漢字とかな" in to_utf8(page, "text/html; charset=iso-2022-jp").decode()


def test_cyrillic_that_nobody_declares_is_guessed():
    assert "французских" in to_utf8(RUSSIAN.encode("windows-1251")).decode()


def test_a_few_broken_bytes_do_not_make_another_charset():
    page = (GERMAN * 30).encode()
    broken = page[:-40] + b"\xff" + page[-40:-1]
    assert to_utf8(broken, "text/html; charset=windows-1252").decode().count("Grüße") >= 29


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"\xff\xff\xff", bytes(range(256)), b"\xef\xbb\xbf", b"\x1b$B"])
@pytest.mark.parametrize("content_type", ["", "text/html; charset=nonsense", ";;;", "text/html; charset=utf-16"])
def test_anything_becomes_utf8(body, content_type):
    to_utf8(body, content_type).decode()


@pytest.mark.parametrize(
    "name", ["rot13", "base64", "hex", "undefined", "idna", "punycode", "utf8\0", "", "unicode_escape"]
)
def test_a_charset_that_is_none_of_text_costs_nothing(name):
    assert b"\xef\xbf\xbd" not in to_utf8(b"<p>caf\xe9 cr\xe8me br\xfbl\xe9e</p>", f"text/html; charset={name}")
