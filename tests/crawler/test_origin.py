"""Where a recrawl was installed from, by what pip notes of it (PEP 610)."""

import json
from importlib.metadata import PathDistribution

import pytest

from crawler import __version__
from crawler.origin import requirement_of

REPOSITORY = "https://git.example.org/recrawl.git"


@pytest.mark.parametrize(
    ("noted", "requirement"),
    [
        (None, f"recrawl=={__version__}"),
        (
            {"url": REPOSITORY, "vcs_info": {"vcs": "git", "commit_id": "abc123", "requested_revision": "main"}},
            f"recrawl @ git+{REPOSITORY}@abc123",
        ),
        (
            {"url": "https://example.org/recrawl.whl", "archive_info": {}},
            "recrawl @ https://example.org/recrawl.whl",
        ),
        ({"url": "file:///tmp/recrawl.whl", "archive_info": {}}, ""),
        ({"url": "file:///home/me/recrawl", "dir_info": {"editable": True}}, ""),
    ],
)
def test_what_pip_is_told_on_another_machine(noted, requirement, tmp_path):
    folder = tmp_path / "recrawl-0.1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.4\nName: recrawl\nVersion: 0.1.0\n")
    if noted:
        (folder / "direct_url.json").write_text(json.dumps(noted))
    assert requirement_of(PathDistribution(folder)) == requirement
