"""The HTML report: one page for a person, which needs nothing but a browser."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, TextIO

from jinja2 import Environment, FileSystemLoader

from crawler.finding import Finding
from crawler.history import History
from crawler.line import line
from crawler.link import Spot
from crawler.meaning import LIVES, meaning
from crawler.observation import Observation, Weight
from crawler.report.rot.spot import relative
from crawler.report.rot.summary import WORST_FIRST, Summary, by_state, worst
from crawler.standing import Life
from crawler.url import has_credentials, is_web, site

PAGE: Final = Path(__file__).with_name("page")

MARKS: Final = 30
"""Looks that a row shows as marks, the newest; all of them are told in words below it."""

NAMED: Final = 8
"""Sites and files that are named with their numbers, the worst; the filters name all."""


@dataclass(frozen=True, slots=True)
class Address:
    """A URL as it is shown, and where it leads: nowhere, if it is no address of the web."""

    text: str
    href: str

    @classmethod
    def of(cls, url: str) -> "Address | None":
        """Return how a URL is shown; None for an empty one."""
        return cls(line(url), url if is_web(url) and not has_credentials(url) else "") if url else None


@dataclass(frozen=True, slots=True)
class Row:
    """What the page says of one link, in words and marks only."""

    life: Life
    state: str
    role: str
    site: str
    url: Address
    final: Address | None
    better: Address | None
    reason: str
    spots: tuple[tuple[str, int, str], ...]
    marks: tuple[tuple[str, int], ...]
    looks: tuple[str, ...]

    @classmethod
    def of(cls, finding: Finding) -> "Row":
        """Return what is kept of a finding."""
        link, verdict = finding.link, finding.verdict
        return cls(
            life=finding.life,
            state=str(verdict.state),
            role=str(link.role),
            site=line(site(link.url)),
            url=Address.of(link.url) or Address("(empty)", ""),
            final=Address.of(verdict.final_url) if verdict.final_url != link.url else None,
            better=Address.of(finding.better),
            reason=line(finding.reason),
            spots=tuple(_spot(spot) for spot in link.spots),
            marks=tuple(_marks(finding.history)),
            looks=tuple(line(str(seen)) for seen in finding.history),
        )


class Html:
    """Writes one page at the end; no part of it comes from elsewhere, and its policy lets none in.

    It can be read without the script, which only filters.
    """

    def __init__(self, out: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self.out = out
        self.rows: dict[Life, list[Row]] = {life: [] for life in WORST_FIRST}
        del quiet, verbose  # the page has filters

    def finding(self, finding: Finding) -> None:
        """Keep one link."""
        self.rows[finding.life].append(Row.of(finding))

    def end(self, summary: Summary) -> None:
        """Write the page."""
        rows = [
            row for life in WORST_FIRST for row in sorted(self.rows[life], key=lambda row: (row.site, row.url.text))
        ]
        environment = Environment(loader=FileSystemLoader(PAGE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
        environment.globals |= {"meaning": meaning, "lives": LIVES, "worst_first": WORST_FIRST}
        for part in environment.get_template("report.html").generate(
            summary=summary,
            rows=rows,
            notes=[line(note) for note in summary.notes],
            files=_numbered(path for row in rows for path, _, _ in row.spots),
            states=list(by_state(summary)),
            sites=[(line(name), tally) for name, tally in worst(summary.sites, NAMED)],
            worst_files=[(line(relative(Path(name))), tally) for name, tally in worst(summary.files, NAMED)],
            style=_Part("style.css"),
            script=_Part("script.js"),
        ):
            # ASCII with character references reads the same in every encoding that the file may have.
            self.out.write(part.encode("ascii", "xmlcharrefreplace").decode())


class _Part:
    """A part of the page that is ours: its text, and the hash by which the page's policy knows it."""

    def __init__(self, name: str) -> None:
        self.text = (PAGE / name).read_text(encoding="ascii")
        self.hash = b64encode(hashlib.sha256(self.text.encode()).digest()).decode()


def _numbered(names: Iterator[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(names)))}


def _spot(spot: Spot) -> tuple[str, int, str]:
    return line(relative(spot.path)), spot.line, line(spot.place)


def _marks(history: History) -> Iterator[tuple[str, int]]:
    """Yield what the newest looks saw, oldest first, the same ones together: ("life", 3), ("strike", 2)."""
    for kind, looks in groupby(map(_kind, history.observations[-MARKS:])):
        yield kind, sum(1 for _ in looks)


def _kind(seen: Observation) -> str:
    if seen.weight is Weight.LIFE:
        return "life"
    return "strike" if seen.weight.is_strike else "open"
