"""The start, told: what was found in a folder, what was made of it, and what to do next."""

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from crawler.layout import Key
from crawler.place import text
from crawler.sample import Sample
from crawler.starter import Scheduler

_MOST: Final = 5


def found(sample: Sample) -> Iterator[str]:
    """Yield what a sample has shown."""
    if not sample.total:
        yield "no file that could hold a record"
        return
    looked = "all" if sample.looked == sample.total else f"{sample.looked:,} of them"
    yield f"{sample.total:,} files, {looked} looked at:"
    layouts = ", ".join(f"{name} {number:,}" for name, number in sample.layouts.most_common())
    yield f"{sample.records:6,} are records of articles{f' ({layouts})' if layouts else ''}"
    if sample.others:
        yield f"{sample.others:6,} have no address of an article"
    if sample.unread:
        yield f"{len(sample.unread):6,} cannot be read"


def kept(sample: Sample) -> Iterator[str]:
    """Yield where the records keep what."""
    for key in Key:
        if places := sample.places.get(key):
            names = ", ".join(text(place) for place, _ in places.most_common(3))
            yield f"  {key:10} {names:40} {places.total():,} of {sample.records:,}"


def unread(sample: Sample) -> Iterator[str]:
    """Yield why files cannot be read, the first of them."""
    yield from (f"  {why}" for why in sample.unread[:_MOST])
    if len(sample.unread) > _MOST:
        yield f"  and {len(sample.unread) - _MOST:,} more"


def following(folder: Path, sample: Sample, *, has_contact: bool) -> Iterator[str]:
    """Yield what to do next with the records."""
    where = shlex.quote(str(folder))
    if not sample.records:
        yield from _without_records(sample, where)
        return
    if not has_contact:
        yield "give `contact` in recrawl.yml an address where owners of sites can learn who asks"
    yield f"recrawl refresh --dry-run --diff --limit 5 {where}    # what five records would gain"
    yield f"recrawl run --dry-run {where}    # what is due, and why; nobody is asked"
    yield f"recrawl run {where}    # do it"


def _without_records(sample: Sample, where: str) -> Iterator[str]:
    if sample.address or sample.preset:
        name = f"`{text(sample.address)}`" if sample.address else f"the layout {sample.preset}"
        yield f"see whether {name} has the addresses of the articles: recrawl.yml takes that for granted"
        yield f"recrawl run --dry-run {where}    # what would be asked"
    else:
        yield "name under `fields: url:` in recrawl.yml the key that has the address of the article in its front matter"


def scheduling(scheduler: Scheduler, made: Mapping[Path, str] | Iterable[Path]) -> Iterator[str]:
    """Yield what to do next with the files of a scheduler."""
    names = [shlex.quote(str(path)) for path in made]
    yield from _SCHEDULING[scheduler](names)


def _cron(names: Sequence[str]) -> Iterator[str]:
    yield f"(crontab -l; cat {names[0]}) | crontab -    # adds the line to your crontab"


def _systemd(names: Sequence[str]) -> Iterator[str]:
    timer = Path(*shlex.split(names[-1])).name
    yield f"mkdir -p ~/.config/systemd/user && cp {' '.join(names)} ~/.config/systemd/user/"
    yield f"systemctl --user daemon-reload && systemctl --user enable --now {timer}"
    yield "loginctl enable-linger    # so that it runs while you are not logged in"


def _github(names: Sequence[str]) -> Iterator[str]:
    yield f"look through {names[0]} (RECRAWL says where pip gets recrawl from), then commit and push it"
    yield "merge the branch `recrawl` when you like what it has, or open a pull request from it"


_SCHEDULING: Final = {Scheduler.CRON: _cron, Scheduler.SYSTEMD: _systemd, Scheduler.GITHUB: _github}
