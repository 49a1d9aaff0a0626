"""The JUnit report: an XML file that CI servers show as tests, a suite a file and a test a link."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TextIO
from xml.etree import ElementTree as ET

from crawler.finding import Finding
from crawler.line import line
from crawler.report.rot.spot import relative
from crawler.report.rot.summary import Summary
from crawler.standing import Life


@dataclass(frozen=True, slots=True)
class Case:
    """What is kept of one spot of a link; ``reason`` is empty where it lives."""

    line: int
    place: str
    url: str
    life: Life
    state: str
    reason: str = ""


class JUnit:
    """Writes what the XML schema of Jenkins (junit-10.xsd of its xUnit plugin) allows, at the end.

    A dead link is a failure; one that fails, or cannot be told, is skipped, with its reason: it breaks no build.
    """

    def __init__(self, out: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self.out = out
        self.cases: dict[str, list[Case]] = defaultdict(list)
        del quiet, verbose  # the format says what is in it

    def finding(self, finding: Finding) -> None:
        """Keep one link."""
        reason = "" if finding.life is Life.ALIVE else finding.reason
        for spot in finding.link.spots:
            case = Case(spot.line, spot.place, finding.link.url, finding.life, finding.verdict.state, reason)
            self.cases[relative(spot.path)].append(case)

    def end(self, summary: Summary) -> None:
        """Write all of them."""
        root = ET.Element("testsuites", name="recrawl check", time=_seconds(summary))
        timestamp = f"{summary.began:%Y-%m-%dT%H:%M:%S}"
        for path in sorted(self.cases):
            root.append(_suite(path, sorted(self.cases[path], key=lambda case: (case.line, case.place)), timestamp))
        for name in ("tests", "failures", "errors"):
            root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
        # ASCII with character references reads the same in every encoding that the file may have.
        ET.indent(root)
        self.out.write(ET.tostring(root, encoding="us-ascii", xml_declaration=True).decode() + "\n")


def _suite(path: str, cases: list[Case], timestamp: str) -> ET.Element:
    failures = sum(case.life is Life.DEAD for case in cases)
    skipped = sum(case.life in (Life.FAILING, Life.UNSURE) for case in cases)
    suite = ET.Element("testsuite", name=line(path), tests=str(len(cases)), failures=str(failures), errors="0")
    suite.set("skipped", str(skipped))
    suite.set("timestamp", timestamp)
    for case in cases:
        suite.append(_case(path, case))
    return suite


def _case(path: str, case: Case) -> ET.Element:
    where = f"{path}:{case.line}" + (f" {case.place}" if case.place else "")
    test = ET.Element("testcase", name=line(case.url), classname=line(where), time="0")
    if case.life is not Life.ALIVE:
        outcome = ET.SubElement(test, "failure" if case.life is Life.DEAD else "skipped", type=case.state)
        outcome.set("message", line(f"{case.life}: {case.reason}"))
        outcome.text = line(f"{where}: {case.url}")
    return test


def _seconds(summary: Summary) -> str:
    return f"{(summary.ended - summary.began).total_seconds():.3f}" if summary.ended else "0"
