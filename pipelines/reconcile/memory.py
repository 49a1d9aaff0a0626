"""The memory of a site in use: loaded for a case, enriched by its page, and stored for the cases that follow."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from crawler.errors import StateError
from crawler.evidence import Field
from crawler.site import Site
from crawler.state import State
from crawler.url import site
from crawler.visit import Visit
from pipelines import fields


@dataclass(frozen=True)
class Memory:
    """What is known of the site of one record's article."""

    site: Site
    name: str
    state: State
    now: datetime

    @classmethod
    def of(cls, visit: Visit, state: State, now: datetime) -> Self:
        """Load what is known of the site that a visit went to."""
        name = site(visit.record.url or "")
        known = state.sites.get(name)
        return cls(Site.from_json(json.loads(known)) if known else Site(), name, state, now)

    def learn(self, visit: Visit) -> None:
        """Store what is known after the page of one more article, which need not be read twice to teach."""
        if not visit.readings:
            return
        evidence = visit.readings[0].evidence
        choices = {
            field: choice
            for field in (Field.TITLE, Field.PUBLISHED)
            if (choice := fields.choose(field, evidence, self.site, self.now))
        }
        found = self.site.after(evidence, choices)
        if found != self.site:
            with suppress(StateError):  # where nothing can be kept, the record says so when it is written
                self.state.sites.put(self.name, json.dumps(found.to_json()), self.now)
