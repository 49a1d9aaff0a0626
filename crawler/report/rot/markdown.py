"""The Markdown report: for the comment of a pull request, or for GitHub's summary of a job."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO
from urllib.parse import quote

from crawler.finding import Finding
from crawler.line import line, write
from crawler.report.rot.spot import relative
from crawler.report.rot.summary import WORST_FIRST, Summary, by_state, told, worst
from crawler.standing import Life
from crawler.url import has_credentials, is_web

ROOM: Final = 60_000
"""Characters of the tables of links: a comment on GitHub holds 65,536, and the numbers need some."""

LONGEST: Final = 300
"""Characters of one cell: a table is looked at, not searched."""

SITES: Final = 10
"""Sites and files that are named, those with the most dead links."""

HEADINGS: Final = {
    Life.DEAD: "Dead",
    Life.FAILING: "Failing, not dead yet",
    Life.UNSURE: "Cannot be told",
    Life.ALIVE: "Moved for good",
}


class Markdown:
    """Writes the numbers and a table for each verdict at the end, in the dialect of GitHub; nothing in it is HTML of
    others, a mention or an image."""

    def __init__(self, out: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self.out = out
        self.rows: dict[Life, list[str]] = {life: [] for life in WORST_FIRST}
        del quiet, verbose  # the format says what is in it

    def finding(self, finding: Finding) -> None:
        """Keep the row of one link."""
        if finding.life is not Life.ALIVE or finding.better:
            self.rows[finding.life].append(_row(finding))

    def end(self, summary: Summary) -> None:
        """Write all of them."""
        for text in (*_numbers(summary), *self._tables()):
            write(self.out, text)

    def _tables(self) -> Iterator[str]:
        room = ROOM
        for life in WORST_FIRST:
            rows = self.rows[life]
            shown = _fitting(sorted(rows), room)
            room -= sum(map(len, shown))
            if rows:
                yield from _table(HEADINGS[life], shown, len(rows), is_open=life is Life.DEAD)


def _numbers(summary: Summary) -> Iterator[str]:
    yield f"## Links: {told(summary.lives) or 'none'}"
    yield ""
    if summary.links:
        yield from ("| | links | what was observed |", "|---|--:|---|")
    for life in WORST_FIRST:
        states = ", ".join(f"{count:,} {state}" for own, state, count in by_state(summary) if own is life)
        if states:
            yield f"| **{life}** | {summary.lives[life]:,} | {states} |"
    yield ""
    for note in summary.notes:
        yield f"> {code(note)}\n"
    if summary.sites:
        sites = (f"{code(name)} {told(tally)}" for name, tally in worst(summary.sites, SITES))
        yield f"Sites with the most dead links: {'; '.join(sites)}.\n"


def _table(heading: str, rows: Iterable[str], of: int, *, is_open: bool) -> Iterator[str]:
    shown = list(rows)
    yield f"<details{' open' if is_open else ''}><summary><b>{heading}</b> ({of:,})</summary>\n"
    yield from ("| where | link | why |", "|---|---|---|", *shown)
    if len(shown) < of:
        yield f"\n… and {of - len(shown):,} more: `--format html` shows all."
    yield "\n</details>\n"


def _fitting(rows: Iterable[str], room: int) -> list[str]:
    shown = []
    for row in rows:
        room -= len(row)
        if room < 0:
            break
        shown.append(row)
    return shown


def _row(finding: Finding) -> str:
    spots = [
        f"{relative(spot.path)}:{spot.line}{f' {spot.place}' if spot.place else ''}" for spot in finding.link.spots
    ]
    where = code(spots[0]) if spots else ""
    more = f" and {len(spots) - 1} more" if len(spots) > 1 else ""
    better = f"<br>now at {_link(finding.better)}" if finding.better else ""
    why = f"**{finding.verdict.state}**<br>{code(finding.reason)}"
    return f"| {where}{more} | {_link(finding.link.url)}{better} | {why} |"


def _link(url: str) -> str:
    """Return a URL as a link that shows it, or as mere text where it is no address of the web."""
    if not is_web(url) or has_credentials(url):
        return code(url)
    # As `quote` leaves it, nothing in it ends a destination in angle brackets, or a cell of a table.
    return f"[{code(url)}](<{quote(url, safe=_KEPT, errors='replace')}>)"


_KEPT: Final = "!#$%&'()*+,-./:;=?@[]_~"
_BACKTICKS: Final = re.compile("`+")


def code(text: str) -> str:
    """Return a text as a code span, in which nothing of it means anything; pipes would end a cell even there."""
    text = line(text)
    if not text:
        return ""  # there is no empty code span
    text = (text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…").replace("|", r"\|")
    fence = "`" * (max((len(found[0]) for found in _BACKTICKS.finditer(text)), default=0) + 1)
    # A space on both sides is taken off again, and keeps a backtick apart from the fence.
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"
