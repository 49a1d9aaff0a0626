"""Every golden case through the whole program, twice: what its records become, and that they stay so."""

import json
import runpy
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
import yaml

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(file.parent for file in GOLDEN.glob("*/case.yml"))
KEYS = {"shows", "now", "options", "web", "states"}

Play = Callable[..., Any]


@pytest.fixture(scope="module")
def write_web() -> Callable[..., None]:
    return runpy.run_path(str(GOLDEN.parents[1] / "data/make_web.py"))["write"]


@pytest.fixture
def play(player: Play, write_web: Callable[..., None], tmp_path: Path) -> Iterator[Play]:
    """Play one run of a case over the copy of its records in ``articles``, and return its outcomes by path."""

    def refresh(case: Path, told: dict[str, Any], now: datetime, *options: str) -> dict[str, Any]:
        web = tmp_path / "web.warc.gz"
        if not web.exists():
            with web.open("wb") as out:
                write_web(told["web"], now, out, case / "pages")
        words = ["articles", "--replay", "web.warc.gz", "--state", "state", "--format", "jsonl"]
        result = player(tmp_path, [*words, *told.get("options", ()), *options], now)
        assert result.status in (0, 1), result.err
        lines = map(json.loads, result.out.splitlines())
        return {Path(line["path"]).relative_to("articles").as_posix(): line for line in lines}

    return refresh


def files(*folders: Path) -> dict[str, str]:
    """Return the files of folders by name, those of the later folders over those of the earlier ones."""
    found = ((path.relative_to(folder), path) for folder in folders for path in sorted(folder.rglob("*")))
    # In Latin-1 every byte is a character, so that a difference is shown as text.
    return {name.as_posix(): path.read_bytes().decode("latin-1") for name, path in found if path.is_file()}


def compare(wanted: dict[str, str], found: dict[str, str]) -> None:
    """Fail with a unified diff where the files are not what they should be."""
    names = sorted(wanted.keys() | found.keys())
    pairs = ((name, *(files.get(name, "").splitlines(keepends=True) for files in (wanted, found))) for name in names)
    lines = [line for name, one, other in pairs for line in unified_diff(one, other, name, "as it became", n=1)]
    if lines:
        pytest.fail("".join(lines), pytrace=False)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_records_become_what_they_should_and_stay_so(case: Path, play: Play, tmp_path: Path) -> None:
    told = yaml.safe_load((case / "case.yml").read_text("utf-8"))
    assert told.keys() <= KEYS, "what this means is not known"
    articles = shutil.copytree(case / "before", tmp_path / "articles")
    for run, now in enumerate(moments := [now.astimezone(UTC) for now in told["now"]]):
        if run and (case / "edits").is_dir():
            shutil.copytree(case / "edits", articles, dirs_exist_ok=True)
        outcomes = play(case, told, now)
    begun, wanted = files(case / "before", case / "edits"), files(case / "after")
    compare(begun | wanted, files(articles))
    assert not begun.items() & wanted.items(), "a file in after/ that is as before shows nothing"
    states = {name: [f"{one['role']} {one['state']}" for one in out["verdicts"]] for name, out in outcomes.items()}
    assert states == states | told.get("states", {})
    again = play(case, told, moments[-1] + timedelta(hours=1), "--force")
    assert [outcome for outcome in again.values() if outcome["changes"]] == []
    compare(begun | wanted, files(articles))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_page_of_a_case_is_served_and_every_word_of_it_is_reserved(case: Path) -> None:
    told = yaml.safe_load((case / "case.yml").read_text("utf-8"))
    pages = {path.relative_to(case / "pages").as_posix() for path in (case / "pages").rglob("*")}
    assert pages == {response["page"] for response in told["web"] if "page" in response}
