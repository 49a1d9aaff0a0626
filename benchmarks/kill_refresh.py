"""A refresh that is killed: at random moments, again and again, until all of its records are written.

    python benchmarks/kill_refresh.py [--records N] [--times N] [--seed N]

Each pass begins with untouched records. A refresh of them is killed with SIGKILL soon after it has told of a random
number of records that it has written, then another takes what is left (`--stale 1d`), until one is let end. After each
kill every file has to be, byte for byte, as it was before or as an undisturbed refresh leaves it; after the last one
all are as that leaves them, and nothing is beside them. Prints the figures, and ends with status 1 where any of that
does not hold.
"""

import argparse
import io
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

RECORD: Final = """---
title: "Story {number} of the harbour office"
excerpt: "Nine hundred people walked to the end of pier {number} on its first day, and ..."
publishedDateTime: 2020-10-20T17:40:00Z
originalUrl: "{url}"
webUrl: "{url}"
secured: "keep=="
---

Body {number}.
"""
PAGE: Final = """<!doctype html><html lang="en"><title>Story {number} of the harbour office</title>
<meta property="og:description" content="Nine hundred people walked to the end of pier {number} on its first day, and \
most of them came back before the rain.">
<article><h1>Story {number} of the harbour office</h1><p>{text}</p></article>"""

FURTHEST: Final = 80
"""Outcomes after which a run is killed at the latest."""
LATEST: Final = 0.05
"""Seconds after the last of them at which it is killed at the latest: some lie between two records, some within one."""

Files = dict[str, bytes]


@dataclass
class Tally:
    """What was seen."""

    kills: int = 0
    passes: int = 0
    written: int = 0
    torn: int = 0
    left: int = 0
    remaining: int = 0
    incomplete: int = 0

    @property
    def is_well(self) -> bool:
        """Whether nothing was lost, torn or left behind."""
        return not (self.torn or self.remaining or self.incomplete)


@dataclass
class Trial:
    """A folder with records, the archive that answers for them, and what their files hold before and after."""

    folder: Path
    records: int
    dice: random.Random
    tally: Tally = field(default_factory=Tally)

    def prepare(self) -> None:
        """Write the archive, the records, and what an undisturbed refresh makes of them."""
        with (self.folder / "web.warc.gz").open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            for number in self.numbers:
                body = io.BytesIO(PAGE.format(number=number, text="They walked. " * 100).encode())
                head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
                writer.write_record(writer.create_warc_record(_url(number), "response", body, http_headers=head))
        self.before = {
            f"{number:05}.md": RECORD.format(number=number, url=_url(number)).encode() for number in self.numbers
        }
        self.restore()
        with self.start() as process:
            process.communicate()
        self.after = self.files()
        assert all(self.after[name] != data for name, data in self.before.items()), "the pages complete every record"

    @property
    def numbers(self) -> range:
        """The numbers of the stories: none is one that says "not found"."""
        return range(10_000, 10_000 + self.records)

    def restore(self) -> None:
        """Put the untouched records back."""
        shutil.rmtree(self.articles, ignore_errors=True)
        shutil.rmtree(self.folder / ".recrawl", ignore_errors=True)
        self.articles.mkdir()
        for name, data in self.before.items():
            (self.articles / name).write_bytes(data)

    @property
    def articles(self) -> Path:
        """Where the records are."""
        return self.folder / "articles"

    def files(self) -> Files:
        """Return what the files of records hold."""
        return {path.name: path.read_bytes() for path in self.articles.glob("*.md")}

    def start(self) -> subprocess.Popen[str]:
        """Begin a refresh."""
        words = ["refresh", "articles", "--replay", "web.warc.gz", "--state", ".recrawl", "--format", "jsonl"]
        pipe, none = subprocess.PIPE, subprocess.DEVNULL
        command = [sys.executable, "-m", "crawler", *words, "--stale", "1d"]
        return subprocess.Popen(command, cwd=self.folder, stdout=pipe, stderr=none, text=True)

    def run(self, times: int) -> None:
        """Kill refreshes so many times; after the last kill, and whenever all is written, one is let end."""
        while self.tally.kills < times:
            self.restore()
            while self.tally.kills < times and self.kill():
                pass
            with self.start() as process:
                process.communicate()
            self.tally.passes += 1
            self.tally.remaining += len(self.beside())
            self.tally.incomplete += sum(self.files().get(name) != data for name, data in self.after.items())

    def kill(self) -> bool:
        """Kill one refresh; return False where it came to its end before."""
        with self.start() as process:
            assert process.stdout
            new = (line for line in process.stdout if '"written": true' in line)
            for _ in range(self.dice.randrange(FURTHEST)):
                if next(new, None) is None:
                    return False
            time.sleep(self.dice.uniform(0, LATEST))
            process.kill()
        self.tally.kills += 1
        now = self.files()
        self.tally.left += len(self.beside())
        self.tally.torn += sum(now.get(name) not in (old, self.after[name]) for name, old in self.before.items())
        self.tally.written += sum(now.get(name) == self.after[name] for name in self.before)
        return True

    def beside(self) -> list[Path]:
        """Return what is in the folder beside its records."""
        return [path for path in self.articles.iterdir() if path.name not in self.before]


def _url(number: int) -> str:
    return f"https://www.site{number}.example.com/2020/10/20/story-{number}"


def main() -> int:
    """Run the trial and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=2000, metavar="N")
    parser.add_argument("--times", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), asked.records, random.Random(asked.seed))
        trial.prepare()
        trial.run(asked.times)
    tally = trial.tally
    print(f"{tally.kills} kills in {tally.passes} passes over {asked.records} records (seed {asked.seed})")
    print(f"files that were neither old nor new    {tally.torn}")
    print(f"temporary files right after a kill     {tally.left}")
    print(f"... and after the run that let end     {tally.remaining}")
    print(f"records that it did not complete       {tally.incomplete}")
    print(f"records written at a kill, on average  {tally.written / max(tally.kills, 1):.0f}")
    return 0 if tally.is_well else 1


if __name__ == "__main__":
    sys.exit(main())
