"""Rounds: a check of those links only that are due, file by file, as far as an allowance goes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from crawler import links, recheck
from crawler.allowance import Allowance
from crawler.config import Config
from crawler.errors import FileError
from crawler.finding import Finding
from crawler.frontier import Ask
from crawler.links import ALL, Mention, Part
from crawler.rot.ledger import Ledger
from crawler.state import Filed, Known
from crawler.verdict import State

PARTS: Final = ALL - {Part.BODY}

UNTOLD: Final = timedelta(days=30)
"""After a look that is not remembered: an address that cannot be asked, or is not to be."""


@dataclass
class Rounds(Ledger):
    """A ledger that tells only of links that were asked within the allowance."""

    allowance: Allowance = field(default_factory=Allowance)

    def is_enough(self, ask: Ask, known: list[Known], now: datetime) -> bool:
        """Tell whether an address cannot be asked any more."""
        return self.allowance.problem(now) is not None

    def _tell(self, finding: Finding) -> None:
        if finding.verdict.state is not State.SKIPPED:
            super()._tell(finding)

    def fill(self, files: Iterable[Filed], config: Config, needed: int, now: datetime) -> list[Filed]:
        """Put so many links that are due into the frontier, of files that are, and return those that were read."""
        taken: list[Filed] = []
        for filed in sorted(files, key=_order):
            if len(self.frontier) >= needed:
                break
            self.frontier.fill(mention for mention in _mentions(filed, config) if self._is_due(mention, now))
            taken.append(filed)
        self.frontier.seal()
        return taken

    def _is_due(self, mention: Mention, now: datetime) -> bool:
        at = self._due(mention, now)
        return at is None or at <= now

    def _due(self, mention: Mention, now: datetime) -> datetime | None:
        return recheck.due(self.standing(mention.url, self.memory.urls.history(mention.url), now))

    def settle(self, files: Iterable[Filed], config: Config, now: datetime) -> None:
        """Remember when the links of each file are next due."""
        unseen = now if self.allowance.problem(now) else now + UNTOLD
        with self.memory.transaction():
            for filed in files:
                found = [self._due(mention, now) or unseen for mention in _mentions(filed, config)]
                self.memory.files.put_rot(filed.path, min(found, default=now + UNTOLD))


def _mentions(filed: Filed, config: Config) -> Iterator[Mention]:
    try:
        yield from links.mentions(filed.path, config, PARTS)
    except FileError:
        return  # it was changed since it was looked at; its own visit tells what is wrong


def _order(filed: Filed) -> tuple[float, bytes]:
    return filed.rot.timestamp() if filed.rot else 0.0, bytes(filed.path)
