"""Plays commands with a clock that stands still: one JSON line asks for a run, one tells what came of it.

    {"command": "refresh", "folder": "/tmp/x", "words": ["articles", "-q"], "now": "2026-11-20T12:00:00+00:00"}
    {"status": 0, "out": "...", "err": "..."}

Each run is a fork of this process, since Scrapy takes a second to import and cannot run twice in one process.
"""

import importlib
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import BinaryIO

from crawler import url
from crawler.fetch import Fetch
from crawler.settings import DOWNLOADER_MIDDLEWARES, ITEM_PIPELINES
from crawler.target import Role, Target
from pipelines.judge import judge

LATE = (
    *(place.rpartition(".")[0] for place in (*ITEM_PIPELINES, *DOWNLOADER_MIDDLEWARES)),
    "crawler.commands.refresh",
    "crawler.commands.run",
    "crawler.config.check",
    "crawler.handlers",
    "crawler.listening",
    "crawler.rot.rounds",
    "crawler.rot.run",
    "crawler.run",
    "scrapy.extensions.remote_control",
    "scrapy.statscollectors",
    "spiders.refresh",
)
"""What a run imports only when it needs it."""


def warm_up() -> None:
    """Do once what every run would do anew: import its modules, compile the marks, read the list of public suffixes."""
    for name in LATE:
        importlib.import_module(name)
    address = "https://www.example.com/"
    judge(Fetch(Target(address, Role.ARTICLE), address, datetime.now(UTC), 200, body=b"<title>Warm</title>Up"))
    url.site(address)


def main() -> None:
    warm_up()
    for line in sys.stdin:
        asked = json.loads(line)
        told = play(asked["command"], asked["folder"], asked["words"], datetime.fromisoformat(asked["now"]))
        print(json.dumps(told), flush=True)


def play(name: str, folder: str, words: Sequence[str], now: datetime) -> dict[str, int | str]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            run(name, folder, words, now, out, err)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        return {"status": os.waitstatus_to_exitcode(status), "out": out.read().decode(), "err": err.read().decode()}


def run(name: str, folder: str, words: Sequence[str], now: datetime, out: BinaryIO, err: BinaryIO) -> None:
    """Run the command as its users do, but for the clock; never return."""
    status = 70
    try:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.chdir(folder)
        command = importlib.import_module(f"crawler.commands.{name}").command
        context = command.make_context(name, list(words))
        status = context.invoke(command.callback, **context.params, now=lambda: now)
    except BaseException:  # noqa: BLE001 - a fork must never go on as its parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
