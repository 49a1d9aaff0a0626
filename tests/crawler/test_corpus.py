"""The corpus: what is found, what is read of it, and how it is written."""

import os
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler import corpus
from crawler.change import Because, Change, Revision
from crawler.config import Config
from crawler.errors import FileError, FrontMatterError, UsageError, WriteError
from crawler.frontmatter import REMOVE
from crawler.replace import Replacer

URL = "https://example.org/2020/a"
RECORD = f"""---
title: "A headline"
excerpt: "Some words"
publishedDateTime: 2020-10-20T17:40:00Z
originalUrl: "{URL}"
topics:
  - One
related:
  - title: "Another"
    webUrl: "https://example.org/b"
secured: "x"
---

Body.
"""


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = """
        b.md a.md c.txt d.png e.yml Z.MD .hidden.md _posts/2.md _posts/1.markdown sub/deep/x.mdx
        .git/g.md node_modules/n.md _site/s.html sub/vendor/v.md named.rst .obsidian/o.md recrawl.yml
    """
    for name in names.split():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(RECORD)
    return tmp_path


FOUND = ["Z.MD", "a.md", "b.md", "c.txt", "e.yml", "_posts/1.markdown", "_posts/2.md", "sub/deep/x.mdx"]


def paths(*arguments):
    return [str(path) for path in corpus.paths(map(Path, arguments))]


def test_a_folder_is_searched_in_a_fixed_order_without_what_nobody_wrote(tree):
    assert paths(".") == FOUND
    assert paths(str(tree)) == [str(tree / name) for name in FOUND]


@pytest.mark.parametrize("name", ["named.rst", ".hidden.md", ".git/g.md", "node_modules/n.md", "d.png", "recrawl.yml"])
def test_a_file_that_is_named_is_always_taken(tree, name):
    assert paths(name) == [name]


@pytest.mark.parametrize("name", [".git", "node_modules", "sub/vendor"])
def test_a_folder_that_is_named_is_always_searched(tree, name):
    assert len(paths(name)) == 1


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.md", ["a.md", "b.md"]),
        ("_posts/[1]*", ["_posts/1.markdown"]),
        ("**/*.md", ["_posts/2.md", "a.md", "b.md"]),
        ("s*b", ["sub/deep/x.mdx"]),
        ("*.rst", ["named.rst"]),
    ],
)
def test_patterns_are_expanded(tree, pattern, found):
    assert paths(pattern) == found
    assert paths(str(tree / pattern)) == [str(tree / name) for name in found]


def test_a_name_that_looks_like_a_pattern_is_a_name_first(tree):
    Path("[1].md").write_text(RECORD)
    assert paths("[1].md") == ["[1].md"]


def test_each_file_is_found_once(tree):
    assert paths("b.md", ".", "a.md", "_posts", "b.md", str(tree)) == [
        "b.md",
        *(name for name in FOUND if name != "b.md"),
    ]
    assert paths(".", "named.rst", ".git/g.md") == [*FOUND, "named.rst", ".git/g.md"]


@pytest.mark.parametrize("name", ["gone.md", "gone", "*.gone", "**.md", "a.md/b.md"])
def test_a_name_that_nothing_has_is_an_error_before_anything_is_found(tree, name):
    with pytest.raises(UsageError, match=name.replace("*", r"\*")):
        corpus.paths([Path("a.md"), Path(name)])


def test_what_is_neither_file_nor_folder_is_an_error(tree):
    os.mkfifo("pipe.md")
    with pytest.raises(UsageError, match="neither"):
        corpus.paths([Path("pipe.md")])
    assert paths(".") == FOUND


def test_links_to_files_are_followed_and_links_to_folders_are_not(tree):
    Path("link.md").symlink_to("a.md")
    (tree.parent / "outside.md").write_text("---\na: b\n---\n")
    Path("outside.md").symlink_to(tree.parent / "outside.md")
    Path("broken.md").symlink_to("gone.md")
    Path("around").symlink_to(".")
    assert paths(".") == sorted([*FOUND[:5], "link.md"]) + FOUND[5:]


def test_files_are_found_one_by_one(tree):
    found = corpus.paths([Path()])
    assert str(next(found)) == "Z.MD"
    for name in FOUND[1:]:
        Path(name).unlink()
    assert [str(path) for path in found if path.exists()] == []


def read(path, config=None):
    return corpus.read(Path(path), config or Config())


def test_a_record_knows_its_file_and_its_article(tree):
    record = read("a.md")
    assert (record.path, record.url, record.layout.name) == (Path("a.md"), URL, "smartable")
    assert record.fields["publishedDateTime"] == datetime(2020, 10, 20, 17, 40, tzinfo=UTC)
    assert record.digest == read("b.md").digest != read_text("c.md", RECORD + "more").digest


def read_text(name, text):
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(name)


def test_a_file_without_front_matter_is_no_record(tree):
    assert read_text("x.md", "# Title\n") is None
    assert read_text("x.md", b"") is None
    assert read_text("x.txt", b"\x00" * 100) is None


def test_a_record_without_article_has_no_url(tree):
    assert read_text("x.md", "---\ntitle: x\n---\n").url is None
    assert read_text("x.yml", "title: x\n").url is None


def test_all_of_a_yaml_file_is_a_record(tree):
    assert read_text("x.yml", f"originalUrl: {URL}\n").url == URL


def test_the_rest_of_a_long_body_counts_for_the_digest(tree):
    body = "x" * 200_000
    assert read_text("x.md", RECORD + body + "1").digest != read_text("x.md", RECORD + body + "2").digest


def test_a_file_that_cannot_be_read_is_an_error_that_names_it(tree):
    with pytest.raises(FileError, match=r"^gone\.md: it cannot be read: No such file"):
        read("gone.md")
    with pytest.raises(FrontMatterError, match=r"^x\.md:1: the front matter opened here is never closed"):
        read_text("x.md", "---\ntitle: x\n")


def test_a_byte_order_mark_is_warned_of(tree, caplog):
    assert read_text("x.md", b"\xef\xbb\xbf" + RECORD.encode()).url == URL
    assert "x.md: it starts with a byte order mark" in caplog.text


def revised(path, **changes):
    """Return a revision of a record: ``excerpt="..."``, or ``related__0__ampWebUrl="..."`` for a place further down."""
    record = read(path)
    places = {
        tuple(int(step) if step.isdigit() else step for step in key.split("__")): new for key, new in changes.items()
    }
    because = Because("a test")
    return Revision(record, tuple(Change(place, None, new, because) for place, new in places.items()))


def test_a_revision_is_written(tree):
    revision = revised("a.md", excerpt="Some more words", related__0__ampWebUrl="https://example.org/amp/b")
    outcome = corpus.write(revision)
    assert (outcome.path, outcome.changes, outcome.written, outcome.diff) == (Path("a.md"), revision.changes, True, "")
    added = '    webUrl: "https://example.org/b"\n    ampWebUrl: "https://example.org/amp/b"\n'
    expected = RECORD.replace("Some words", "Some more words").replace('    webUrl: "https://example.org/b"\n', added)
    assert Path("a.md").read_text() == expected


def test_a_key_goes_where_its_layout_has_it(tree):
    corpus.write(revised("a.md", webUrl="https://example.org/w", images=[{"url": "https://example.org/i", "width": 1}]))
    keys = [line.partition(":")[0] for line in Path("a.md").read_text().splitlines() if line[:1].isalpha()]
    assert keys[keys.index("originalUrl") + 1] == "webUrl"
    assert keys.index("topics") < keys.index("images") < keys.index("related")


def test_the_same_revision_again_writes_nothing(tree):
    corpus.write(revised("a.md", excerpt="More words"))
    before = Path("a.md").stat()
    assert not corpus.write(revised("a.md", excerpt="More words")).written
    assert Path("a.md").stat() == before


def test_a_dry_run_shows_and_writes_nothing(tree):
    outcome = corpus.write(revised("a.md", excerpt="More words"), dry_run=True, diff=True)
    assert not outcome.written
    assert outcome.diff.splitlines()[:2] == ["--- a/a.md", "+++ b/a.md"]
    changed = [line for line in outcome.diff.splitlines()[2:] if line[0] in "+-"]
    assert changed == ['-excerpt: "Some words"', '+excerpt: "More words"']
    assert Path("a.md").read_text() == RECORD


def test_a_run_may_keep_its_replacer(tree):
    with Replacer() as replacer:
        for name in ("a.md", "b.md"):
            assert corpus.write(revised(name, excerpt="More words"), replacer, diff=True).diff
    assert read("a.md").fields == read("b.md").fields


def test_what_cannot_be_exact_is_refused_and_the_file_stays(tree):
    with pytest.raises(FrontMatterError, match=r"^a\.md:7: topics"):
        corpus.write(revised("a.md", excerpt="More words", topics="AI"))
    assert Path("a.md").read_text() == RECORD


def test_a_file_that_is_gone_is_an_error(tree):
    revision = revised("a.md", excerpt="More words")
    Path("a.md").unlink()
    with pytest.raises(FileError, match="cannot be read"):
        corpus.write(revision)


def test_a_file_that_was_changed_elsewhere_is_edited_as_it_is_now(tree):
    revision = revised("a.md", excerpt="More words", related__0__title="The other")
    theirs = RECORD.replace("A headline", "Their headline").replace("Body.", "Their body.")
    Path("a.md").write_text(theirs)
    assert corpus.write(revision).written
    assert Path("a.md").read_text() == theirs.replace("Some words", "More words").replace("Another", "The other")


MEANWHILE = {
    "the value itself": ("Some words", "Their words"),
    "the item it stands in": ("https://example.org/b", "https://example.org/other"),
    "an item before it": ("related:\n", 'related:\n  - title: "Theirs"\n'),
    "the list it is added to": ("  - One\n", "  - One\n  - Theirs\n"),
    "the article": (URL, "https://example.org/other"),
}


@pytest.mark.parametrize(("old", "new"), MEANWHILE.values(), ids=MEANWHILE.keys())
def test_but_not_where_what_it_was_made_of_stands_no_more(tree, old, new):
    revision = revised("a.md", excerpt="More words", related__0__ampWebUrl="https://example.org/amp", topics__1="Two")
    theirs = RECORD.replace(old, new)
    Path("a.md").write_text(theirs)
    with pytest.raises(WriteError, match="changed meanwhile; refresh it again"):
        corpus.write(revision)
    assert Path("a.md").read_text() == theirs


class Interfering(Replacer):
    """Somebody who saves the file between our reading and our writing of it, as often as told."""

    def __init__(self, *texts):
        super().__init__()
        self.texts = list(texts)

    def replace(self, path, before, after):
        if self.texts:
            path.write_text(self.texts.pop(0))
        return super().replace(path, before, after)


def test_a_change_between_reading_and_writing_is_not_lost(tree):
    theirs = RECORD.replace("Body.", "Their body.")
    outcome = corpus.write(revised("a.md", excerpt="More words"), Interfering(theirs), diff=True)
    assert outcome.written
    assert Path("a.md").read_text() == theirs.replace("Some words", "More words")


def test_a_file_that_changes_again_and_again_is_left_to_them(tree):
    theirs = [RECORD.replace("Body.", f"Their body {time}.") for time in (1, 2)]
    with pytest.raises(WriteError, match="changed meanwhile"):
        corpus.write(revised("a.md", excerpt="More words"), Interfering(*theirs))
    assert Path("a.md").read_text() == theirs[1]


def test_values_are_taken_out_and_emptied(tree):
    corpus.write(revised("a.md", excerpt=None, secured=REMOVE))
    assert Path("a.md").read_text() == RECORD.replace(' "Some words"', "").replace('secured: "x"\n', "")


def test_the_layout_may_be_asked_for(tree):
    config = replace(Config(), preset="jekyll")
    assert read("a.md", config).layout.name == "jekyll"


def test_memory_does_not_grow_with_the_number_of_records(tmp_path):
    for number in range(1200):
        folder = tmp_path / str(number % 40)
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.md").write_text(RECORD)

    def peak(folders):
        tracemalloc.start()
        count = sum(1 for path in corpus.paths(folders) if read(path) is not None)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used, count

    few, _ = peak([tmp_path / "0", tmp_path / "1"])
    many, count = peak([tmp_path])
    assert count == 1200
    assert many < 2 * few
