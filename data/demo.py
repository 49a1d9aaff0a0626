"""The demo: refreshes a copy of articles/ from web.warc.gz, twice, and checks that each record became what it should.

    articles/ -copy-> scratch -recrawl refresh-> diffs and a summary -recrawl refresh-> nothing left to do

Ends with status 0 if so. README.md of this folder says what each record shows.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import click

DATA: Final = Path(__file__).resolve().parent

NO_ARTICLE: Final = {
    "2020-02-27-stadtarchiv-laesst-handschriften-von-einer-ki-lesen.md",
    "2020-06-05-shopping-app-sold-trips-it-had-called-anonymous.md",
    "2020-09-15-buoys-that-hear-whales-forty-kilometers-off.md",
    "2020-12-16-city-puts-its-parking-algorithm-on-the-witness-stand.md",
}
"""Records whose address gives no article: a home page, a withdrawal, "not found" with status 200, a bot wall."""

NOTHING_TO_GAIN: Final = {
    "2020-08-24-beekeepers-pass-swarm-warnings-along-a-neighbourhood-radio-mesh.md",
    "2020-10-20-birmingham-buys-police-software.md",
}
"""Records whose page says nothing that they do not say already."""

SOME_FAILED: Final = 1
"""The exit status of a refresh that could not see every article."""

Files = Mapping[str, bytes]


def main() -> int:
    """Run the demo; return its exit status."""
    with tempfile.TemporaryDirectory(prefix="recrawl-demo-") as scratch:
        articles = Path(shutil.copytree(DATA / "articles", Path(scratch, "articles")))
        before = read(articles)
        heading("First run: what has changed, and why")
        first = refresh(scratch, "--diff")
        after = read(articles)
        heading("Second run: everything is true already")
        second = refresh(scratch, capture_output=True)
        click.echo(second.stdout, nl=False)
        broken = [*against_first(before, after, first.returncode)]
        broken += against_second(after, read(articles), second.returncode, second.stdout)
    heading("The demo did what it promises" if not broken else "The demo did not do what it promises")
    click.echo("\n".join(broken or promises(before)))
    return 1 if broken else 0


def refresh(scratch: str, *options: str, capture_output: bool = False) -> subprocess.CompletedProcess[str]:
    """Run `recrawl refresh` on the copy, with the archive for its web."""
    command = (sys.executable, "-m", "crawler", "refresh", "articles", "--replay", str(DATA / "web.warc.gz"), *options)
    return subprocess.run(command, cwd=scratch, text=True, stdout=subprocess.PIPE if capture_output else None)


def read(articles: Path) -> Files:
    """Return the bytes of every record."""
    return {path.name: path.read_bytes() for path in sorted(articles.iterdir()) if path.is_file()}


def against_first(before: Files, after: Files, status: int) -> Iterator[str]:
    """Say what the first run should have done otherwise."""
    if status != SOME_FAILED:
        yield f"The first run ended with status {status}, not {SOME_FAILED}."
    for name in sorted(before.keys() | after.keys()):
        changed = before.get(name) != after.get(name)
        if changed is (name in NO_ARTICLE | NOTHING_TO_GAIN):
            yield f"{name} was {'changed' if changed else 'not changed'}."


def against_second(before: Files, after: Files, status: int, report: str) -> Iterator[str]:
    """Say what the second run should have done otherwise."""
    if status != SOME_FAILED:
        yield f"The second run ended with status {status}, not {SOME_FAILED}."
    if before != after:
        yield "The second run changed files."
    for name in sorted(before):
        if (name in report) is not (name in NO_ARTICLE):
            yield f"The second run {'named' if name in report else 'did not name'} {name} as failed."


def promises(records: Files) -> Iterator[str]:
    """Say what was seen."""
    idle = len(NO_ARTICLE | NOTHING_TO_GAIN)
    yield f"{len(records) - idle} of {len(records)} records were improved; the second run changed no file."
    yield f"{len(NOTHING_TO_GAIN)} had nothing to gain, and kept every byte; one of them is a real one."
    yield f"{len(NO_ARTICLE)} could not be checked: they were named, and kept every byte."


def heading(text: str) -> None:
    """Print a heading; colour and weight are dropped where no terminal reads it."""
    click.secho(f"\n{text}\n", bold=True, fg="cyan")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
