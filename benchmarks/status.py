"""The time that `recrawl status` takes over 100,000 generated records: the first time, and once they are indexed.

    python benchmarks/status.py [--records N] [--sites N]

Nine in ten of the records have been read before, at random times of the last two months; one in a hundred of them has
failed since. Prints seconds and CPU seconds of the process, and its peak memory, for the first and the second time.
Ends with status 1 where the second takes more than 3 seconds of CPU time.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from crawler.habit import Habit
from crawler.observation import Observation
from crawler.state import State
from crawler.track import Track
from crawler.verdict import State as Observed

MOST: Final = 3.0

RECORD: Final = """---
title: "Story {number} of the harbour office"
excerpt: "Nine hundred people walked to the end of pier {number} on its first day, the harbour office counted."
publishedDateTime: {published:%Y-%m-%dT%H:%M:%SZ}
originalUrl: "{url}"
type: article
provider:
  name: Port Calder Post
topics:
  - Harbour
images:
  - url: "{url}.jpg"
    width: 1200
    height: 675
---
"""


def make(folder: Path, records: int, sites: int, now: datetime) -> None:
    """Write records, a thousand a folder, and a state that knows most of them."""
    chance = random.Random(1)
    long_ago = (now - timedelta(days=1)).timestamp()
    with State.open(folder / ".recrawl", now) as state, state.transaction():
        for number in range(records):
            url = f"https://www.site-{number % sites}.example/2020/story-{number}"
            published = now - timedelta(hours=24 * 365 * 5 * chance.random() ** 2)
            path = folder / f"{number // 1000:03}" / f"{number:06}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(RECORD.format(number=number, url=url, published=published))
            os.utime(path, (long_ago, long_ago))
            if chance.random() < 0.9:
                state.tracks.put(track(state, url, published, now, chance))


def track(state: State, url: str, published: datetime, now: datetime, chance: random.Random) -> Track:
    """Return what is remembered of a record that was read a while ago."""
    read = max(published, now - timedelta(days=60 * chance.random()))
    watched = 24 * 60 * chance.random()
    habit = Habit(0.5 * chance.random(), 0.3 * chance.random(), 0.01 * chance.random(), watched)
    known = Track(url, published.replace(microsecond=0), habit, chance.getrandbits(60), read, read)
    if chance.random() > 0.01:
        return known
    state.urls.observe(url, Observation(now, Observed.NOT_FOUND, full=True))
    return known.failed(now, now + timedelta(hours=20))


def measure(folder: Path) -> float:
    """Run the command as its user would, print what it took, and return its CPU seconds."""
    begun = time.monotonic()
    words = [sys.executable, "-m", "crawler", "status", str(folder)]
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    _, status, used = os.wait4(os.posix_spawn(sys.executable, words, os.environ, file_actions=quiet), 0)
    if status:
        sys.exit(f"the command ended with status {os.waitstatus_to_exitcode(status)}")
    cpu = used.ru_utime + used.ru_stime
    print(f"{time.monotonic() - begun:6.2f} s {cpu:6.2f} s CPU {used.ru_maxrss / 1024:6.0f} MB", flush=True)
    return cpu


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make(folder, options.records, options.sites, datetime.now(UTC))
        measure(folder)
        return int(measure(folder) > MOST)


if __name__ == "__main__":
    sys.exit(main())
