"""What a terminal is shown: nothing that files, addresses or pages hold acts on it, whatever the command."""

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress

import pytest

ACTS = "\x1b]0;owned\x07", "\x1b[2J\x1b[H", "\x9b31m", "\r", "\x08\x08\x08", "\u202e", "\u2028", "\x85", "\x1b[8m"
SLY = " ".join(ACTS)

STYLE = re.compile(r"\x1b\[(?:[012]|[39][0-7])m")
"""What colours text, and nothing more."""
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

COMMANDS = {
    "refresh": ("refresh", "-v", "articles"),
    "refresh, as a diff": ("refresh", "--dry-run", "--diff", "articles"),
    "refresh, as lines": ("refresh", "--dry-run", "--format", "jsonl", "articles"),
    "explain": ("explain", "-v", "articles"),
    "extract": ("extract", "--explain", "page.html", "--url", "http://127.0.0.3/2020/10/new-pier-opens"),
    "check": ("check", "-v", "articles", "--strikes", "1", "--allow-private", "127.0.0.0/8"),
    "check, as tsv": ("check", "articles", "--format", "tsv", "--allow-private", "127.0.0.0/8"),
    "status": ("status", "articles"),
    "run": ("run", "--dry-run", "articles"),
    "usage": ("refresh", f"no-such-{SLY.replace(chr(0), '')}"),
}


@pytest.fixture
def folder(tmp_path, archive, article):
    """Records that hold such text in their values, their names and their addresses, and pages that do."""
    url = "http://127.0.0.1:9/2020/10/new-pier-opens"
    articles = tmp_path / "articles"
    articles.mkdir()
    for number, acts in enumerate(ACTS):
        text = (
            f'---\ntitle: "New pier opens"\nexcerpt: {json.dumps("The new pier " + acts + " ...")}\n'
            f'originalUrl: "{url}-{number}"\nwebUrl: {json.dumps(f"{url}/{acts}")}\nimages:\n'
            f"  - url: {json.dumps(f'http://127.0.0.1:9/{acts}.png')}\n---\n"
        )
        name = acts.replace("/", "") if acts != "\x1b[2J\x1b[H" else f"broken{acts}"
        (articles / f"{number}{name}.md").write_text(text if name == acts else f"{text[:40]}\n  : : {acts}\n---\n")
    page = article(
        title=f"New pier opens {SLY}", description=f"The new pier {SLY} of Port Calder opened to the public."
    )
    archive(tmp_path / "web.warc.gz", {f"{url}-{number}": page for number in range(len(ACTS))})
    (tmp_path / "page.html").write_text(page)
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_acts_on_it(name, folder):
    words = list(COMMANDS[name])
    if words[0] in ("refresh", "explain") and "articles" in words:
        words += ["--replay", "web.warc.gz"]
    shown = on_a_terminal([sys.executable, "-m", "crawler", *words], folder)
    assert len(shown) > 20
    assert CONTROL.search(STYLE.sub("", shown)) is None, repr(shown)


def on_a_terminal(command, folder):
    """Run a command on a terminal, and return all that it has written there."""
    ours, its = pty.openpty()
    environment = {**os.environ, "COLUMNS": "200", "TERM": "dumb"}
    process = subprocess.Popen(command, cwd=folder, stdin=its, stdout=its, stderr=its, env=environment)
    os.close(its)
    shown = b""
    with suppress(OSError):  # as Linux says that nobody is there any more
        while more := os.read(ours, 65536):
            shown += more
    process.wait(timeout=60)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("style", ["text", "markdown", "html", "junit", "sarif", "github"])
def test_no_password_of_an_address_is_told(style, recrawl, record, tmp_path):
    record("http://user:sesame@127.0.0.1/new-pier-opens")
    told = recrawl("check", tmp_path / "articles", "-v", "--format", style)
    assert "127.0.0.1/new-pier-opens" in told.out
    assert "sesame" not in told.out + told.err


def test_a_refresh_tells_none_either(recrawl, record, web, tmp_path):
    record("http://user:sesame@127.0.0.1/new-pier-opens", "a.md")
    record(web.redirect("/", "http://user:sesame@127.0.0.1/"), "b.md")
    told = recrawl("refresh", tmp_path / "articles", "-vvv", "--allow-private", "127.0.0.0/8")
    assert "it holds credentials" in told.out
    assert "sesame" not in told.out + told.err
