from datetime import datetime, timedelta

import pytest

from crawler import territory
from crawler.page import Page


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.example.de/", "DE"),
        ("https://example.co.uk/x", "GB"),
        ("https://example.com/", None),
        ("https://example.tv/", None),
        ("https://example.eu/", None),
        ("https://127.0.0.1/", None),
        ("", None),
    ],
)
def test_of_host(url, found):
    assert territory.of_host(url) == found


def test_offsets_follow_the_seasons_and_the_zones_of_a_country():
    assert territory.offsets("DE", datetime.fromisoformat("2024-01-05T00:00")) == {timedelta(hours=1)}
    assert territory.offsets("DE", datetime.fromisoformat("2024-07-05T00:00")) == {timedelta(hours=2)}
    assert len(territory.offsets("US", datetime.fromisoformat("2024-07-05T00:00"))) > 4
    assert territory.offsets("XX", datetime.fromisoformat("2024-07-05T00:00")) == frozenset()


@pytest.mark.parametrize(
    ("html", "url", "locale"),
    [
        ('<html lang="de-AT">', "https://example.com/", "de-AT"),
        ('<html lang="en">', "https://example.co.uk/", "en-GB"),
        ('<html lang="pt_BR">', "https://example.com/", "pt-BR"),
        ('<meta property="og:locale" content="fr_FR">', "https://example.com/", "fr-FR"),
        ("<html>", "https://example.it/", "und-IT"),
        ("<html>", "https://example.com/", "en"),
        ('<html lang="{{ lang }}">', "https://example.com/", "en"),
    ],
)
def test_locale(html, url, locale):
    assert territory.locale(Page(html.encode(), url)) == locale
