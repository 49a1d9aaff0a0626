"""Explanations as reports, one module a format: told of each of them as its record is settled."""

from typing import Protocol

from crawler.explanation import Explanation
from crawler.report import Report


class Explainer(Report, Protocol):
    """A format of explanations; outcomes tell it only of records that could not be read."""

    def explain(self, explanation: Explanation) -> None:
        """Show why one record is, or would be, as it is."""
