"""`--format tsv`: five fields a link, whatever is in them."""

from io import StringIO

import pytest

from crawler.report.rot import report


@pytest.fixture
def lines():
    def lines(*findings):
        out = StringIO()
        made = report("tsv", out)
        for finding in findings:
            made.finding(finding)
        return [line.split("\t") for line in out.getvalue().split("\n")[:-1]]

    return lines


def test_a_line_has_state_verdict_url_final_url_and_reason(lines, found):
    living = found("https://a.example/x", "moved-permanently", evidence=("301",), final="https://a.example/y")
    missing = found("https://a.example/z", "not-found", evidence=("404", "no wall"))
    assert lines(living, missing) == [
        ["moved-permanently", "alive", "https://a.example/x", "https://a.example/y", "301; seen alive"],
        [
            *("not-found", "failing", "https://a.example/z", ""),
            "404; no wall; not there, 1 of 3 times that count, dead on 2026-03-08 at the earliest",
        ],
    ]


def test_a_hostile_field_stays_one_field(lines, found):
    hostile = found(
        "https://a.example/\tx\n", evidence=("title: a\tb\r\nc\x1b[2J\u2028d",), final="https://a.example/\t"
    )
    (fields,) = lines(hostile)
    assert len(fields) == 5
    assert fields[2:4] == [r"https://a.example/\tx\n", r"https://a.example/\t"]
    assert fields[4].startswith(r"title: a\tb\r\nc\x1b[2J\u2028d; ")


def test_a_line_is_written_as_soon_as_it_is_known(found, tmp_path):
    with (tmp_path / "out").open("w") as out:
        report("tsv", out).finding(found("https://a.example/"))
        assert (tmp_path / "out").read_text().count("\n") == 1


def test_the_summary_is_in_no_programs_way(summary, found, capsys):
    report("tsv", out := StringIO()).end(summary(found("https://a.example/", "ok")))
    assert out.getvalue() == ""
    assert capsys.readouterr().err == "1 link, 1 alive\n"
    report("tsv", out, quiet=True).end(summary())
    assert capsys.readouterr().err == ""
