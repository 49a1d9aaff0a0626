"""A finding: one link, what this look at it observed, and what its history says of it."""

from dataclasses import dataclass, field

from crawler.history import History
from crawler.link import Link
from crawler.standing import Life, Standing
from crawler.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """What a link check says of one link, and all that a report needs.

    ``verdict`` is what was observed now, ``standing`` what all observations mean together; ``better`` is the address
    that should stand in the files instead, where the article has moved for good, empty where there is none. ``history``
    is what ``standing`` was told from. ``is_proven`` says that the article of the record that holds the link has beyond
    doubt moved to where it answered.
    """

    link: Link
    verdict: Verdict
    standing: Standing
    better: str = ""
    history: History = field(default_factory=History)
    is_proven: bool = False

    @property
    def life(self) -> Life:
        """Whether the link lives, fails, is dead, or cannot be told."""
        return self.standing.life

    @property
    def reason(self) -> str:
        """What was observed and why it means that, in one line."""
        seen = "; ".join(self.verdict.evidence)
        return f"{seen}; {self.standing.rule}" if seen else self.standing.rule
