"""What a refresh survives: its disk, its files and its clock, and a site that keeps all who ask it waiting."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest

ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size=300k none "$1"
cp "$2"/*.md "$1"
dd if=/dev/zero of="$1"/filler bs=1k 2>/dev/null || true
shift 2
set +e
"$@"
echo "status $?"
cat "$MOUNTED"/*.md
echo "beside: $(ls -A "$MOUNTED" | grep -v '[.]md$' | tr '\\n' ' ')"
"""


def records(record, archive, article, folder, number):
    """Write records, and the archive of their pages."""
    urls = [f"https://site{index}.example.com/new-pier-opens" for index in range(number)]
    for index, url in enumerate(urls):
        record(url, f"{index}.md")
    archive(folder / "web.warc.gz", dict.fromkeys(urls, article()))


def test_a_full_disk_costs_no_file(record, archive, article, tmp_path):
    if subprocess.run(["unshare", "--map-root-user", "--mount", "true"], check=False).returncode:
        pytest.skip("this machine gives no mount namespace")
    records(record, archive, article, tmp_path, 8)
    before = "".join(path.read_text() for path in sorted((tmp_path / "articles").iterdir()))
    disk = tmp_path / "disk"
    disk.mkdir()
    command = [sys.executable, "-m", "crawler", "refresh", disk, "--replay", tmp_path / "web.warc.gz"]
    words = ["unshare", "--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh", disk, tmp_path / "articles"]
    done = subprocess.run(
        [*map(str, [*words, *command, "--state", tmp_path / "state"])],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "MOUNTED": str(disk)},
    )  # fmt: skip
    assert "status 1" in done.stdout, done.stdout + done.stderr
    assert "free some space on its disk" in done.stdout
    files = done.stdout.partition("status 1\n")[2]
    assert files.startswith(before)
    assert "beside: filler \n" in files
    assert "Traceback" not in done.stderr


OURS = "The editors' own."

CHANGES = {
    "value.md": lambda path: path.write_text(re.sub("excerpt: .*", f"excerpt: {OURS}", path.read_text())),
    "body.md": lambda path: path.write_text(path.read_text() + "More.\n"),
    "deleted.md": lambda path: path.unlink(),
    "broken.md": lambda path: path.write_text("---\nexcerpt: [\n---\n"),
    "emptied.md": lambda path: path.write_text(""),
}


def test_a_file_that_is_changed_while_its_page_is_asked_for_is_not_overwritten(
    web, article, record, recrawl, live, tmp_path
):
    folder = tmp_path / "articles"

    def answer(handler):
        name = handler.path.removeprefix("/")
        CHANGES[name](folder / name)
        body = article().encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    for number, name in enumerate(CHANGES, 2):
        record(web.answer(f"/{name}", answer, f"127.0.0.{number}"), name)
    result = recrawl("refresh", folder, *live, "--format", "jsonl")
    assert result.status == 1
    assert [name for name in CHANGES if result.outcomes[name]["written"]] == ["body.md"]
    assert [name for name in CHANGES if not result.outcomes[name]["error"]] == ["body.md"]
    texts = {path.name: path.read_text() for path in folder.glob("*.md")}
    assert set(texts) == set(CHANGES) - {"deleted.md"}
    assert f"excerpt: {OURS}\n" in texts["value.md"]
    assert texts["body.md"].endswith("More.\n")
    assert (texts["broken.md"], texts["emptied.md"]) == ("---\nexcerpt: [\n---\n", "")


@pytest.mark.parametrize("years", [(2026, 2038, 2019), (1971, 2100, 2026), (2026, 1970, 2026)])
def test_a_clock_that_jumps_stops_no_run(years, player, record, archive, article, tmp_path):
    records(record, archive, article, tmp_path, 3)
    options = ["articles", "--replay", "web.warc.gz", "--format", "jsonl"]
    told = [player(tmp_path, options, datetime(year, 3, 1, tzinfo=UTC)) for year in years]
    assert [one.status for one in told] == [0, 0, 0], [one.err for one in told]
    assert all("after four years" in path.read_text() for path in (tmp_path / "articles").glob("*.md"))


def test_a_site_that_keeps_all_waiting_keeps_no_other_waiting(web, article, record, recrawl, live, tmp_path):
    for number in range(40):
        hangs = web.answer(f"/{number}", lambda handler: handler.connection.recv(1), "127.0.1.1")
        record(hangs, f"hangs-{number:02}.md")
        record(web.page(f"/good-{number}", article(), host=f"127.0.2.{number + 1}"), f"good-{number:02}.md")
    config = tmp_path / "recrawl.yml"
    config.write_text("timeout: 1\n")
    options = (*live, "--config", config, "--concurrency", "4", "--per-site", "4", "--format", "jsonl")
    result = recrawl("refresh", tmp_path / "articles", *options)
    states = {name: outcome["verdicts"][0]["state"] for name, outcome in result.outcomes.items()}
    assert {state for name, state in states.items() if name.startswith("good")} == {"ok"}
    assert {state for name, state in states.items() if name.startswith("hangs")} <= {"timeout", "site-not-answering"}
    assert len(web.paths("127.0.1.1")) <= 20
