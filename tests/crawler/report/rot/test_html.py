"""`--format html`: one page for a person, which nothing of others can take over."""

import hashlib
import re
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from lxml import html

from crawler.census import Event
from crawler.line import line
from crawler.report.rot.html import MARKS


@pytest.fixture
def page(reported):
    def page(*findings, **more):
        return html.document_fromstring(reported("html", *findings, **more))

    return page


def text(element):
    return " ".join(element.text_content().split())


def rows(page):
    return page.xpath("//ol[@id='rows']/li")


def test_a_row_says_what_where_and_why(page, dead):
    finding = dead("https://a.example/1", ("a.md", 7, "images[0].url"), final="https://a.example/404")
    (row,) = rows(page(finding))
    assert row.get("class") == "dead"
    assert text(row.find_class("verdict")[0]) == "deadnot-found"
    assert text(row.find_class("url")[0]) == "https://a.example/1"
    assert text(row.find_class("reason")[0]) == finding.reason
    assert text(row.find_class("final")[0]) == "Answered from https://a.example/404"
    assert text(row.find_class("spots")[0]) == "a.md:7 images[0].url"


def test_a_link_that_should_be_another_says_which(page, found):
    (row,) = rows(page(found("https://a.example/1", "moved-permanently", better="https://b.example/")))
    assert text(row.find_class("better")[0]) == "Should be https://b.example/"


def test_every_look_is_told_and_the_newest_are_marks(page, found):
    before = [("ok", 40), ("ok", 30), ("blocked", 20), ("not-found", 1)]
    (row,) = rows(page(found("https://a.example/1", "not-found", before=before)))
    (marks,) = row.find_class("marks")
    assert text(marks) == "Looks, oldest first: 2 alive, 1 told nothing, 2 struck●●○✕✕"
    assert [text(look) for look in row.find_class("looks")[0]][:3] == [
        "2026-01-20 ok",
        "2026-01-30 ok",
        "2026-02-09 blocked",
    ]
    (row,) = rows(page(found("https://a.example/1", "ok", before=[("ok", ago) for ago in range(1, 60)])))
    assert row.find_class("marks")[0].text_content().count("●") == MARKS
    assert len(row.find_class("looks")[0]) == 60


def test_the_worst_come_first_and_sites_stand_together(page, found, dead):
    findings = [
        found("https://b.example/1", "ok"),
        found("https://a.example/2", "blocked"),
        dead("https://b.example/3"),
        dead("https://a.example/4"),
        dead("https://b.example/5"),
    ]
    urls = [text(row.find_class("url")[0]) for row in rows(page(*findings))]
    assert [url[-1] for url in urls] == ["4", "3", "5", "2", "1"]


def test_the_numbers_are_those_of_the_summary(page, found, dead):
    made = page(dead("https://example.com/1", ("b.md", 3, "")), found("https://example.com/2", "ok"))
    lives = [(text(item[0]), text(item[1])) for item in made.find_class("lives")[0]]
    assert lives == [("1", "dead"), ("0", "failing"), ("0", "unsure"), ("1", "alive")]
    tables = [[text(row) for row in table.xpath("tbody/tr")] for table in made.xpath("//table")]
    assert tables == [["not-found dead1", "ok alive1"], ["example.com1"], ["b.md1"]]


def test_what_befell_many_links_and_what_went_wrong_is_told(page):
    event = Event("a.example", 3, 4, "timeout", datetime(2026, 3, 1, tzinfo=UTC), is_suspect=True)
    made = page(events=(event,), interrupted=True)
    assert text(made.find_class("note")[0]) == str(event)
    assert "interrupted" in text(made.find_class("when")[0])
    assert "Nothing was looked at." in text(made.get_element_by_id("shown"))


def hashed(element):
    return f"'sha256-{b64encode(hashlib.sha256(element.text.encode()).digest()).decode()}'"


def test_the_policy_lets_in_nothing_but_what_is_ours(page, dead):
    made = page(dead("https://a.example/1"))
    (policy,) = made.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,), (script,) = made.xpath("//style"), made.xpath("//script")
    assert policy == (
        f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert made.xpath("//@src | //link | //@style | //base | //iframe | //object | //embed | //img") == []
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_whatever_others_write_is_text(page, hostile, dead):
    ours = page(dead("https://a.example/1", better="https://b.example/", final="https://c.example/"))
    made = page(*hostile, *hostile)
    assert {element.tag for element in made.iter()} <= {element.tag for element in ours.iter()} | {
        "svg",
        "rect",
        "span",
    }
    attributes = {name for element in made.iter() for name in element.attrib}
    assert attributes <= {name for element in ours.iter() for name in element.attrib}
    assert len(rows(made)) == 66
    shown = {row.find_class("url")[0].text_content().strip() for row in rows(made)}
    assert shown == {line(finding.link.url) or "(empty)" for finding in hostile}


def test_a_link_leads_to_the_web_or_nowhere(page, hostile):
    hrefs = page(*hostile).xpath("//a/@href")
    assert hrefs
    assert all(href.startswith("https://") for href in hrefs)
    assert {tuple(link.get("rel").split()) for link in page(*hostile).xpath("//a")} == {
        ("noopener", "noreferrer", "nofollow")
    }


def test_the_page_reads_the_same_in_every_encoding(reported, found):
    written = reported("html", found("https://a.example/日本", evidence=["ähm"]))
    assert written.isascii()
    assert "https://a.example/日本" in html.document_fromstring(written).text_content()


def test_every_control_has_a_label_and_every_heading_its_place(page, dead):
    made = page(dead("https://a.example/1"))
    controls = made.xpath("//input | //select")
    assert len(controls) == 8
    assert all(control.xpath("ancestor::label") for control in controls)
    assert [heading.tag for heading in made.xpath("//h1 | //h2 | //h3")] == ["h1", "h2", "h2", "h2"]
    assert len(made.xpath("//main | //header | //footer")) == 3
    assert made.get("lang") == "en"


def colours(style, name):
    """Return a colour of the light and of the dark page."""
    return re.findall(rf"--{name}: (#[0-9a-f]{{6}})", style)


def brightness(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["text", "muted", "link", "dead", "failing", "unsure", "alive"])
def test_colours_stand_out_from_their_ground(page, name):
    """4.5 to 1, by WCAG 2.2, criterion 1.4.3."""
    style = page().xpath("//style")[0].text
    for ground in ("ground", "card"):
        for one, other in zip(colours(style, name), colours(style, ground), strict=True):
            dark, light = sorted([brightness(one), brightness(other)])
            assert (light + 0.05) / (dark + 0.05) >= 4.5
