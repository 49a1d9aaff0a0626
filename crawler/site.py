"""A site: what pages of one registered domain have taught, so that what stands on all of them tells nothing of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Self
from zlib import crc32

from crawler.evidence import Choice, Evidence, Field
from crawler.moment import day_of, days_of, order_of
from crawler.prose import fold

OFTEN: Final = 3
"""Articles with different titles on which a picture or a description must be seen before it is the site's own."""

KEPT: Final = 32
"""Pictures and descriptions that are remembered, the latest; a site's own come back soon enough to stay."""

MOST: Final = 1000
"""Where counting stops."""

Sightings = Mapping[str, tuple[str, ...]]
"""Digests of pictures or descriptions, each with those of the first `OFTEN` titles that it was seen with."""

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Site:
    """What is known of one site.

    ``tails`` counts what follows the headline in titles (`` | Example``), ``orders`` the numeric dates that were proven
    to be ``dmy`` or ``mdy``, ``offsets`` the zones of its clocks as ``month:minutes east of Greenwich`` (clocks change
    twice a year), ``lost`` holds digests of what it says where a page is missing.
    """

    pictures: Sightings = field(default_factory=dict)
    descriptions: Sightings = field(default_factory=dict)
    tails: Counts = field(default_factory=dict)
    orders: Counts = field(default_factory=dict)
    offsets: Counts = field(default_factory=dict)
    lost: tuple[str, ...] = ()

    def is_own_picture(self, key: str) -> bool:
        """Tell whether a picture (see `crawler.picture.Picture.key`) leads too many articles to show any of them."""
        return bool(self.pictures) and len(self.pictures.get(digest(key), ())) >= OFTEN

    def is_boilerplate(self, description: str) -> bool:
        """Tell whether a description stands on too many pages to describe one."""
        return bool(self.descriptions) and len(self.descriptions.get(digest(description), ())) >= OFTEN

    def is_lost(self, text: str) -> bool:
        """Tell whether a page says what this site says where a page is missing."""
        return digest(text) in self.lost

    @property
    def tail(self) -> str:
        """What most titles of the site end with, empty where none was seen twice."""
        found = _commonest(self.tails)
        return found if found and self.tails[found] > 1 else ""

    @property
    def order(self) -> str | None:
        """The order of day and month in numeric dates, None where it was never proven."""
        return _commonest(self.orders)

    def offset(self, clock: datetime) -> timedelta | None:
        """Return how far east of Greenwich the site's clocks stood at a naive time, None where that was never seen."""
        seen = {key.partition(":")[2]: n for key, n in self.offsets.items() if key.startswith(f"{clock.month}:")}
        found = _commonest(seen)
        return None if found is None else timedelta(minutes=int(found))

    def after(self, evidence: Iterable[Evidence], choices: Mapping[Field, Choice]) -> Self:
        """Return what is known after one more page, by what it stated and what was settled on."""
        if Field.TITLE not in choices:
            return self
        stated = sorted(evidence, key=lambda item: -item.confidence)
        title = str(choices[Field.TITLE].value)
        shown = {item.source == "hero": item.value.key for item in reversed(stated) if item.field is Field.IMAGE}
        description = next((item.value for item in stated if item.field is Field.EXCERPT and item.source in _TOLD), "")
        said = next((item.said for item in stated if item.field is Field.TITLE and item.source == "title"), "")
        moment = choices[Field.PUBLISHED].value if Field.PUBLISHED in choices else None
        return self.with_article(
            title,
            picture=shown.get(False, ""),
            hero=shown.get(True, ""),
            description=description,
            tail=said.removeprefix(title) if said.startswith(title) else "",
            order=_proven(stated, moment),
            clock=moment if isinstance(moment, datetime) else None,
        )

    def with_article(
        self,
        title: str,
        *,
        picture: str = "",
        hero: str = "",
        description: str = "",
        tail: str = "",
        order: str = "",
        clock: datetime | None = None,
    ) -> Self:
        """Return what is known after one more article; what is not given was not seen."""
        offset = clock.utcoffset() if clock is not None else None
        zone = f"{clock.month}:{offset // timedelta(minutes=1)}" if clock is not None and offset else ""
        return replace(
            self,
            pictures=_sighted(_sighted(self.pictures, hero, title), picture, title),
            descriptions=_sighted(self.descriptions, description, title),
            tails=_counted(self.tails, tail),
            orders=_counted(self.orders, order),
            offsets=_counted(self.offsets, zone),
        )

    def with_lost(self, text: str) -> Self:
        """Return what is known after an address that cannot exist was answered with this text."""
        return replace(self, lost=tuple(dict.fromkeys((digest(text), *self.lost)))[:OFTEN])

    def to_json(self) -> dict[str, Any]:
        """Return all that is known as plain JSON values; nothing that is empty."""
        return {name: value for name, value in vars(self).items() if value}

    @classmethod
    def from_json(cls, known: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; what an older or newer version wrote differently is forgotten."""
        lost = known.get("lost")
        return cls(
            pictures=_sightings(known.get("pictures")),
            descriptions=_sightings(known.get("descriptions")),
            tails=_counts(known.get("tails")),
            orders=_counts(known.get("orders")),
            offsets=_counts(known.get("offsets")),
            lost=tuple(map(str, lost)) if isinstance(lost, list | tuple) else (),
        )


_TOLD: Final = frozenset({"og:description", "twitter:description", "description"})
"""Sources of descriptions that a site may fill with words of its own."""


def _proven(stated: Iterable[Evidence], moment: Any) -> str:
    """Return the order in which numbers were read as the day that was settled on, where the other order is another."""
    if not isinstance(moment, date):
        return ""
    days = days_of(moment)
    for item in stated:
        if item.field is Field.PUBLISHED and item.other is not None:
            first, second = (not days.isdisjoint(days_of(value)) for value in (item.value, item.other))
            if first is not second:
                return order_of(item.said, day_of(moment))
    return ""


def digest(text: str) -> str:
    """Return what is kept of a text to know it again, whatever its case, accents and punctuation."""
    return f"{crc32(fold(text).encode()):08x}"


def _sighted(known: Sightings, seen: str, title: str) -> Sightings:
    """Note that something was seen on an article; what was seen last is kept."""
    if not seen or not title:
        return known
    key = digest(seen)
    titles = tuple(dict.fromkeys((*known.get(key, ()), digest(title))))[:OFTEN]
    rest = [(other, value) for other, value in known.items() if other != key]
    return dict([*rest[-KEPT + 1 :], (key, titles)])


def _counted(known: Counts, seen: str) -> Counts:
    if not seen:
        return known
    counts = {**known, seen: min(known.get(seen, 0) + 1, MOST)}
    return dict(sorted(counts.items(), key=lambda item: -item[1])[:KEPT])


def _commonest(counts: Counts) -> str | None:
    return max(counts, key=lambda key: counts[key], default=None)


def _sightings(value: Any) -> Sightings:
    items = value.items() if isinstance(value, Mapping) else ()
    return {str(key): tuple(map(str, titles)) for key, titles in items if isinstance(titles, list | tuple)}


def _counts(value: Any) -> Counts:
    items = value.items() if isinstance(value, Mapping) else ()
    return {str(key): count for key, count in items if isinstance(count, int)}
