"""A sibling: an address beside another one, of the same shape, that nobody has published.

What a server says there is what it says where nothing is (Bar-Yossef et al., "Sic transit gloria telae", WWW 2004).
"""

import re
import string
from random import Random
from typing import Final
from urllib.parse import urlunsplit

from crawler.url import host, split

_NUMBER: Final = re.compile(r"\d+")
_ENDING: Final = re.compile(r"(?<=.)\.[a-zA-Z]\w{1,4}$")
_WRITTEN: Final = re.compile(r"%[0-9A-Fa-f]{2}|[A-Za-z]|\d+|.")
_WORD: Final = re.compile(r"[^\W\d_]+(?=[-_+.])|(?<=[-_+])[^\W\d_]+")
_FEW: Final = 3
"""Words of a name that can be said in another order."""

_LONG: Final = 12
"""Letters of a name that nobody has chosen by chance."""

_IDS: Final = (2_100_000_000, 2_147_483_647)
"""Numbers that no database has come to, and all can still look up: the last of 31 bits."""


def sibling(url: str, random: Random) -> str:
    """Return the address of nothing in the folder of a URL: each letter and number of its last step is another.

    Where the query names the page (``?p=123``), the query is changed so. Numbers stay numbers, since servers may tell
    addresses apart by them.
    """
    parts = split(url)
    if parts.query:
        query = "&".join(_other_value(pair, random) for pair in parts.query.split("&"))
        return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))
    above, _, last = parts.path.rstrip("/").rpartition("/")
    slash = "/" if parts.path.endswith("/") and last else ""
    return urlunsplit((parts.scheme, parts.netloc, f"{above}/{_other(last, random)}{slash}", "", ""))


def shuffled(url: str, random: Random) -> str:
    """Return a sibling that is made of the same words in another order, where there are some; else any.

    A search finds the same for it, where it finds nothing for words that are none.
    """
    parts = split(url)
    above, _, last = parts.path.rstrip("/").rpartition("/")
    words = _WORD.findall(last)
    if parts.query or len(words) < _FEW:
        return sibling(url, random)
    order = [*words]
    while order == words and len(set(words)) > 1:
        random.shuffle(order)
    others = iter(order)
    return urlunsplit((parts.scheme, parts.netloc, f"{above}/{_WORD.sub(lambda _: next(others), last)}", "", ""))


def _other_value(pair: str, random: Random) -> str:
    name, equals, value = pair.partition("=")
    return f"{name}={_other(value, random)}" if equals and value else pair


def _other(step: str, random: Random) -> str:
    ending = _ENDING.search(step)
    stem = step[: ending.start()] if ending else step
    if stem.isdigit():
        return f"{random.randint(*_IDS)}{ending[0] if ending else ''}"
    made = "".join(_another(match[0], random) for match in _WRITTEN.finditer(stem))
    missing = _LONG - sum(map(str.isalpha, made))
    made += "".join(random.choices(string.ascii_lowercase, k=max(missing, 0)))
    return made + (ending[0] if ending else "")


def _another(written: str, random: Random) -> str:
    if written.isdigit():
        return "9" + "".join(random.choices(string.digits, k=len(written) - 1))
    if written.startswith("%") or written.islower():
        return random.choice(string.ascii_lowercase)
    return random.choice(string.ascii_uppercase) if written.isupper() else written


def home(url: str) -> str:
    """Return the address of a host's entrance."""
    parts = split(url)
    return f"{parts.scheme}://{parts.netloc}/"


def is_home(url: str) -> bool:
    """Tell whether an address is that of an entrance."""
    parts = split(url)
    return parts.path in ("", "/") and not parts.query


def folder(url: str) -> str:
    """Return what addresses have in common that a server is likely to answer in one way: host, folder, and whether the
    query names the page; one day's folder is as good as another's."""
    parts = split(url)
    above = parts.path.rstrip("/").rpartition("/")[0]
    return f"{host(url)}{_NUMBER.sub('0', parts.path + '?' if parts.query else above)}"
