"""Addresses that nobody has published, and what they have in common with those that somebody has."""

import re
from random import Random

import pytest

from crawler.sibling import folder, home, is_home, sibling


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("https://a.example/2020/10/pier-opens-today", r"https://a\.example/2020/10/[a-z]{4}-[a-z]{5}-[a-z]{5}\w*"),
        ("https://a.example/news/Pier_12.html", r"https://a\.example/news/[A-Z][a-z]{3}_9\d[a-z]+\.html"),
        ("https://a.example/news/12345", r"https://a\.example/news/2[01]\d{8}"),
        ("https://a.example/news/12345.php", r"https://a\.example/news/2[01]\d{8}\.php"),
        ("https://a.example/about/", r"https://a\.example/[a-z]{12}/"),
        ("https://a.example/%C3%BCber-uns", r"https://a\.example/[a-z]{5}-[a-z]+"),
        ("https://a.example/", r"https://a\.example/[a-z]{12}"),
        ("https://a.example", r"https://a\.example/[a-z]{12}"),
        ("https://a.example/?p=123&lang=en", r"https://a\.example/\?p=2[01]\d{8}&lang=[a-z]{12}"),
        ("https://a.example/story?id=a1", r"https://a\.example/story\?id=[a-z]9[a-z]{11}"),
    ],
)
def test_a_sibling_has_the_shape_of_its_address_and_another_name(url, shape):
    made = {sibling(url, Random(seed)) for seed in range(20)}
    assert [one for one in made if not re.fullmatch(shape, one)] == []
    assert len(made) > 15
    assert url not in made


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://a.example/2020/10/x", "http://a.example/2021/11/y", True),
        ("https://a.example/news/x", "https://a.example/blog/x", False),
        ("https://a.example/news/x", "https://b.example/news/x", False),
        ("https://a.example/story?id=1", "https://a.example/story?id=2", True),
        ("https://a.example/story?id=1", "https://a.example/story", False),
    ],
)
def test_addresses_of_one_folder_are_answered_alike(one, other, is_same):
    assert (folder(one) == folder(other)) is is_same


def test_an_entrance_has_neither_path_nor_query():
    assert home("https://a.example:8080/x?y") == "https://a.example:8080/"
    assert is_home("https://a.example")
    assert is_home("https://a.example/")
    assert not is_home("https://a.example/?p=1")
    assert not is_home("https://a.example/index")
