"""A starter: the files by which a machine begins to keep a folder of records true, as their templates have them."""

import json
import os
import re
import shlex
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from crawler import config
from crawler.layout import Key
from crawler.place import Place, text
from crawler.sample import Sample
from crawler.timetable import EVERY, Timetable

TEMPLATES: Final = Path(__file__).with_name("templates")

_RUN: Final = ("run", "--budget", "500", "--max-time", "20m", "--quiet")
_PLAIN: Final = re.compile(r"[\w@%+=:,./-]+", re.ASCII)


class Scheduler(StrEnum):
    """Who calls `recrawl run`."""

    CRON = "cron"
    SYSTEMD = "systemd"
    GITHUB = "github"


@dataclass(frozen=True)
class Starter:
    """A ``folder`` of records and the ``top`` of its repository, both absolute, and where its ``state`` is kept.

    ``program`` are the words that start recrawl on this machine, ``requirement`` is what tells pip to install it on
    another one, empty where that is not known. ``seed`` tells this folder on this machine from all others.
    """

    folder: Path
    top: Path
    state: Path
    program: Sequence[str]
    requirement: str
    seed: str

    def files(self, scheduler: Scheduler) -> dict[Path, str]:
        """Return the files that a scheduler needs, each with where it goes."""
        name = re.sub(r"[^a-z0-9]+", "-", self.folder.name.lower()).strip("-") or "records"
        made = {
            Scheduler.CRON: {self.folder / "recrawl.cron": "recrawl.cron"},
            Scheduler.SYSTEMD: {
                self.folder / f"recrawl-{name}.service": "recrawl.service",
                self.folder / f"recrawl-{name}.timer": "recrawl.timer",
            },
            Scheduler.GITHUB: {self.top / ".github/workflows/recrawl.yml": "workflow.yml"},
        }
        return {path: _rendered(template, self._values()) for path, template in made[scheduler].items()}

    def _values(self) -> dict[str, Any]:
        command = (*self.program, *_RUN, str(self.folder))
        note = "" if self.requirement else ". Say where that is: here it was installed from a folder."
        return {
            "folder": self.folder,
            "timetable": Timetable.of(self.seed),
            "every": EVERY,
            "crontab_command": shlex.join(command).replace("%", "\\%"),
            "unit_command": " ".join(map(unit_word, command)),
            "unit_folder": str(self.folder).replace("%", "%%"),
            "records": json.dumps(os.path.relpath(self.folder, self.top), ensure_ascii=False),
            "state": json.dumps(os.path.relpath(self.state, self.top), ensure_ascii=False),
            "requirement": json.dumps(self.requirement),
            "note": note,
        }


def unit_word(word: str) -> str:
    """Quote one word of a command for a unit file (systemd.service(5), "Command lines"; systemd.syntax(7))."""
    if not _PLAIN.fullmatch(word):
        word = '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return word.replace("%", "%%").replace("$", "$$")


def configuration(sample: Sample, found: Sequence[str], contact: str) -> str:
    """Return a `recrawl.yml` for what a sample has shown; ``found`` says that in words.

    Raises ConfigError where that would not be valid, as with a ``contact`` that is none.
    """
    written = f"contact: {json.dumps(contact, ensure_ascii=False)}" if contact else "# contact: https://example.org/bot"
    values = {
        "found": [re.sub(r"[^ -~\u00a0-\ud7ff]", "?", line) for line in found],
        "contact": written,
        "preset": f"preset: {sample.preset}" if sample.preset else "# preset: smartable",
        "fields": _fields(sample),
    }
    made = _rendered("recrawl.yml", values)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / config.NAME
        file.write_text(made, encoding="utf-8")
        config.load(file)
    return made


def _fields(sample: Sample) -> list[str]:
    if sample.address:
        return ["fields:", f"  url: {_names([sample.address])}"]
    known = {key: list(sample.places[key]) for key in Key if key in sample.places} or {Key.URL: [("canonical_url",)]}
    return ["# fields:", *(f"#   {key}: {_names(places)}" for key, places in known.items())]


def _names(places: Sequence[Place]) -> str:
    names = [text(place) for place in places]
    if len(names) == 1 and re.fullmatch(r"[A-Za-z_][\w.\[\]-]*", names[0], re.ASCII):
        return names[0]
    quoted = [json.dumps(name, ensure_ascii=False) for name in names]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=select_autoescape(("html",)),  # what is made here is YAML, crontab and unit files
    )


def _rendered(template: str, values: Mapping[str, Any]) -> str:
    return _environment().get_template(template).render(values)
