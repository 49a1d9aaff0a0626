import os
from dataclasses import replace

import pytest

from crawler import corpus
from crawler.config import Config
from crawler.index import index
from crawler.layout import Key
from crawler.state import State


@pytest.fixture
def articles(tmp_path, record_in):
    folder = tmp_path / "articles"
    for number in range(3):
        path = record_in(folder, f"https://example.org/{number}", f"{number}.md")
        os.utime(path, (1_600_000_000, 1_600_000_000))
    (folder / "readme.md").write_text("No record.")
    (folder / "broken.md").write_text("---\ntitle: [\n---\n")
    return folder


@pytest.fixture
def state(articles):
    with State(State.in_memory().database, articles.parent) as state:
        yield state


def looked(articles, state, **more):
    return index(corpus.paths([articles]), replace(Config(), **more), state)


def test_it_tells_records_from_other_files_and_broken_ones(articles, state):
    found = looked(articles, state)
    assert [filed.url for filed in found.records] == [f"https://example.org/{number}" for number in range(3)]
    assert f"{found.records[0].published:%Y-%m-%d %H:%M}" == "2020-10-20 17:40"
    assert found.others == 1
    assert [failure.partition("broken.md")[1] for failure in found.failures] == ["broken.md"]


def test_what_has_not_changed_is_not_read_again_but_what_is_broken_is_named_again(articles, state, monkeypatch):
    first = looked(articles, state)
    read, reader = [], corpus.read
    monkeypatch.setattr(corpus, "read", lambda path, config: read.append(path.name) or reader(path, config))
    (articles / "broken.md").write_text("---\ntitle: [\n---\n")
    second = looked(articles, state)
    assert second.records == first.records
    # What was written just now is not trusted yet.
    assert set(read) == {"broken.md", "readme.md"}


def test_another_configuration_may_find_another_address(articles, state):
    looked(articles, state)
    assert looked(articles, state, fields={Key.URL: (("title",),)}).records == []
    assert len(looked(articles, state).records) == 3
