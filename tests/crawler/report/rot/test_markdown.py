"""`--format markdown`: read back with a Markdown parser, as GitHub would."""

import pytest
from markdown_it import MarkdownIt

from crawler.line import line
from crawler.report.rot import markdown
from crawler.report.rot.markdown import LONGEST, code
from crawler.url import is_web

PARSER = MarkdownIt("commonmark").enable("table")


def inline(text):
    """Return the tokens of the cells of all tables of links, a row a list of cells."""
    rows, in_body = [], False
    for token in PARSER.parse(text):
        in_body = in_body or token.type == "tbody_open"
        if token.type == "tbody_close":
            in_body = False
        if in_body and token.type == "tr_open":
            rows.append([])
        if in_body and token.type == "inline":
            rows[-1].append(token.children)
    return rows


def shown(tokens):
    return "".join(token.content for token in tokens if token.type in {"text", "code_inline"})


def links(text):
    """Return where the link of each finding leads, and what it shows."""
    rows = [row for row in inline(text) if len(row) == 3 and any(token.type == "code_inline" for token in row[0])]
    hrefs = ([token.attrs["href"] for token in row[1] if token.type == "link_open"] for row in rows)
    return [(list(href), shown(row[1])) for href, row in zip(hrefs, rows, strict=True)]


def test_the_numbers_come_first(reported, dead, found):
    text = reported(
        "markdown", dead("https://example.com/1"), *(found(f"https://example.org/{n}", "ok") for n in range(2))
    )
    assert text.startswith(
        "## Links: 1 dead, 2 alive\n"
        "\n"
        "| | links | what was observed |\n"
        "|---|--:|---|\n"
        "| **dead** | 1 | 1 not-found |\n"
        "| **alive** | 2 | 2 ok |\n"
        "\n"
        "Sites with the most dead links: `example.com` 1 dead.\n"
    )


def test_a_row_says_where_what_and_why(reported, dead):
    finding = dead("https://a.example/1", ("a.md", 7, "webUrl"), ("b.md", 9, ""), better="https://b.example/")
    assert (
        "| `a.md:7 webUrl` and 1 more | [`https://a.example/1`](<https://a.example/1>)"
        f"<br>now at [`https://b.example/`](<https://b.example/>) | **not-found**<br>`{finding.reason}` |\n"
    ) in reported("markdown", finding)


def test_only_what_is_dead_is_open_and_the_living_are_left_out(reported, dead, found):
    text = reported("markdown", dead("https://a.example/1"), found("https://a.example/2", "ok"), found("x", "blocked"))
    assert "<details open><summary><b>Dead</b> (1)</summary>\n\n|" in text
    assert "<details><summary><b>Cannot be told</b> (1)</summary>\n\n|" in text
    assert "a.example/2" not in text


def test_no_more_rows_are_written_than_a_comment_holds(reported, dead):
    text = reported("markdown", *(dead(f"https://a.example/{number}") for number in range(1000)))
    assert markdown.ROOM * 0.9 < len(text) < 65_536
    rows = text.count("| `a.md:3 webUrl` |")
    assert f"… and {1000 - rows} more: `--format html` shows all." in text


def test_whatever_others_write_is_text(reported, hostile):
    text = reported("markdown", *hostile)
    tokens = PARSER.parse(text)
    blocks = {token.content.strip() for token in tokens if token.type == "html_block"}
    assert all(block.startswith(("<details", "</details>")) for block in blocks)
    spans = [child for token in tokens for child in token.children or ()]
    assert {child.content for child in spans if child.type == "html_inline"} <= {"<br>"}
    assert not any(child.type in {"image", "em"} for child in spans)


def test_a_link_shows_and_leads_to_what_was_given(reported, hostile):
    found = links(reported("markdown", *hostile))
    assert len(found) == 27  # 11 failing, 11 unsure, and 5 of the living that should be others
    assert all(href.startswith("https://") for hrefs, _ in found for href in hrefs)
    urls = {line(finding.link.url) for finding in hostile}
    assert {text.partition("now at ")[0] for _, text in found} == {
        url.replace("|", r"\|") if False else url for url in urls
    }
    addresses = [finding.link.url for finding in hostile if finding.life != "alive" or finding.better]
    addresses += [finding.better for finding in hostile]
    assert sum(len(hrefs) for hrefs, _ in found) == sum(map(is_web, addresses))


@pytest.mark.parametrize("text", ["a", "`", "``a`", " a ", "a`b``c", "a|b", "*a* <b> [c](d)", "@all #1"])
def test_a_code_span_shows_a_text_as_it_is(text):
    (row,) = inline(f"| x |\n|---|\n| {code(text)} |\n")
    assert [(token.type, token.content) for token in row[0]] == [("code_inline", text)]


def test_a_long_text_is_cut():
    assert len(code("a" * 1000)) == LONGEST + 2
