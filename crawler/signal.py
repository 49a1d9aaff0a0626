"""A signal: what an outlet's sitemaps and feeds say has changed, and how far they are to be believed.

Most changes are announced, some are not, and some announcements are empty; how many is learned for each outlet from
what was found when its records were read. Silence about a record that is listed is a signal, too (the form is that of
Busa-Fekete et al., "Tractable Web Crawling Policies", WWW 2025).
"""

from dataclasses import dataclass
from typing import Final

from crawler.habit import DAY, Belief, Habit, share

TOLD: Final = (2.8, 4.0)
"""What is known of recall before any: 2.8 of 4 changes announced."""

EMPTY: Final = (0.5, 50 * DAY)
"""What is known of empty announcements before any: one in a hundred days of a record."""

POLL: Final = 0.25
"""Changes that a sitemap or feed must be expected to announce before it is worth a request."""


@dataclass(frozen=True, slots=True)
class Ear:
    """What listening to one outlet has taught.

    In ``hours`` in which its records were listed, summed over them, ``changes`` were to be expected; ``told`` of them
    were announced, and found when their record was read; ``empty`` announcements turned out to be none. Nearly only
    what is announced is read at once, so neither share can be taken from what was read alone.
    """

    told: float = 0.0
    empty: float = 0.0
    changes: float = 0.0
    hours: float = 0.0

    @property
    def recall(self) -> float:
        """The share of changes that is announced."""
        return min((TOLD[0] + self.told) / (TOLD[1] + self.changes), MOST)

    @property
    def noise(self) -> float:
        """The number of empty announcements an hour, of one record."""
        return (EMPTY[0] + self.empty) / (EMPTY[1] + self.hours)

    def promise(self, belief: Belief, age: float, hours: float) -> float:
        """Return the changes to be told of one record by listening now, if it was listed in the hours to an age."""
        return self.recall * sum(belief.expected(share(age) - share(age - hours), hours))

    def listened(self, promise: float, hours: float) -> "Ear":
        """Return what is known after a poll that promised so much, of records listed for so many hours."""
        return Ear(self.told, self.empty, self.changes + promise / self.recall, self.hours + hours)

    def after(self, times: int, *, changed: bool) -> "Ear":
        """Return what is known after a record was read that was announced so many times since it was last read."""
        told = min(times, 1) if changed else 0
        return Ear(self.told + told, self.empty + times - told, self.changes, self.hours)


MOST: Final = 0.95
"""Nobody announces everything."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of one record since it was read: ``times`` it was announced as changed, in the first ``listed``
    hours, through which it was listed.
    """

    ear: Ear = Ear()
    listed: float = 0.0
    times: int = 0

    def still(self, belief: Belief, age: float, since: float) -> float:
        """Return how likely it is that a record of an age has not changed in the hours since it was read."""
        edits = share(age) - share(age - since)
        if not self.listed:
            return belief.still(edits, since)
        silent = belief.still(edits - self._told(age - since), since - self.ear.recall * self.listed)
        if not self.times:
            return silent
        rate = sum(belief.expected(edits, since)) / max(since, 0.1)
        return silent * (self.ear.noise / (self.ear.noise + self.ear.recall * rate)) ** self.times

    def _told(self, read: float) -> float:
        """Return the share of edits that would have been announced since the record was read, at an age."""
        return self.ear.recall * (share(read + self.listed) - share(read))

    def silent(self, habit: Habit, read: float) -> Habit:
        """Return a habit that knows what silence since the last look, at an age, says: it was as good as watched."""
        if not self.listed or self.times:
            return habit
        seen, watched = habit.seen + self._told(read), habit.watched + self.ear.recall * self.listed
        return Habit(habit.edits, seen, habit.flow, watched)


SILENCE: Final = Heard()
"""Nothing is listed."""
