"""What is tried: the rules of the program, the same without one of their parts, and rules of others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from world import DAY, START

from crawler import recheck
from crawler.census import Limits
from crawler.observation import Weight
from crawler.rule import APART, Rule, rules
from crawler.standing import Life, Standing

LIMITS: Final = Limits()


@dataclass(frozen=True)
class Policy:
    """What is tried: the rules, the circuit breaker, and the time between looks."""

    name: str
    by: tuple[Rule, ...] = rules()
    limits: Limits | None = LIMITS
    due: Callable[[Standing], datetime | None] = recheck.due


class Fixed(Rule):
    """A rule that takes a link that came back before for any other."""

    def after(self, returns: int) -> "Fixed":
        """Return the same rule."""
        del returns
        return self


def every(**days: float) -> Callable[[Standing], datetime | None]:
    """Return when a link is due that is looked at after a fixed time for each life; never for a life left out."""

    def due(standing: Standing) -> datetime | None:
        never = datetime.max.replace(tzinfo=START.tzinfo)
        if standing.last is None:
            return None
        return standing.last + days[standing.life] * DAY if standing.life in days else never

    return due


def every_third_day(standing: Standing) -> datetime | None:
    """Return when a link is due where one that fails is looked at only when the next strike can count."""
    if standing.life is Life.FAILING and standing.last is not None:
        return standing.last + APART
    return recheck.due(standing)


OURS: Final = Policy("recrawl")
POLICIES: Final = (
    OURS,
    Policy("no circuit breaker", limits=None),
    Policy("failing: every 3 days", due=every_third_day),
    Policy("IABot's rule", (Fixed("3 strikes", Weight.WEAK, 3, APART),), None, every(alive=7, failing=3, unsure=3)),
    Policy("one strike", (Fixed("1 strike", Weight.WEAK, 1),), None, every(alive=7, failing=1, unsure=3, dead=7)),
)
