"""A likeness: how far a page agrees with what a record already knows of its article.

A page has to agree with what we know before it may teach us what we do not. Error pages, walls and other articles can
bear the right address and even the right headline, since templates put both there; lists bear all that they have of an
article. Neither can state the article's own words, day and picture as its own.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Match(StrEnum):
    """How a page stands to one thing that a record knows."""

    AGREES = "agrees"
    ELSEWHERE = "stands on the page, but not as its own"
    DIFFERS = "differs"
    SILENT = "not stated"
    UNKNOWN = "not known"

    @property
    def is_there(self) -> bool:
        """Whether the page has it at all."""
        return self in (Match.AGREES, Match.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What agrees.

    ``address`` differs where the page says that it is another one, or came from another site; ``dated`` agrees where
    the page states the day that stands in the record's own address; ``is_headed`` is False where the page has headings
    and none of them speaks of what the record's does; ``is_now`` says that the record's day is today's, which templates
    print on every page.
    """

    title: Match = Match.UNKNOWN
    excerpt: Match = Match.UNKNOWN
    day: Match = Match.UNKNOWN
    picture: Match = Match.UNKNOWN
    address: Match = Match.UNKNOWN
    dated: Match = Match.UNKNOWN
    has_body: bool = False
    is_headed: bool = True
    is_now: bool = False

    @property
    def is_same_article(self) -> bool:
        """Whether the page is the record's article.

        Under the right headline one thing more has to agree, and no more may differ than agrees; where nothing more
        can be compared, the page must have the body of an article under it, and nothing that differs: error pages
        repeat the headline in their titles, and have another heading. Without the headline, which editors rewrite,
        more has to be stated as the page's own.
        """
        agreeing = sum(found.is_there for found in self._rest)
        differing = sum(found is Match.DIFFERS for found in self._rest)
        if self.title is not Match.AGREES:
            return self._is_renamed(agreeing, differing)
        if self.address is Match.DIFFERS:
            return agreeing > 1 and agreeing > differing
        if agreeing > int(self.is_now and self.day is Match.AGREES):
            return agreeing >= differing
        return self.has_body and self.is_headed and differing == 0

    def _is_renamed(self, agreeing: int, differing: int) -> bool:
        """Tell whether this is the article under another headline: by its own words and one thing more, or at its own
        address by day and picture both."""
        if self.address is Match.DIFFERS or not self.has_body:
            return False
        if self.title is Match.ELSEWHERE:
            return agreeing > 1 and agreeing > differing
        if differing:
            return False
        if self.excerpt is Match.AGREES:
            return Match.AGREES in (self.day, self.picture)
        return self.day is self.picture is self.address is Match.AGREES and not self.is_now

    @property
    def is_proven(self) -> bool:
        """Whether something besides the headline agrees, so that the page may correct what the record says."""
        return self.is_same_article and any(found.is_there for found in self._rest)

    @property
    def is_complete(self) -> bool:
        """Whether the page is surely the record's article: under the right headline with its own words, or with two
        things more, and nothing differs."""
        others = (self.excerpt, self.day, self.picture, self.address)
        if self.title is not Match.AGREES or Match.DIFFERS in others:
            return False
        return self.excerpt is Match.AGREES or sum(found.is_there for found in (*self._rest, self.address)) > 1

    @property
    def _rest(self) -> tuple[Match, ...]:
        return (self.excerpt, self.day, self.picture, self.dated)

    def without(self, name: str) -> "Likeness":
        """Return what agrees apart from one thing: a page cannot vouch for a value by that value itself."""
        unknown: dict[str, Any] = {name: Match.UNKNOWN} if name else {}
        return replace(self, **unknown)

    def __str__(self) -> str:
        said = [f"{name} {getattr(self, name)}" for name in ("title", "excerpt", "day", "picture", "address")]
        return ", ".join([*said, "body" if self.has_body else "no body"])
