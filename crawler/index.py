"""An index: which files hold a record of an article, without reading again those that have not changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from crawler import corpus
from crawler.config import Config
from crawler.errors import FileError
from crawler.state import Filed, State
from crawler.stated import published

_NOTE = "index"


@dataclass
class Index:
    """The ``records`` of some files, ``others`` that hold none, and the ``failures`` of those that cannot be read."""

    records: list[Filed] = field(default_factory=list)
    others: int = 0
    failures: list[str] = field(default_factory=list)


def index(paths: Iterable[Path], config: Config, state: State) -> Index:
    """Read the files that have changed since they were last read, and take the others as they were found then."""
    found = Index()

    def read(path: Path) -> Filed | None:
        try:
            record = corpus.read(path, config)
        except FileError as error:
            found.failures.append(str(error))
            return None
        url = (record and record.url) or ""
        return Filed(path, url, published(record) if record and url else None)

    _renew(config, state)
    for filed in state.files.filed(paths, read):
        if filed.url:
            found.records.append(filed)
        else:
            found.others += 1
    return found


def _renew(config: Config, state: State) -> None:
    """Have all files read anew where another configuration may find other things in them."""
    layouts = sha256(repr((config.preset, sorted(config.fields.items()))).encode()).hexdigest()
    if state.note(_NOTE) != layouts:
        with state.transaction():
            state.files.forget()
            state.put_note(_NOTE, layouts)
