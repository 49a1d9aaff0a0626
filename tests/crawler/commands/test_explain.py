"""`recrawl explain` as its users run it."""

import json

import pytest


@pytest.fixture
def explain(recrawl, live, tmp_path):
    def explain(*options, **environment):
        return recrawl("explain", tmp_path / "articles", *live, *options, **environment)

    return explain


def fields(result):
    (line,) = result.out.splitlines()
    return {field["field"]: field for field in json.loads(line)["fields"]}


def test_every_field_is_told_of_whether_it_changes_or_not(web, article, record, explain):
    url = web.page("/story", article())
    path = record(url)
    result = explain("--format", "jsonl")
    assert result.status == 0
    told = fields(result)
    names = "url web_url amp amp_cache title excerpt published updated image site domain"
    assert list(told) == names.split()
    assert told["excerpt"]["decision"] == "change"
    assert told["excerpt"]["why"] == "it was cut"
    assert told["excerpt"]["stands"].endswith("on Tuesday after ...")
    assert told["excerpt"]["new"].endswith("two storms.")
    assert told["excerpt"]["place"] == "excerpt"
    assert told["published"] == {
        "field": "published",
        "place": "publishedDateTime",
        "stands": "2020-10-20T17:40:00+00:00",
        "seen": [
            {
                "value": "2020-10-20T17:40:00+00:00",
                "source": "meta articlepublishedtime",
                "confidence": told["published"]["seen"][0]["confidence"],
                "said": "2020-10-20T17:40:00Z",
                "page": url,
                "role": "article",
            }
        ],
        "decision": "keep",
        "why": "nothing proves it wrong",
        "new": None,
    }
    assert json.loads(result.out)["path"] == str(path)


def test_pages_are_told_of_with_what_was_made_of_them_and_why(web, article, record, explain):
    url = web.page("/story", article())
    (page,) = json.loads(explained(record, explain, url).out)["pages"]
    assert (page["url"], page["role"], page["state"]) == (url, "article", "ok")
    assert page["agreement"] == "title agrees, excerpt agrees, day agrees, picture not known, address not stated, body"
    gone = web.page("/gone", "<title>Page not found</title><p>Nothing here.", 200)
    (page,) = json.loads(explained(record, explain, gone).out)["pages"]
    assert page["state"] == "soft-404"
    assert page["evidence"] == ["it says that there is nothing (missing: English)"]
    assert page["agreement"] is None


def explained(record, explain, url):
    record(url)
    return explain("--format", "jsonl")


def test_nothing_is_written(web, article, record, explain, tmp_path):
    record(web.page("/story", article()))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert "changed   it was cut (og:description)" in explain().out
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_people_get_lines_that_stand_under_one_another_and_no_colour_where_no_terminal_is(
    web, article, record, explain
):
    url = web.page("/story", article())
    path = record(url)
    lines = explain().out.splitlines()
    assert lines[:4] == [
        str(path),
        f"  article   {url}",
        "            ok",
        "            title agrees, excerpt agrees, day agrees, picture not known, address not stated, body",
    ]
    start = lines.index("  title")
    assert lines[start : start + 6] == [
        "  title",
        "    stands    New pier opens",
        "    seen      0.83  headline  article  New pier opens",
        "              0.74  og:title  article  New pier opens",
        "              0.60  title     article  New pier opens",
        "    kept      headlines are written only where asked for",
    ]


def test_what_an_editor_wrote_and_what_is_pinned_is_kept_for_that_reason(
    web, article, record, explain, recrawl, live, tmp_path
):
    path = record(web.page("/story", article()))
    folder = path.parent
    recrawl("refresh", folder, *live)
    path.write_text(path.read_text().replace("after four years of work and two storms.", "after ..."))
    assert fields(explain("--format", "jsonl"))["excerpt"]["why"] == "it was changed by hand after recrawl wrote it"
    (folder / "recrawl.yml").write_text("pin: {fields: [excerpt]}")
    assert fields(explain("--format", "jsonl"))["excerpt"]["why"] == "the configuration pins it"


def test_a_file_that_cannot_be_read_is_named_and_costs_no_other(web, article, record, explain, tmp_path):
    record(web.page("/story", article()))
    (tmp_path / "articles/broken.md").write_text("---\ntitle: [\noriginalUrl: x\n---\n")
    result = explain("--format", "jsonl")
    assert result.status == 1
    assert "broken.md" in result.err
    assert fields(result)["excerpt"]["decision"] == "change"


def test_a_page_that_is_gone_is_explained_well(web, record, explain):
    record(web.url("/gone"))
    result = explain()
    assert result.status == 0
    assert "            not-found; status 404" in result.out.splitlines()
    assert "no page was seen to be the article" in result.out


def test_related_entries_are_explained_where_they_are_asked_for(web, article, record, explain):
    path = record(web.page("/story", article()))
    other = web.page("/other", article(title="Old pier closes"))
    entry = f"related:\n  - title: Old pier closes\n    originalUrl: {other}\n"
    path.write_text(path.read_text().replace("type: article\n", entry))
    first, second = (json.loads(line) for line in explain("--related", "--format", "jsonl").out.splitlines())
    assert (first["at"], second["at"]) == ("", "related[0]")
    (excerpt,) = (field for field in second["fields"] if field["field"] == "excerpt")
    assert (excerpt["decision"], excerpt["why"]) == ("change", "there was none")
    assert f"{path} related[0]" in explain("--related").out
