"""``recrawl init``: look at a folder of records, and write what it needs to be kept true."""

import platform
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from crawler import config, origin, sample
from crawler.errors import ConfigError, UsageError, WriteError
from crawler.exit import Exit
from crawler.replace import Replacer
from crawler.report import start
from crawler.sample import Sample
from crawler.starter import Scheduler, Starter, configuration

EPILOG = """\b
Examples:
  recrawl init content/articles
  recrawl init --contact https://example.org/bot --with github content/articles
  recrawl init --with cron

\b
Exit status: 0 it was written, 1 it could not be, 2 usage, or there is one already.
"""


@click.command("init", epilog=EPILOG)
@click.argument("path", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--with",
    "schedulers",
    multiple=True,
    type=click.Choice([scheduler.value for scheduler in Scheduler]),
    help="Also write a crontab line, a systemd timer or a GitHub Actions workflow. May be given several times.",
)
@click.option("--contact", default="", metavar="ADDRESS", help="A page or mail address that says who asks.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def command(path: Path, schedulers: tuple[str, ...], contact: str, force: bool) -> int:
    """Look at a folder of records, and write what it needs to be kept true.

    PATH is the folder, by default this one. Some of its files are looked at, to tell what kind of records they are;
    a commented recrawl.yml says what was found. Nobody is asked, and no record is changed.
    """
    looked = sample.take(path)
    is_kept = _is_kept(path, schedulers, force=force)
    files = {} if is_kept else {path / config.NAME: _configuration(looked, contact)}
    made = {Scheduler(name): _starter(path).files(Scheduler(name)) for name in schedulers}
    for own in made.values():
        files |= {_from_here(file): text for file, text in own.items()}
    _write(files, force=force)
    _tell(path, looked, files, has_contact=bool(contact) or is_kept)
    for scheduler, own in made.items():
        _list(f"Next, for {scheduler}", start.scheduling(scheduler, map(_from_here, own)))
    return Exit.WELL


def _is_kept(path: Path, schedulers: Iterable[str], *, force: bool) -> bool:
    """Tell whether there is a configuration that stays; raises UsageError where there is one and nothing else to do."""
    known = config.governing(path)
    if known is None or force:
        return False
    if schedulers:
        config.load(known)
        return True
    raise UsageError(f"{known} is there already: edit it, or overwrite {path / config.NAME} with --force")


def _configuration(looked: Sample, contact: str) -> str:
    try:
        return configuration(looked, [*start.found(looked)], contact)
    except ConfigError as error:
        raise UsageError(f"--contact: {error.what.removeprefix('contact: ')}") from error


def _starter(path: Path) -> Starter:
    folder, beside = path.resolve(), Path(sys.executable).with_name("recrawl")
    program = (str(beside),) if beside.is_file() else (sys.executable, "-m", "crawler")
    state = config.find([path]).state.resolve() if config.governing(path) else folder / config.Config.state
    return Starter(folder, config.top(folder), state, program, origin.requirement(), f"{platform.node()}:{folder}")


def _write(files: dict[Path, str], *, force: bool) -> None:
    """Write files; none of them where one is there already and is not to be overwritten."""
    taken = [str(path) for path in files if path.exists() or path.is_symlink()]
    if taken and not force:
        raise UsageError(f"{', '.join(taken)}: there already; --force overwrites")
    with Replacer() as replacer:
        for path, text in files.items():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.exists():
                    replacer.replace(path, path.read_bytes(), text.encode())
                else:
                    _create(path, text)
            except OSError as error:
                raise WriteError(f"it cannot be written: {error.strerror}", path=path) from error


def _create(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            path.unlink()
            raise


def _tell(path: Path, looked: Sample, files: Iterable[Path], *, has_contact: bool) -> None:
    title, *rest = start.found(looked)
    click.echo(f"{path}: {title}")
    _list("", (f"  {line}" for line in rest))
    _list("", start.unread(looked))
    _list("They keep", start.kept(looked))
    _list("Written", map(str, files))
    _list("Next", start.following(path, looked, has_contact=has_contact))


def _list(title: str, lines: Iterable[str]) -> None:
    told = list(lines)
    if told and title:
        click.echo(f"{title}:")
    for line in told:
        click.echo(f"  {line.removeprefix('  ')}" if title else line)


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
