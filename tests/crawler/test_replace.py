"""Replacing files: real ones, on real file systems, under real kills and full disks."""

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from crawler.errors import ChangedError, WriteError
from crawler.replace import Replacer, clean

OLD, NEW = b"old\n" * 1000, b"newer\n" * 2000


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "article.md"
    path.write_bytes(OLD)
    return path


def replace(path, before=OLD, after=NEW, **options):
    with Replacer(**options) as replacer:
        return replacer.replace(path, before, after)


def others(path):
    return sorted(found.name for found in path.parent.iterdir() if found != path)


def test_the_file_holds_the_new_bytes_and_nothing_is_left_beside_it(file):
    assert replace(file)
    assert file.read_bytes() == NEW
    assert others(file) == []


def test_equal_bytes_are_not_written(file):
    before = file.stat()
    assert not replace(file, OLD, OLD)
    assert file.stat() == before


def test_whoever_reads_meanwhile_goes_on_reading_the_old_bytes(file):
    with file.open("rb") as reader:
        assert reader.read(4) == OLD[:4]
        replace(file)
        assert reader.read() == OLD[4:]


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o755])
def test_the_mode_is_kept(file, mode):
    file.chmod(mode)
    replace(file)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only a superuser may give files away")
def test_the_owner_is_kept(file):
    os.chown(file, 1234, 5678)
    replace(file)
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 5678)


def test_extended_attributes_are_kept(file):
    try:
        os.setxattr(file, "user.note", b"mine")
    except OSError:
        pytest.skip("no extended attributes here")
    replace(file)
    assert os.getxattr(file, "user.note") == b"mine"


def test_a_file_that_was_changed_meanwhile_is_left_alone(file):
    file.write_bytes(b"theirs")
    with pytest.raises(ChangedError) as refused:
        replace(file)
    assert refused.value.path == file
    assert (file.read_bytes(), others(file)) == (b"theirs", [])


def test_a_file_that_was_deleted_meanwhile_stays_deleted(file):
    file.unlink()
    with pytest.raises(WriteError, match="no such file"):
        replace(file)
    assert others(file) == []


def test_a_symbolic_link_is_written_through_and_stays(file, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.md"
    link.symlink_to("../article.md")
    assert replace(link)
    assert link.is_symlink()
    assert (file.read_bytes(), others(link)) == (NEW, [])


def test_a_link_to_nothing_and_a_folder_are_refused(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "nowhere").symlink_to("gone")
    for path in (tmp_path / "loop", tmp_path / "nowhere", tmp_path):
        with pytest.raises(WriteError):
            replace(path)


def test_a_file_with_another_name_is_refused(file):
    os.link(file, file.with_name("same.md"))
    with pytest.raises(WriteError, match="hard links"):
        replace(file)
    assert file.read_bytes() == OLD


def test_or_written_in_place_for_both_names(file):
    other = file.with_name("same.md")
    os.link(file, other)
    assert replace(file, in_place=True)
    assert file.read_bytes() == other.read_bytes() == NEW
    assert replace(file, NEW, OLD, in_place=True)
    assert other.read_bytes() == OLD


def test_in_place_too_a_file_that_was_changed_is_left_alone(file):
    os.link(file, file.with_name("same.md"))
    with pytest.raises(ChangedError):
        replace(file, b"other", NEW, in_place=True)
    assert file.read_bytes() == OLD


NOBODY = 65534  # a superuser may write everywhere, so that what others may not is tried as somebody else
DENIED = """
    import os
    from pathlib import Path
    from crawler.errors import WriteError
    from crawler.replace import Replacer
    os.geteuid() or os.setuid({nobody})
    try:
        Replacer().replace(Path({path!r}), {old!r}, {new!r})
    except WriteError as error:
        print(error)
"""


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "message"),
    [
        (0o444, 0o777, "it is read-only; make it writable"),
        (0o666, 0o555, "permission denied; let recrawl write to the file and its folder"),
    ],
    ids=["a read-only file, though it could be renamed over", "a folder that is not writable"],
)
def test_refused(file_mode, folder_mode, message):
    with TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        path = Path(folder, "article.md")
        path.write_bytes(OLD)
        path.chmod(file_mode)
        path.parent.chmod(folder_mode)
        done = in_a_child(DENIED.format(nobody=NOBODY, path=str(path), old=OLD, new=NEW))
        assert message in done.stdout
        assert (path.read_bytes(), others(path)) == (OLD, [])


def in_a_child(code, **options):
    """Run code of ours in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


LIMITED = """
    import resource, signal
    from pathlib import Path
    from crawler.errors import WriteError
    from crawler.replace import Replacer
    path = Path({path!r})
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
    try:
        Replacer(in_place={in_place}).replace(path, path.read_bytes(), path.read_bytes() * 2)
    except WriteError as error:
        print(error)
"""


@pytest.mark.parametrize("in_place", [False, True])
def test_a_file_that_may_not_grow_is_left_as_it_was(file, in_place):
    if in_place:
        os.link(file, file.with_name("same.md"))
    done = in_a_child(LIMITED.format(path=str(file), limit=len(OLD) + 10, in_place=in_place))
    assert "file too large" in done.stdout
    assert (file.read_bytes(), others(file)) == (OLD, ["same.md"] if in_place else [])


FULL = """
    set -e
    mount -t tmpfs -o size=64k none {folder}
    head -c 40000 /dev/zero > {folder}/article.md
    {python} -c '
from pathlib import Path
from crawler.replace import Replacer
path = Path("{folder}/article.md")
Replacer().replace(path, path.read_bytes(), b"x" * 40001)
' 2>&1 | tail -1
    ls -A {folder}
    head -c 40000 /dev/zero | cmp - {folder}/article.md && echo same
"""


@pytest.mark.skipif(not shutil.which("unshare"), reason="no way to mount a small disk")
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path):
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*command, f"mount -t tmpfs none {tmp_path}"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    script = textwrap.dedent(FULL).format(folder=tmp_path, python=sys.executable)
    done = subprocess.run([*command, script], capture_output=True, text=True, timeout=60, check=False)
    error, *rest = done.stdout.splitlines()
    assert error.endswith("article.md: no space left on device; free some space on its disk")
    assert rest == ["article.md", "same"]


KILLED = """
    from pathlib import Path
    from crawler.replace import Replacer
    path, old, new = Path({path!r}), {old!r}, {new!r}
    print("ready", flush=True)
    while True:
        with Replacer() as replacer:
            replacer.replace(path, old, new)
        with Replacer() as replacer:
            replacer.replace(path, new, old)
"""


def test_killed_at_any_moment_it_leaves_the_old_bytes_or_the_new_ones(file):
    chance = random.Random(20201020)
    code = textwrap.dedent(KILLED).format(path=str(file), old=OLD, new=NEW)
    for _ in range(30):
        file.write_bytes(OLD)
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert child.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.02))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert file.read_bytes() in (OLD, NEW)
    replace(file, file.read_bytes(), b"last")
    assert (file.read_bytes(), others(file)) == (b"last", [])


def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path):
    left = tmp_path / f".recrawl-{'0f' * 8}.tmp"
    names = [".recrawl-notes.tmp", f".recrawl-{'0f' * 8}.tmp.md", "recrawl.tmp", ".hidden.tmp"]
    for name in [left.name, *names]:
        (tmp_path / name).write_bytes(b"x")
    clean(tmp_path)
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted(names)


def test_what_another_run_is_writing_is_not_removed(tmp_path):
    left = tmp_path / f".recrawl-{'0f' * 8}.tmp"
    left.write_bytes(b"x")
    hold = f"import fcntl; f = open({str(left)!r}, 'r+'); fcntl.flock(f, fcntl.LOCK_EX); print(1, flush=True); input()"
    holder = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout.readline() == b"1\n"
    clean(tmp_path)
    assert left.exists()
    holder.communicate(b"\n")
    clean(tmp_path)
    assert not left.exists()


def test_a_folder_that_cannot_be_searched_is_no_error(tmp_path):
    clean(tmp_path / "gone")
