from datetime import date

from crawler.page import Page
from crawler.tongue import tongue
from pipelines.dates import hidden

DAY = date(2024, 5, 6)


def evidence(html):
    return [*hidden.find(Page(f"<body>{html}".encode(), "https://example.org/pier"), tongue("en"))]


def found(html):
    return [(item.source, item.value) for item in evidence(html)]


def test_attributes_come_before_scripts_and_these_before_text():
    attribute = '<div data-date="2024-05-06">x</div>'
    script = '<script>var page = {"published_at": "2024-05-07"}</script>'
    text = "<p>8 May 2024</p>"
    assert found(text + script + attribute) == [("attribute data-date", DAY)]
    assert found(text + script) == [("script", date(2024, 5, 7))]
    assert found(text) == [("text", date(2024, 5, 8))]


def test_several_days_of_a_kind_are_those_of_a_list():
    one, other = ('<abbr title="2024-05-06">x</abbr>', '<abbr title="2024-05-07">x</abbr>')
    assert evidence(one + one)[0].confidence > evidence(one + other)[0].confidence


def test_a_script_names_its_dates_in_many_ways():
    for name in ("datePublished", "publishedAt", "published_time", "pubDate", "createdAt", "firstPublicationDate"):
        assert found(f"<script>publish({{{name}: '2024-05-06'}})</script>") == [("script", DAY)]
    assert found("<script>publish({birthDate: '2024-05-06'})</script>") == []


def test_text_anywhere_is_trusted_half():
    (item,) = evidence('<p class="date">6 May 2024</p>')
    assert 0.4 < item.confidence < 0.5


def test_text_in_a_box_far_down_is_hardly_trusted():
    body = "<p>word</p>" * 30 + '<div class="related"><p>6 May 2024</p></div>'
    assert evidence(body)[0].confidence < 0.25
