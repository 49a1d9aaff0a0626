"""Quoting: checked against two readers that know nothing of each other, PyYAML (1.1) and ruamel.yaml (1.2)."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from crawler.frontmatter import quoting

AWKWARD = [
    "", " ", "x ", " x", "Yes", "no", "ON", "y", "N", "null", "Null", "~", "true", "FALSE", "1", "-1", "1_000",
    "1,000", "010", "0o10", "0x1F", "1e3", "e1", "E12", "1.5", ".5", ".inf", ".nan", "12:30:45", "2020-10-20",
    "2020-1-2", "=", "<<", ":sym", "- a", "-", "? a", "a: b", "a:", ":", "a #b", "#a", "a#b", "&a", "*a", "!a",
    "|", ">", "'", '"', "'a'", "\"a\"", "it's", "%a", "@a", "`a", "{a}", "[a]", "a, b", "a]", "{{ x }}", "a\tb",
    "\ta", "a\nb", "a\n", "\n", "a\r\nb", "\\", "\\n", "C:\\new", "\x00", "\x07", "\x1b", "\x7f", "\x85", "a\x85b",
    "\xa0", "a\xa0b", "\u2028", "a\u2029b", "\ufeff", "a\ufeffb", "\ufffe", "\uffff", "é", "日本語", "😀", "a😀", "---",
    "...", "+++", "--- a", "a --- b", "\u200b", "\u202e", "ª", "𝒳",
]  # fmt: skip


def readers(written: str) -> list[object]:
    document = f"a: {written}\n"
    return [yaml.safe_load(document)["a"], YAML(typ="safe", pure=True).load(document)["a"]]


@pytest.mark.parametrize("style", ["", "'", '"'])
@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_strings_read_back(text, style):
    assert readers(quoting.string(text, style, usual='"', flow=False)) == [text, text]


@given(st.text(), st.sampled_from(["", "'", '"']), st.sampled_from(["'", '"']))
def test_any_string_reads_back(text, style, usual):
    assert readers(quoting.string(text, style, usual=usual, flow=False)) == [text, text]


@given(st.lists(st.text(), min_size=1), st.sampled_from(["", "'", '"']))
def test_any_strings_read_back_inside_of_brackets(texts, style):
    written = ", ".join(quoting.string(text, style, usual="'", flow=True) for text in texts)
    assert readers(f"[{written}]") == [texts, texts]


@pytest.mark.parametrize(
    "text", ["A short headline", "Überraschung für alle", "https://e.org/?a#b", "half off (50%)", "it's", "a:b"]
)
def test_plain_words_stay_plain(text):
    assert quoting.string(text, "", usual='"', flow=False) == text


@pytest.mark.parametrize(("text", "written"), [("it's", "'it''s'"), ("a\tb", '"a\\tb"'), ("\u2028", '"\\u2028"')])
def test_single_quotes_stay_unless_a_character_needs_an_escape(text, written):
    assert quoting.string(text, "'", usual='"', flow=False) == written


@given(st.text(), st.sampled_from(["|", ">", "|-", ">+", "|2-"]))
def test_a_block_reads_back_or_is_not_written(text, header):
    written = quoting.block(text, f"{header}  # why\n    old text\n  that was wrapped", "\n")
    if written is not None:
        assert written.startswith(header[0])
        assert readers(written) == [text, text]


def test_a_folded_block_is_wrapped_as_it_was():
    old = ">\n  some words are here and\n  then some more"
    new = quoting.block("some words are here and then some more of them follow\n", old, "\n")
    assert new == ">\n  some words are here and\n  then some more of them\n  follow"


def test_a_folded_block_of_one_line_stays_one():
    assert quoting.block("some words that are longer\n", ">-\n  words", "\n") == ">\n  some words that are longer"


def test_the_comment_behind_a_header_stays():
    assert quoting.block("new\n", "| # why\r\n  old", "\r\n") == "| # why\r\n  new"
