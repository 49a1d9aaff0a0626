"""A track: how one article has stood, look by look, as far as it tells when to look again.

A look is what one visit has shown: the fields of the page, that the server calls it unchanged, or a failure.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from crawler.habit import YEAR, Belief, Habit, after
from crawler.signal import SILENCE, Ear, Heard

HOUR: Final = timedelta(hours=1)

UNDATED: Final = YEAR
"""The age in hours of an article that does not say when it came out: most records are older than their first edits."""

TRIAL: Final = 9
"""Times in a row that a server may call a page unchanged; then it is read, whatever it says, to see whether that was
true (one in ten)."""

HONEST: Final = 0.95
"""Of all times that validators stood still, the share in which the fields did, from which on they are believed."""

PROVEN: Final = 3
"""Such times after which that share counts as known."""


@dataclass(frozen=True, slots=True)
class Validators:
    """How often the validators of a host (ETag, Last-Modified) told the truth of its pages, and how often not."""

    honest: int = 0
    lying: int = 0

    @property
    def are_proven(self) -> bool:
        """Whether "unchanged" may be counted as "watched, and nothing changed"."""
        return self.honest >= PROVEN and self.honest >= HONEST * (self.honest + self.lying)

    @property
    def are_false(self) -> bool:
        """Whether they are worth nothing: pages change behind them."""
        return self.lying >= PROVEN and not self.are_proven

    def after(self, *, same: bool) -> "Validators":
        """Return what is known after one more time that they stood still, and the fields did the same or not."""
        return Validators(self.honest + same, self.lying + (not same))


class Track(NamedTuple):
    """How one article stands.

    ``habit`` is what was seen of its changes between the first look and the last, ``stated`` what its page stated then
    (see `crawler.stated`). ``read`` is when it was last known to be as it was read, ``asked`` when it was last asked,
    whatever came of it. ``kept`` counts the times that its server called it unchanged since it was really read.
    ``rest`` is until when it is not asked, since it failed. ``listed`` is when a sitemap or feed of its outlet last
    listed it, ``said`` the change that it announced then, and ``times`` counts the changes announced since ``read``.
    """

    url: str
    published: datetime | None = None
    habit: Habit = Habit()
    stated: int | None = None
    read: datetime | None = None
    asked: datetime | None = None
    kept: int = 0
    rest: datetime | None = None
    listed: datetime | None = None
    said: datetime | None = None
    times: int = 0

    def age(self, at: datetime) -> float:
        """Return the hours since the article came out."""
        return UNDATED if self.published is None else (at - self.published) / HOUR

    def since(self, at: datetime) -> float:
        """Return the hours since it was last known to be as it was read; 0 for one that never was."""
        return max((at - self.read) / HOUR, 0.0) if self.read else 0.0

    def heard(self, ear: Ear) -> Heard:
        """Return what was heard of it since it was read."""
        if self.listed is None or self.read is None or self.listed <= self.read:
            return SILENCE
        return Heard(ear, (self.listed - self.read) / HOUR, self.times)

    def silent(self, ear: Ear) -> Habit:
        """Return its habit with what silence since the last look says."""
        if self.listed is None or self.read is None:
            return self.habit
        return self.heard(ear).silent(self.habit, self.age(self.read))

    @property
    def is_trial(self) -> bool:
        """Whether its page is to be read for once, whatever its server would call it."""
        return self.kept >= TRIAL

    def seen(self, stated: int, at: datetime, belief: Belief) -> "Track":
        """Return the track after its page was read."""
        changed = self.stated is not None and stated != self.stated
        return self._looked(at, belief, changed=changed)._replace(stated=stated, kept=0)

    def unchanged(self, at: datetime, belief: Belief, *, is_proven: bool) -> "Track":
        """Return the track after its server called it unchanged; only if that is proven it tells of its habit."""
        looked = self._looked(at, belief, changed=False)
        return looked._replace(habit=looked.habit if is_proven else self.habit, kept=self.kept + 1)

    def failed(self, at: datetime, rest: datetime | None) -> "Track":
        """Return the track after a visit that could not tell; it is left alone until ``rest``."""
        return self._replace(asked=at, rest=rest)

    def _looked(self, at: datetime, belief: Belief, *, changed: bool) -> "Track":
        since = self.since(at)
        known = self.stated is not None and since > 0
        habit = after(self.habit, belief, self.age(at), since, changed=changed) if known else self.habit
        return self._replace(habit=habit, read=at, asked=at, rest=None, times=0)

    def announced(self, said: datetime | None, at: datetime) -> "Track":
        """Return the track after its outlet listed it, with when it says that the article changed last."""
        is_news = said is not None and (self.said is None or said > self.said)
        is_later = is_news and (self.read is None or (said is not None and said > self.read))
        return self._replace(listed=at, said=said if is_news else self.said, times=self.times + is_later)
