"""A date word: what the names of elements and the words beside a date say of it, published or updated."""

import re
from functools import lru_cache
from typing import Final

from crawler.evidence import Field
from crawler.markup import letters

METAS: Final = {
    "articlepublishedtime": 0.955, "ogarticlepublishedtime": 0.95, "ogpublishedtime": 0.95, "articlepublished": 0.95,
    "parselypubdate": 0.99, "cxenseparserecspublishtime": 0.98, "cxenseparsepublishtime": 0.98, "sailthrudate": 0.95,
    "datepublished": 0.96, "itempropdatepublished": 0.96, "date": 0.93, "dcdateissued": 0.93, "dctermsissued": 0.93,
    "dcdate": 0.9, "dctermsdate": 0.9, "itempropdatecreated": 0.85, "datecreated": 0.85, "dctermscreated": 0.85,
    "dcdatecreated": 0.85, "ogreleasedate": 0.85, "time": 0.8, "ptime": 0.9, "pdate": 0.9, "displaydate": 0.9,
}  # fmt: skip
"""Names of meta elements by their letters, with the share of them that named the day of publication when measured."""

PROPERTIES: Final = frozenset({
    "datepublished", "datecreated", "datemodified", "dcdate", "pubdate", "dccreated", "dctermscreated",
    "dcdatecreated", "dcdateissued", "dctermsissued", "dctermsmodified", "schemadatepublished",
    "schemadatecreated", "schemadatemodified", "dctermsdate",
})  # fmt: skip
"""Microdata and RDFa properties of an article that are dates, by their letters."""

_PUBLISHED_NAME = re.compile(r"publi|pubdate|pubtime|issued|created|creation|original|release|postdate|uploaded|posted")
_UPDATED_NAME = re.compile(r"modif|moddate|updat|revis|changed|utime|edited", re.IGNORECASE)
_DATE_NAME = re.compile(r"date|time|published|issued|created|modified|updated|uploaded")
_BOTH = re.compile(r"entry-date|published|datePublished")
_NO_DATE = re.compile(
    r"publisher|reading|preptime|cooktime|totaltime|expir|unpublish|validat|founding|birth|duration|build|now|today|"
    r"tomorrow|yesterday|current|server|render|gentime|i18n|verif|yyyy|start|end|event"
)
_UPDATED = re.compile(
    r"updat|modif|aktualis|geändert|änderung|stand\b|mis à jour|mise à jour|\bmaj\b|actualiz|atualiz|aggiorn|"
    r"bijgewerkt|gewijzigd|oppdater|opdater|uppdater|ändrad|päivitet|muokattu|aktualiz|zaktualiz|обновл|изменен|güncel|更新|最終|修正|"
    r"수정|last edit|last change|revised|reviewed",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi|posted|veröffentlich|erschienen|erstellt|created|geplaatst|gepubliceerd|opublikowan|опубликован|yayın|"
    r"objavljeno|掲載|公開|発表|등록|입력|发布|發布|from:|date:|datum",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bissue\b|regist|joined|mitglied|geboren|\bborn\b|©|copyright|\(c\)|until|\bbis\b|gültig|event", re.IGNORECASE
)
_CLASS = re.compile(
    r"(?<![a-z])(?:date|time|publi|posted|pub-?date|created|meta|byline|author|info)|(?:date|time|Date|Time|[pP]ublished)(?![a-z])"
)
_STOP = re.compile(r"[|·•;()]|[.,:]\s")

SENTENCE_END: Final = 50
"""Characters after a date in which the verb of its sentence stands."""


@lru_cache(maxsize=4096)
def of_meta(name: str) -> tuple[Field, float] | None:
    """Return which date a meta element of a name (its letters) holds and how far it is to be trusted, if any."""
    if name in METAS:
        return Field.PUBLISHED, METAS[name]
    if not _DATE_NAME.search(name) or _NO_DATE.search(name):
        return None
    if _UPDATED_NAME.search(name):
        return Field.UPDATED, 0.9
    return Field.PUBLISHED, 0.9 if _PUBLISHED_NAME.search(name) else 0.7


def is_property(name: str) -> bool:
    """Tell whether a property is a date of an article."""
    return letters(name) in PROPERTIES


def names_update(names: str) -> bool:
    """Tell whether the names of an element say that it is the day of an update.

    Templates that show one date give it the microformat's two names at once (``entry-date published updated``).
    """
    if _BOTH.search(names):
        return False
    return _UPDATED_NAME.search(names) is not None or _UPDATED.search(names) is not None


def says_update(words: str) -> bool:
    """Tell whether the words before a date say that it is the day of an update."""
    return _UPDATED.search(words) is not None


def says_publication(words: str, names: str) -> bool:
    """Tell whether the words before a date, or the names of what encloses it, say that it is the article's date."""
    return _PUBLISHED.search(words) is not None or _CLASS.search(names) is not None


def ends_as_update(words: str) -> bool:
    """Tell whether the words after the last date of a sentence end it as that of an update (``… geändert``)."""
    return _ends(_UPDATED, words)


def ends_as_publication(words: str) -> bool:
    """Tell whether the words after the last date of a sentence end it as that of publication (``… veröffentlicht``)."""
    return _ends(_PUBLISHED, words)


def _ends(label: re.Pattern[str], words: str) -> bool:
    # A capital begins what stands before the next date, as in "6 May 2024 Updated 5 minutes ago".
    found = label.search(words, 0, SENTENCE_END)
    return found is not None and not found[0][0].isupper() and not _STOP.search(words, 0, found.start())


def says_other(words: str) -> bool:
    """Tell whether the words around a date say that it is that of something else."""
    return _OTHER.search(words) is not None
