"""`--format junit`: XML that CI servers read."""

from datetime import timedelta
from pathlib import Path

from lxml import etree

from crawler.line import line

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))


def read(xml):
    root = etree.fromstring(xml.encode("ascii"))
    SCHEMA.assertValid(root)
    return root


def test_a_file_is_a_suite_and_a_link_a_test(reported, found, dead):
    twice = dead("https://a.example/1", ("b.md", 9, "webUrl"), ("a.md", 12, ""))
    living = found("https://a.example/2", "ok", ("b.md", 4, "images[0].url"))
    root = read(reported("junit", twice, living))
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("a.md", "1", "1"),
        ("b.md", "2", "1"),
    ]
    assert [(test.get("classname"), test.get("name"), len(test)) for test in root[1]] == [
        ("b.md:4 images[0].url", "https://a.example/2", 0),
        ("b.md:9 webUrl", "https://a.example/1", 1),
    ]
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "2", "0")


def test_a_dead_link_is_a_failure_with_its_reason(reported, dead):
    finding = dead("https://a.example/1")
    (failure,) = read(reported("junit", finding))[0][0]
    assert (failure.tag, failure.get("type"), failure.get("message")) == (
        "failure",
        "not-found",
        f"dead: {finding.reason}",
    )
    assert failure.text == "a.md:3 webUrl: https://a.example/1"


def test_what_is_not_dead_breaks_no_build(reported, found):
    findings = [found("https://a.example/1", "not-found"), found("https://a.example/2", "blocked")]
    (suite,) = read(reported("junit", *findings))
    assert (suite.get("failures"), suite.get("skipped")) == ("0", "2")
    assert [test[0].tag for test in suite] == ["skipped", "skipped"]
    assert suite[1][0].get("message").startswith("unsure: ")


def test_a_run_has_a_time(reported, found, summary):
    began = summary().began
    root = read(reported("junit", found("https://a.example/"), ended=began + timedelta(minutes=90)))
    assert root.get("time") == "5400.000"
    assert root[0].get("timestamp") == "2026-03-01T12:00:00"


def test_no_link_at_all_is_a_valid_report(reported):
    assert read(reported("junit")).get("tests") == "0"


def test_whatever_others_write_is_text(reported, hostile):
    root = read(reported("junit", *hostile))
    names = {test.get("name") for test in root.iter("testcase")}
    assert names == {line(finding.link.url) for finding in hostile}
    assert {element.tag for element in root.iter()} == {"testsuites", "testsuite", "testcase", "skipped"}
