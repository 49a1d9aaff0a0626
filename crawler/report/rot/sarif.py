"""The SARIF report: a file of the standard that code scanning services read (OASIS SARIF 2.1.0)."""

import hashlib
import json
from typing import Any, Final, TextIO
from urllib.parse import quote

from crawler import __version__
from crawler.finding import Finding
from crawler.line import line
from crawler.link import Spot
from crawler.meaning import meaning
from crawler.report.rot.spot import relative
from crawler.report.rot.summary import WORST_FIRST, Summary
from crawler.standing import Life

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

LEVELS: Final = {Life.DEAD: "error", Life.FAILING: "warning", Life.UNSURE: "note", Life.ALIVE: "note"}

_ROOT: Final = "%SRCROOT%"


class Sarif:
    """Writes a result for every spot of a link that does not live, or that should be another, at the end.

    The rules are the states that were seen. The worst come first, for services read no more than so many results.
    """

    def __init__(self, out: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self.out = out
        self.results: dict[Life, list[dict[str, Any]]] = {life: [] for life in WORST_FIRST}
        del quiet, verbose  # the format says what is in it

    def finding(self, finding: Finding) -> None:
        """Keep the results of one link."""
        if finding.life is not Life.ALIVE or finding.better:
            self.results[finding.life] += (_result(finding, spot) for spot in finding.link.spots)

    def end(self, summary: Summary) -> None:
        """Write all of them."""
        results = [result for life in WORST_FIRST for result in self.results[life]]
        run = {
            "tool": {"driver": _driver(sorted({result["ruleId"] for result in results}))},
            "invocations": [_invocation(summary)],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }
        json.dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, self.out, indent=1)
        self.out.write("\n")


def _result(finding: Finding, spot: Spot) -> dict[str, Any]:
    better = f" It is now at {finding.better}" if finding.better else ""
    link, verdict = finding.link, finding.verdict
    return {
        "ruleId": str(verdict.state),
        "level": LEVELS[finding.life],
        "message": {"text": line(f"{link.url} is {finding.life}: {finding.reason}.{better}")},
        "locations": [_location(spot)],
        # The name that GitHub knows; it holds while a link keeps its place, wherever its line moves.
        "partialFingerprints": {"primaryLocationLineHash": f"{_fingerprint(link.url, spot)}:1"},
        "properties": {"verdict": str(finding.life), "role": str(link.role), "finalUrl": line(verdict.final_url)},
    }


def _location(spot: Spot) -> dict[str, Any]:
    # A file name need not be text: what was no UTF-8 is written as the bytes that it was.
    path = quote(relative(spot.path), errors="surrogateescape")
    file = {"uri": f"file://{path}"} if path.startswith("/") else {"uri": path, "uriBaseId": _ROOT}
    physical: dict[str, Any] = {"artifactLocation": file}
    if spot.line:
        physical["region"] = {"startLine": spot.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if spot.place:
        location["logicalLocations"] = [{"fullyQualifiedName": line(spot.place), "kind": "member"}]
    return location


def _fingerprint(url: str, spot: Spot) -> str:
    return hashlib.sha256(f"{spot.place}\n{url}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _driver(states: list[str]) -> dict[str, Any]:
    rules = [{"id": state, "shortDescription": {"text": meaning(state)}} for state in states]
    return {"name": "recrawl", "version": __version__, "rules": rules}


def _invocation(summary: Summary) -> dict[str, Any]:
    invocation: dict[str, Any] = {
        "executionSuccessful": not summary.interrupted,
        "startTimeUtc": f"{summary.began:%Y-%m-%dT%H:%M:%SZ}",
    }
    if summary.ended:
        invocation["endTimeUtc"] = f"{summary.ended:%Y-%m-%dT%H:%M:%SZ}"
    if summary.notes:
        notes = [{"level": "note", "message": {"text": line(note)}} for note in summary.notes]
        invocation["toolExecutionNotifications"] = notes
    return invocation
