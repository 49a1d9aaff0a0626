"""The options by which a command is told which records are meant."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import click

from crawler import frontmatter, place
from crawler.commands.span import SpanType
from crawler.errors import UsageError
from crawler.selection import Condition, Selection
from crawler.url import site


class ConditionType(click.ParamType[Condition]):
    """A condition on front matter."""

    name = "CONDITION"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Condition:
        """Read it."""
        try:
            return Condition.parse(value)
        except UsageError as error:
            self.fail(str(error), param, ctx)


class PlaceType(click.ParamType[place.Place]):
    """A key path."""

    name = "KEY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> place.Place:
        """Read it."""
        try:
            return place.parse(value)
        except ValueError:
            self.fail(f"{value!r} is no key path such as images or provider.name", param, ctx)


class MomentType(click.ParamType[datetime]):
    """A day, or a moment."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it; of a day its beginning, by the clock of this machine."""
        found = frontmatter.moment(str(value))
        if found is None:
            self.fail(f"{value!r} is no date such as 2020-10-20 or 2020-10-20T17:40", param, ctx)
        return _here(found).astimezone(UTC)


def _here(found: date) -> datetime:
    return found if isinstance(found, datetime) else datetime.combine(found, time())


class SiteType(click.ParamType[str]):
    """A site."""

    name = "SITE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return its registered domain."""
        name = site(str(value))
        if not name:
            self.fail(f"{value!r} is no site such as example.org", param, ctx)
        return name


_OPTIONS = (
    click.option(
        "--where", multiple=True, type=ConditionType(), help="Only records like topics=AI. Several: all hold."
    ),
    click.option("--missing", multiple=True, type=PlaceType(), help="Only records that have nothing at this key."),
    click.option("--site", "sites", multiple=True, type=SiteType(), help="Only articles of this site. Several: any."),
    click.option("--stale", type=SpanType(), help="Only records that were not checked for this time, such as 30d."),
    click.option("--changed-since", type=MomentType(), help="Only files that were changed on this day or later."),
)


def selecting(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options to a command; they arrive as keyword arguments (see `selection`)."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def selection(options: Mapping[str, Any]) -> Selection:
    """Return the selection that the options ask for."""
    sites = frozenset(options["sites"])
    return Selection(options["where"], options["missing"], sites, options["stale"], options["changed_since"])
