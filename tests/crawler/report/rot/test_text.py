"""`--format text`: what a person sees."""

from io import StringIO

import pytest

from crawler.report.rot import report, text


@pytest.fixture
def printed(summary):
    def printed(*findings, at_end=False, **manner):
        out = StringIO()
        made = report("text", out, **manner)
        for finding in findings:
            made.finding(finding)
        said = out.getvalue()
        made.end(summary(*findings))
        return out.getvalue()[len(said) :] if at_end else said

    return printed


def test_what_does_not_live_is_told_as_it_is_found(printed, found):
    findings = [found("https://a.example/1", "ok"), found("https://a.example/2", "blocked", evidence=("cf-ray",))]
    assert printed(*findings) == ("unsure  blocked            https://a.example/2  cf-ray; not told in 1 of 5 looks\n")


def test_verbose_tells_of_the_living_too(printed, found):
    assert printed(found("https://a.example/1", "ok", evidence=()), verbose=True) == (
        "alive   ok                 https://a.example/1  seen alive\n"
    )


def test_the_end_tells_what_to_mend_by_file_and_line(printed, dead, found):
    twice = dead("https://a.example/2", ("b.md", 7, "images[0].url"), ("a.md", 12, "webUrl"))
    moved = found("https://a.example/3", "gone", ("a.md", 4, ""), better="https://b.example/3")
    said = printed(twice, moved, found("https://a.example/4", "blocked"), at_end=True)
    assert said.split("\n\n")[0] == (
        "\na.md\n"
        "  4: failing (gone)\n"
        "      https://a.example/3\n"
        f"      {moved.reason}\n"
        "      now at https://b.example/3\n"
        "  12: webUrl dead (not-found)\n"
        "      https://a.example/2\n"
        f"      {twice.reason}"
    )
    assert "\nb.md\n  7: images[0].url dead (not-found)\n" in said
    assert "blocked)" not in said


def test_the_end_tells_the_numbers(printed, dead, found):
    findings = [dead("https://a.example/2"), *(found(f"https://b.example/{n}", "blocked") for n in range(3))]
    assert printed(*findings, at_end=True).endswith(
        "\n"
        "dead           1  1 not-found\n"
        "unsure         3  3 blocked\n"
        "\n"
        "a.example: 1 dead\n"
        "b.example: 3 unsure\n"
        "4 links, 3 unsure, 1 dead\n"
    )


def test_quiet_tells_only_what_to_mend(printed, dead, found):
    living = found("https://a.example/", "ok")
    assert printed(living, quiet=True) == printed(living, quiet=True, at_end=True) == ""
    assert printed(dead("https://a.example/"), quiet=True) == ""
    assert "  3: webUrl dead (not-found)" in printed(dead("https://a.example/"), quiet=True, at_end=True)


def test_no_more_is_kept_for_the_end_than_a_person_reads(printed, dead, monkeypatch):
    monkeypatch.setattr(text, "KEPT", 2)
    said = printed(*(dead(f"https://a.example/{number}") for number in range(5)), at_end=True)
    assert said.count("webUrl dead") == 2
    assert "No more than 2 links are told by file" in said


def test_nothing_of_others_moves_the_terminal(printed, found):
    hostile = found("https://a.example/\x1b[2J", "gone", ("\x1b]0;x\x07.md", 3, "a\nb"), evidence=("\x1b[31m",))
    said = printed(hostile) + printed(hostile, at_end=True)
    assert "\x1b" not in said
    assert "\x07" not in said
    assert r"  3: a\nb failing (gone)" in said


class Terminal(StringIO):
    """A file that claims to be one."""

    def isatty(self):
        return True


def test_a_terminal_has_colours_and_lines_end_at_its_edge(dead, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    made = report("text", out := Terminal())
    made.finding(dead(f"https://a.example/{'x' * 100}"))
    said = out.getvalue()
    assert said.startswith("\x1b[31mdead    \x1b[0m")
    assert said.endswith("x…\n")
    assert len(said) - len("\x1b[31m\x1b[0m\n") == 60
