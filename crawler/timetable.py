"""A timetable: when a machine calls recrawl, so that not all machines ask the same sites in the same minute."""

import hashlib
from dataclasses import dataclass
from typing import Final, Self

EVERY: Final = 6
"""Hours from one run to the next: what articles lose of their freshness in between was simulated for this."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The ``minute`` of some ``hours`` of every day."""

    minute: int
    hours: tuple[int, ...]

    @classmethod
    def of(cls, seed: str) -> Self:
        """Return the one that a seed is given, always the same; never the full hour, which everybody else takes."""
        number = int.from_bytes(hashlib.blake2b(seed.encode("utf-8", "surrogateescape"), digest_size=8).digest())
        return cls(1 + number % 59, tuple(range(number // 59 % EVERY, 24, EVERY)))

    @property
    def cron(self) -> str:
        """The five fields of a line of crontab(5)."""
        return f"{self.minute} {','.join(map(str, self.hours))} * * *"

    @property
    def calendar(self) -> str:
        """The calendar event expression of systemd.time(7)."""
        return f"*-*-* {','.join(f'{hour:02}' for hour in self.hours)}:{self.minute:02}:00"
