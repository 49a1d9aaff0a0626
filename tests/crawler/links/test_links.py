"""What files hold: every URL, its line, its key path, and what it is to the record."""

import pytest

from crawler.config import Config
from crawler.errors import FrontMatterError
from crawler.links import ALL, Part, mentions

RECORD = """---
title: "Pier opens"
publishedDateTime: 2020-10-20T17:40:00Z
originalUrl: "https://a.example/story"
webUrl: https://www.a.example/story
ampWebUrl: "https://a.example/story/amp"
cdnAmpWebUrl: "https://a-example.cdn.ampproject.org/c/s/a.example/story/amp"
images:
  - url: "https://a.example/pier.jpg"
    width: 100
related:
  - title: "Ferry"
    webUrl: "https://b.example/ferry"
    images:
      - url: "https://b.example/cover"
source:
  feed: https://a.example/feed   # where it came from
logo: https://a.example/logo.png
bad: "http://"
local: /about
---

See [the plan](https://c.example/plan).
"""


@pytest.fixture
def found(tmp_path):
    def found(text, *parts, name="a.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return [
            (one.spot.line, one.spot.place, str(one.role), one.url) for one in mentions(path, Config(), parts or ALL)
        ]

    return found


def test_every_url_of_a_record_has_its_line_its_key_path_and_its_role(found):
    assert found(RECORD) == [
        (4, "originalUrl", "article", "https://a.example/story"),
        (5, "webUrl", "web", "https://www.a.example/story"),
        (6, "ampWebUrl", "amp", "https://a.example/story/amp"),
        (7, "cdnAmpWebUrl", "amp-cache", "https://a-example.cdn.ampproject.org/c/s/a.example/story/amp"),
        (9, "images[0].url", "image", "https://a.example/pier.jpg"),
        (13, "related[0].webUrl", "related", "https://b.example/ferry"),
        (15, "related[0].images[0].url", "image", "https://b.example/cover"),
        (17, "source.feed", "link", "https://a.example/feed"),
        (18, "logo", "image", "https://a.example/logo.png"),
        (19, "bad", "link", "http://"),
        (23, "", "link", "https://c.example/plan"),
    ]


@pytest.mark.parametrize(
    ("part", "lines"),
    [(Part.ARTICLE, [4]), (Part.WEB, [5]), (Part.AMP, [6]), (Part.AMP_CACHE, [7]), (Part.IMAGES, [9, 18]),
     (Part.RELATED, [13, 15]), (Part.LINKS, [17, 19]), (Part.BODY, [23])],
)  # fmt: skip
def test_parts_can_be_taken_alone(part, lines, found):
    assert [line for line, *_ in found(RECORD, part)] == lines


def test_a_file_without_our_fields_is_read_all_the_same(found):
    assert found("---\nname: Docs\nsee:\n- https://a.example/1\n- text\n- {at: 'https://a.example/2'}\n---\n") == [
        (4, "see[0]", "link", "https://a.example/1"),
        (6, "see[2].at", "link", "https://a.example/2"),
    ]


def test_a_whole_file_of_yaml_is_read(found):
    assert found("a: 1\nhome: https://a.example/\n", name="data.yml") == [(2, "home", "link", "https://a.example/")]


def test_the_lines_of_toml_are_found(found):
    assert found('+++\ntitle = "x"\nhome = "https://a.example/"\n+++\n') == [(3, "home", "link", "https://a.example/")]


def test_a_text_without_front_matter_has_only_a_body(found):
    assert found("# Title\n\nhttps://a.example/\n") == [(3, "", "link", "https://a.example/")]
    assert found("# Title\n\nhttps://a.example/\n", *(ALL - {Part.BODY})) == []


def test_a_file_whose_front_matter_cannot_be_read_is_an_error_with_its_line(found):
    with pytest.raises(FrontMatterError, match=r"a\.md:4"):
        found("---\na: 1\nb: [\n---\n")
