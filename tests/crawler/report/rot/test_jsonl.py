"""`--format jsonl`: one object a link, always with the same keys."""

import json
import sys
from io import BytesIO, TextIOWrapper

import pytest

from crawler.report.rot import report


@pytest.fixture
def written(capsys):
    def written(*findings):
        made = report("jsonl", sys.stdout)
        for finding in findings:
            made.finding(finding)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return written


def test_an_object_says_all_that_is_known_of_a_link(written, found):
    spots = [("a.md", 3, "related[1].webUrl"), ("urls.txt", 9, "")]
    before = [("timeout", 4)]
    (said,) = written(found("https://a.example/x", "gone", *spots, before=before, evidence=("410",), role="related"))
    assert said == {
        "url": "https://a.example/x",
        "role": "related",
        "state": "gone",
        "verdict": "failing",
        "final_url": "",
        "reason": f"410; {said['rule']}",
        "evidence": ["410"],
        "rule": "gone, for sale or without a name, 1 of 2 times that count, dead on 2026-03-08 at the earliest",
        "because": [
            {"at": "2026-02-25T12:00:00+00:00", "state": "timeout", "detail": ""},
            {"at": "2026-03-01T12:00:00+00:00", "state": "gone", "detail": ""},
        ],
        "since": "2026-02-25T12:00:00+00:00",
        "better": None,
        "spots": [
            {"path": "a.md", "line": 3, "place": "related[1].webUrl"},
            {"path": "urls.txt", "line": 9, "place": None},
        ],
    }


def test_keys_are_the_same_for_every_link(written, found, dead):
    moved = found("https://a.example/", "moved-permanently", better="https://a.example/new")
    living, gone = written(moved, dead("https://a.example/"))
    assert living.keys() == gone.keys()
    assert living["better"] == "https://a.example/new"


def test_any_encoding_can_hold_a_line(found):
    file = BytesIO()
    out = TextIOWrapper(file, encoding="ascii")
    report("jsonl", out).finding(found("https://a.example/日\u2028\n"))
    assert json.loads(file.getvalue())["url"] == "https://a.example/日\u2028\n"
    assert file.getvalue().count(b"\n") == 1
