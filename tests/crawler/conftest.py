"""The two engines that ask the web, refresh on Scrapy and check on libcurl, as what holds for both sees them."""

from collections.abc import Callable
from pathlib import Path

import pytest

Engine = Callable[..., dict[str, str]]


def host_of(url: str) -> str:
    return url.split("/")[2].partition(":")[0]


@pytest.fixture(scope="session")
def refreshing(recrawl, live) -> Engine:
    """Refresh a folder of records, each on a host of its own, and return what the article of each host was."""

    def run(folder: Path, *options: str, **environment: str) -> dict[str, str]:
        result = recrawl("refresh", folder, *live, "--format", "jsonl", *options, **environment)
        seen = [line["verdicts"][0] for line in result.outcomes.values()]
        return {host_of(verdict["url"]): verdict["state"] for verdict in seen}

    return run


@pytest.fixture(scope="session")
def checking(recrawl, live) -> Engine:
    """Check the articles of such a folder."""

    def run(folder: Path, *options: str, **environment: str) -> dict[str, str]:
        result = recrawl("check", folder, *live, "--only", "article", "--format", "tsv", *options, **environment)
        rows = [line.split("\t") for line in result.out.splitlines()]
        return {host_of(url): state for state, _, url, *_ in rows}

    return run


@pytest.fixture(scope="module", params=["refreshing", "checking"])
def engine(request) -> Engine:
    """Both engines, one after the other."""
    return request.getfixturevalue(request.param)
