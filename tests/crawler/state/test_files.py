import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.state.database import Database
from crawler.state.files import RACY, Filed, Files

NOW = datetime(2026, 1, 2, tzinfo=UTC)
URL = "https://example.org/a"


class Reader:
    """Reads files, and remembers which."""

    def __init__(self):
        self.read = []
        self.unreadable = set()

    def __call__(self, path):
        self.read.append(path.name)
        return None if path.name in self.unreadable else Filed(path, path.read_text(), NOW)


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(URL)
    return path


def later(path):
    """Return a clock that shows a time at which what was written to a file is long past."""
    return lambda: path.stat().st_mtime_ns + 2 * RACY


@pytest.fixture
def files(tmp_path, file):
    return Files(Database(None), tmp_path, later(file))


def test_an_unchanged_file_is_not_read_again(files, file, reader):
    first = files.filed([file], reader)
    assert first == files.filed([file], reader) == [Filed(file, URL, NOW, name=b"a.md")]
    assert reader.read == ["a.md"]


@pytest.mark.parametrize("same_time", [True, False])
def test_a_changed_file_is_read_again(files, file, reader, same_time):
    files.filed([file], reader)
    before = file.stat()
    file.write_text("https://example.org/b" if not same_time else "https://example.org/longer")
    if same_time:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert files.filed([file], reader)[0].url != URL


def test_a_file_that_was_replaced_by_one_of_the_same_time_and_size_is_read_again(files, file, reader, tmp_path):
    files.filed([file], reader)
    before = file.stat()
    other = tmp_path / "other"
    other.write_text(URL.replace("a", "b"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)
    assert files.filed([file], reader)[0].url != URL


def test_a_file_that_was_written_when_it_was_read_is_not_trusted(file, reader, tmp_path):
    files = Files(Database(None), tmp_path, lambda: file.stat().st_mtime_ns + RACY // 2)
    files.filed([file], reader)
    before = file.stat()
    with file.open("r+") as written:  # the same inode, the same size, and by a coarse clock the same time
        written.write(URL.replace("a", "b"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert files.filed([file], reader)[0].url == URL.replace("a", "b")


def test_a_file_that_cannot_be_read_is_tried_again(files, file, reader):
    reader.unreadable.add("a.md")
    assert files.filed([file], reader) == []
    reader.unreadable.clear()
    assert len(files.filed([file], reader)) == 1


def test_a_file_that_is_gone_is_left_to_its_reader(files, file, reader):
    files.filed([file], reader)
    gone = file.with_name("gone.md")
    with pytest.raises(FileNotFoundError):
        files.filed([gone], reader)


def test_a_file_is_known_from_wherever_it_is_looked_at(files, file, reader, tmp_path, monkeypatch):
    files.filed([file], reader)
    monkeypatch.chdir(tmp_path)
    assert files.filed([Path("a.md")], reader) == [Filed(Path("a.md"), URL, NOW, name=b"a.md")]
    assert reader.read == ["a.md"]


@pytest.mark.parametrize("inner", ["", "x", "x/y"])
def test_a_name_is_the_path_from_the_root(files, tmp_path, reader, inner):
    path = tmp_path / inner / "b.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(URL)
    assert [filed.name for filed in files.filed([path], reader)] == [bytes(path.relative_to(tmp_path))]


def test_it_is_kept_when_links_are_due_until_the_file_changes(files, file, reader):
    files.filed([file], reader)
    files.put_rot(file, NOW)
    assert files.filed([file], reader) == [Filed(file, URL, NOW, NOW, b"a.md")]
    file.write_text("https://example.org/other")
    assert files.filed([file], reader)[0].rot is None


def test_a_name_that_is_no_text_is_a_name(tmp_path, reader, file):
    files = Files(Database(None), tmp_path, later(file))
    path = tmp_path / os.fsdecode(b"caf\xe9.md")
    path.write_text(URL)
    files.filed([path, path], reader)
    files.filed([path], reader)
    assert reader.read == [path.name, path.name]
