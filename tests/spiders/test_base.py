"""The spiders as Scrapy's own command line runs them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def scrapy(tmp_path):
    """Run Scrapy's command in a project of this program's settings."""
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)

    def run(*arguments):
        command = [sys.executable, "-m", "scrapy", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)

    return run


def test_scrapy_lists_the_spiders(scrapy):
    assert scrapy("list").stdout.split() == ["pages", "refresh"]


def test_scrapy_refreshes_paths_and_keeps_to_public_addresses(scrapy, web, article, record, tmp_path):
    record(web.page("/story", article()))
    result = scrapy("crawl", "refresh", "-a", f"paths={tmp_path / 'articles'}")
    assert "1 failed: unsafe-address" in result.stdout
    assert web.asked == []


def test_an_argument_that_is_not_known_is_refused(scrapy, web, article, record, tmp_path):
    record(web.page("/story", article()))
    result = scrapy("crawl", "refresh", "-a", f"paths={tmp_path / 'articles'}", "-a", "replay=web.warc.gz")
    assert "UsageError: -a replay: only -a paths=... is known" in result.stderr
    assert result.stdout == ""
