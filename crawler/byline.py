"""A byline: the names of those who wrote an article, read out of what stands where authors are named."""

import re
from functools import lru_cache
from typing import Final

from crawler.prose import clean, fold
from crawler.tongue import ANY, tongue

MOST: Final = 5
"""Words of one name; more are a sentence."""

LONGEST: Final = 60
"""Characters of one name."""

_BY = r"(?:by|von|vom|par|por|di|door|av|af|od|from|przez)"
_LEAD = re.compile(
    rf"^(?:(?:written|posted|published|publiziert|reported|edited|words|story|text|texte|testo|report|bericht|veröffentlicht|"
    rf"geschrieben|verfasst|eingestellt|erstellt|publié|escrito|escribe|publicado|on|am|le|el|interview|analyse|analysis|"
    rf"kommentar|reportage|gastbeitrag|ein|eine|an|article|artikel)\b.{{0,40}}?)?\b{_BY}\b\s*:?\s*",
    re.IGNORECASE,
)
_GLUED_LABEL = re.compile(r"^(?:Author|Autor(?:in)?|By|Von|Par|Por)(?=[A-ZÀ-Þ][a-zß-ÿ])")
_LABEL = re.compile(r"^[^\W\d_]+(?:\s[^\W\d_]+)?\s*[:：]\s*")
_ALL_POSTS = re.compile(
    r"^(?:view|see|show|zeigen?|alle|all|mehr|weitere|voir|tous|ver|todas?|vedi|tutti|more|posts?|articles?|beiträge|über|about)\b"
    rf".{{0,40}}?\b(?:{_BY}|of|de|des)\s+",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s*(?:[|•·—–\n\t/(\[<→»©]|\s[^\W\d_]+:|\s-\s|\s\d|\s(?:am|on|at|in|im|für|for|is|lehrt|ist|can)\s|https?:|\s@|\S+@|"
    r"\b(?:updated|published|aktualisiert|posted|illustrat\w+|photograph\w+|fotos?|photos?|edited|stand|lesezeit|uhr|follow)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_AND = re.compile(r"\s*[,;&+|]\s*|\s+(?:and|und|y|et|e|og|och|en|with|mit|avec|con)\s+", re.IGNORECASE)
_TITLE = re.compile(
    r"^(?:(?:dr|prof|mr|mrs|ms|ing|dipl|drs|sir|and|und|with|mit|avec|con)\.?\s+)+(?=\w)", re.IGNORECASE
)
_DEGREE = re.compile(
    r"ph\.?\s?d|m\.?d|m\.?a|m\.?sc?|b\.?a|b\.?sc|mba|jd|rdn?|ldn?|rn|mph|cpt|esq|jr|sr|i{2,}|cfa|llm|np|cscs|e\.?\s?v",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:beiträge|artikel|articles?|posts?|search|google|view|alle?|person|update|posted|reporter|editor|correspondent|writer|journalist|redakt\w+|korrespondent\w*|columnist|kolumnist\w*|contributor|"
    r"producer|chief|director|manager|professor|author|autor|autorin|analyst|expert|founder|ceo|head|leiter\w*|share|"
    r"shares|email|twitter|facebook|more|minutes?|comments?|kommentare?|subscribe|about|profile?|scholar|quelle|datum|"
    r"date|source|herausgeber|page|universi\w+)\b",
    re.IGNORECASE,
)
_PARTICLES: Final = frozenset({
    "von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "do", "la", "le", "les", "el",
    "al", "bin", "ibn", "ben", "y", "e", "und", "zu", "zum", "zur", "af", "av", "ter", "ten", "te", "du", "des",
    "d'", "o'", "st",
})  # fmt: skip
_NOBODY: Final = frozenset({
    "admin", "administrator", "redaktion", "redaktionsteam", "editor", "editors", "editorial", "staff", "root",
    "webmaster", "unknown", "author", "noauthor", "user", "guest", "wordpressadmin", "gast", "anonymous", "anonym",
    "none", "null", "wpadmin", "editorialteam", "newsdesk", "newsroom", "news", "nachrichten", "online", "team",
    "by", "on", "am", "von", "par", "por", "vom", "veröffentlicht", "publiziert", "posted", "published", "autor",
    "autorin", "stand", "datum", "quelle",
})  # fmt: skip


READ: Final = 1000
"""Characters of a byline that are read: no more people sign an article than they hold."""


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[str, ...]:
    """Return the names in a byline, each once, without the words around them, their degrees and their roles."""
    text = _LEAD.sub("", _ALL_POSTS.sub("", _GLUED_LABEL.sub("", clean(text)[:READ])))
    text = _END.sub("", _without_date(_LABEL.sub("", text.strip(" ©|·"))))
    found = dict.fromkeys(name for part in _AND.split(text) if (name := _name(part)))
    people = [name for name in found if not _DEGREE.fullmatch(name.rstrip(".")) and not _is_abbreviation(name)]
    return tuple(people or found)


def name_as_stated(text: str) -> tuple[str, ...]:
    """Return what was stated to be a name, if it can be one: desks and agencies are not written as people are."""
    name = clean(text).strip(" |-–—,;")
    is_name = 0 < len(name.split()) <= MOST and len(name) <= LONGEST and any(map(str.isalpha, name))
    return (name,) if is_name and not is_nobody(name) and not _END.search(name) else ()


def is_nobody(name: str) -> bool:
    """Tell whether a name is that of an account or a desk rather than of a person."""
    return fold(name) in _NOBODY


def has_role(name: str) -> bool:
    """Tell whether a name holds what people are, or what buttons beside them say, rather than how they are called."""
    return _ROLE.search(name) is not None


_GLUED = re.compile(r"[^\W\d_]{3}(?<=[a-zß-ÿ])[A-ZÀ-Þ][a-zß-ÿ]")


def looks_like_person(name: str) -> bool:
    """Tell whether a name is written as people's are: two to five words, each with a capital but particles.

    Two names that a template glued together (``Ann LeeBob Ray``) are none.
    """
    words = name.split()
    if _GLUED.search(name) and not name.isupper():
        return False
    return (
        2 <= len(words) <= MOST and not any(c.isdigit() for c in name) and words[0][:1].isupper() and _is_proper(words)
    )


def _is_proper(words: list[str]) -> bool:
    return all(
        not word[:1].islower() or word.casefold() in _PARTICLES or word.startswith(("d'", "d’", "l'", "l’"))
        for word in words
    )


def _without_date(text: str) -> str:
    """Cut a text before a date that begins with a month or a weekday."""
    words = text.split()
    for index in range(1, len(words) - 1):
        word = words[index].casefold().strip(".,")
        if words[index + 1][:1].isdigit() and (tongue(ANY).month(word) or word in tongue(ANY).weekdays):
            return " ".join(words[:index])
    return text


def _is_abbreviation(name: str) -> bool:
    return len(name) <= 3 and name.islower()


def _without_role(name: str) -> str:
    """Cut a name before what the person is, or after it; a single word is not cut, a row of roles is no name."""
    role = _ROLE.search(name)
    if role is None or " " not in name:
        return name
    if role.start() == 0:
        behind = name[role.end() :].strip(" ,-–")
        return "" if _ROLE.search(behind) else behind
    before = name[: role.start()].strip(" ,-–")
    return before if " " in before else name


def _name(part: str) -> str:
    name = _TITLE.sub("", part.strip(" .:;,-–—|·•\"'„“”»«*→"))
    words = _without_agency(_without_role(name).split())
    half = len(words) // 2
    if words[:half] == words[half:]:
        words = words[:half]
    if not 0 < len(words) <= MOST or len(name) > LONGEST or is_nobody(name) or not any(c.isalpha() for c in name):
        return ""
    if len(words) > 1 and (not _is_proper(words) or words[0].casefold() in _PREPOSITIONS):
        return ""
    if len(words) == 1 and (tongue(ANY).month(name) or name.casefold() in tongue(ANY).weekdays) and len(name) < 4:
        return ""
    return " ".join(words)


def _without_agency(words: list[str]) -> list[str]:
    """Cut a name before an abbreviation and what follows it (``Ann Lee BBC Asian Network``); surnames in capitals are
    the last word."""
    places = range(2, len(words) - 1)
    cut = next((at for at in places if words[at].isupper() and words[at].isalpha() and len(words[at]) > 2), None)
    return words if cut is None or any(map(str.isupper, words[:cut])) else words[:cut]


_PREPOSITIONS: Final = frozenset({"in", "on", "at", "im", "am", "by", "for", "the"})
