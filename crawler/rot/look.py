"""A look: what one answer has told of a link, without the answer, so that it can be kept until more is known."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Self

from crawler.census import server_time
from crawler.fetch import Fetch
from crawler.link import Link
from crawler.sighting import Sighting
from crawler.target import Role, Target
from crawler.verdict import State, Verdict


@dataclass(frozen=True, slots=True)
class Look:
    """What was observed, what is worth remembering of it, and what time the server said it was.

    ``is_astray`` says that the answer came from an address of another name, ``is_proven`` that the article of its
    record is there beyond doubt.
    """

    verdict: Verdict
    sighting: Sighting
    said: datetime | None = None
    is_astray: bool = False
    is_proven: bool = False

    @classmethod
    def of(
        cls, fetch: Fetch, verdict: Verdict, *, full: bool = True, is_astray: bool = False, is_proven: bool = False
    ) -> Self:
        """Return what an answer, and what was made of it, tell."""
        return cls(verdict, Sighting.of(fetch, verdict, full=full), server_time(fetch.headers), is_astray, is_proven)

    def at(self, link: Link) -> "Look":
        """Return what it tells of a link that leads to the address that was asked."""
        target = Target(link.url, link.role)
        if self.verdict.target == target:
            return self
        return replace(
            self,
            verdict=replace(self.verdict, target=target),
            sighting=replace(self.sighting, url=link.url, role=link.role),
        )

    def as_state(self, state: State, why: str) -> "Look":
        """Return it as it is seen in the light of all others."""
        return self.seen_as(replace(self.verdict, state=state, evidence=(*self.verdict.evidence, why)))

    def seen_as(self, verdict: Verdict) -> "Look":
        """Return it with another verdict."""
        if verdict is self.verdict:
            return self
        sighting = replace(self.sighting, state=verdict.state, detail="; ".join(verdict.evidence))
        return replace(self, verdict=verdict, sighting=sighting)

    def to_json(self) -> str:
        """Return it as a text."""
        said = self.said.isoformat() if self.said else None
        evidence = list(self.verdict.evidence)
        sighting = asdict(self.sighting) | {"at": self.sighting.at.isoformat()}
        flags = {"is_astray": self.is_astray, "is_proven": self.is_proven}
        return json.dumps({"evidence": evidence, "sighting": sighting, "said": said, **flags})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return what a text was made of."""
        found: dict[str, Any] = json.loads(text)
        values = found["sighting"]
        sighting = Sighting(**values | {"at": datetime.fromisoformat(values["at"]), "role": Role(values["role"])})
        target = Target(sighting.url, sighting.role)
        verdict = Verdict(target, State(sighting.state), tuple(found["evidence"]), sighting.final_url)
        said = datetime.fromisoformat(found["said"]) if found["said"] else None
        return cls(verdict, sighting, said, found["is_astray"], found["is_proven"])
