"""How the tests of hostile servers have a command run in a world of such."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import space
from pages import CUT, TITLE
from stage import BEHAVIOURS
from world import LOCAL

WORLD = Path(__file__).with_name("world.py")

CONFIG = "timeout: {timeout}\ndelay: 0\nconcurrency: 200\n"


@dataclass(frozen=True)
class Told:
    """What came of a command: see `world.run` and `world.main`."""

    status: int
    out: str
    err: str
    seconds: float
    cpu: float
    megabytes: float
    met: Sequence[str]
    heads: Sequence[str]
    asked: Sequence[Sequence[str | int]]
    folder: Path

    @property
    def outcomes(self) -> dict[str, dict]:
        """The outcomes of ``--format jsonl`` by the name of their record."""
        found = {Path(line["path"]).stem: line for line in map(json.loads, self.out.splitlines())}
        assert len(found) == len(self.out.splitlines())
        return found


@pytest.fixture(scope="session")
def is_space(tmp_path_factory: pytest.TempPathFactory) -> bool:
    """Whether this machine gives namespaces."""
    return space.is_there(_resolver(tmp_path_factory.mktemp("resolver")))


@pytest.fixture(scope="session")
def world(
    is_space: bool,
    names: Callable[..., dict[str, str]],
) -> Callable[..., Told]:
    """Run a command in a world, in a folder with records; ``names`` are what the name server says."""

    def run(
        folder: Path,
        words: Sequence[str],
        records: Mapping[str, str],
        names_of: Mapping[str, Sequence[Sequence[str]]] | None = None,
        targets: Sequence[str] = (),
        config: str = "",
        timeout: float = 12,
        **environment: str,
    ) -> Told:
        asked = {
            "folder": str(folder), "space": is_space, "names": names_of or {}, "records": records,
            "targets": targets,
            "words": [*words] if is_space else [*words, "--allow-private", f"{LOCAL}/32"],
            "environment": environment,
        }  # fmt: skip
        (folder / "recrawl.yml").write_text(CONFIG.format(timeout=timeout) + config)
        if not is_space:
            asked["environment"] |= names(**{one.host: LOCAL for one in BEHAVIOURS.values()})
        prefix = space.words(_resolver(folder)) if is_space else []
        done = subprocess.run(
            [*prefix, sys.executable, str(WORLD)], input=json.dumps(asked), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return Told(**json.loads(done.stdout), folder=folder)

    return run


def _resolver(folder: Path) -> Path:
    file = folder / "resolv.conf"
    file.write_text("nameserver 127.0.0.53\noptions timeout:1 attempts:1\n")
    return file


RECORD = """---
title: {title}
excerpt: {excerpt}
publishedDateTime: 2020-10-20T17:40:00Z
originalUrl: {url}
webUrl: {url}
type: article
published: false

images: []
provider:
  name: Port Calder Post
  domain: portcalder-post.example

secured: "keep=="
---

Body.
"""


@pytest.fixture(scope="session")
def record_of() -> Callable[[str], str]:
    """Return a record whose article is at an address."""
    return lambda url: RECORD.format(title=json.dumps(TITLE), excerpt=json.dumps(CUT), url=json.dumps(url))
