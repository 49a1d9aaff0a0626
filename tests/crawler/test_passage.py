"""The longest passage of a page."""

import pytest

from crawler import passage
from crawler.page import Page

A, B, C = "a" * 10, "b" * 20, "c" * 5


def page(body):
    return Page(f"<body>{body}".encode(), url="https://example.org/", content_type="text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("body", "size", "text"),
    [
        (f"<div><p>{A}</p><p>{B}</p></div>", 30, f"{A} {B}"),
        (f"<div><div><p>{A}</p></div><div><p>{B}</p></div></div>", 30, f"{A} {B}"),
        (f"<div><div><h2>x</h2><p>{A}</p></div><div><h2>y</h2><p>{B}</p></div></div>", 20, f"y {B}"),
        (f"<section><p>{A}</p></section><footer><p>{B}</p></footer>", 30, f"{A} {B}"),
        (f"<div><p>{A}<a href='/'>{B}</a></p></div>", 10, f"{A}{B}"),
        (f"<div><h1>{B}</h1><p>{A}</p></div>", 10, f"{B} {A}"),
        (f"<div><script>{B}</script>{C}</div>", 5, C),
        ("", 0, ""),
        (B, 0, ""),
        (f"<div><h2>x</h2>{A}<div>{B}</div></div>", 30, f"x {A} {B}"),
        (f"<div><div><a><h2>x</h2></a><p>{A}</p></div><div><a><h2>y</h2></a><p>{B}</p></div></div>", 20, f"y {B}"),
    ],
)
def test_text_that_stands_together(body, size, text):
    assert passage.size(page(body)) == size
    assert passage.longest(page(body)) == text


@pytest.mark.parametrize("body", [f"<p>{B}</p>", f"<div>{B}</div>", f"<div><p>{A}</p><p>{A}</p></div>"])
def test_a_passage_reaches_so_far(body):
    assert passage.reaches(page(body), 20)
    assert not passage.reaches(page(body), 21)
