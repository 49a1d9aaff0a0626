"""The schema: what may stand in `recrawl.yml`, each key with the words in which its user is told what it must be."""

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
from ipaddress import ip_network
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from crawler import url
from crawler.layout import Key
from crawler.place import parse, text
from crawler.presets import PRESETS

_STRICT: Final = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

OPTIONAL: Final = {"title": (Key.TITLE,), "updated": (Key.UPDATED,), "site": (Key.SITE, Key.DOMAIN)}
"""What ``write`` may name, and the fields that it allows to be written."""


def shown(value: Any) -> str:
    """Write a value for a message: shortened, and of a list or mapping only that it is one."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= _LONG else f"{written[:_LONG]}…"


_LONG: Final = 60


def meant(word: str, words: Iterable[str]) -> str:
    """Return a question for the known word that is most like a given one; empty where none is."""
    close = get_close_matches(word, list(words), n=1)
    return f', did you mean "{close[0]}"?' if close else ""


# A validator that raises ValueError with no text leaves it to the description of its key.


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


_OneOrMore: Final = BeforeValidator(_list)


def _contact(value: str) -> str:
    if not (url.is_web(value) or re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value)):
        raise ValueError
    return _header(value)


def _web(value: str) -> str:
    if not url.is_web(value):
        raise ValueError
    return value


def _header(value: str) -> str:
    if not (value.strip() and value.isascii() and value.isprintable()):
        raise ValueError
    return value


def _known(value: str, words: Iterable[str]) -> str:
    if value not in (known := list(words)):
        raise ValueError(f"must be one of {', '.join(known)} (is {shown(value)}{meant(value, known)})")
    return value


def _key(value: str) -> str:
    if value not in set(Key):
        raise ValueError(f"unknown key{meant(value, Key)}")
    return value


def _key_path(value: str) -> str:
    try:
        return text(parse(value))
    except ValueError:
        raise ValueError from None


def _site(value: str) -> str:
    if (found := url.site(value)) != value:
        meant = f', did you mean "{found}"?' if found else ""
        raise ValueError(f"must be a registered domain such as al.com (is {shown(value)}{meant})")
    return value


def _network(value: str) -> str:
    try:
        return str(ip_network(value, strict=False))
    except ValueError:
        raise ValueError from None


_Delay = Annotated[float, Field(ge=0, description="a number of seconds, 0 or more")]
_Count = Annotated[int, Field(ge=1, description="a whole number, 1 or more")]
_Flag = Annotated[bool, Field(description="true or false")]
_KeyPath = Annotated[str, AfterValidator(_key_path)]
_KeyPaths = Annotated[list[_KeyPath], _OneOrMore, Field(min_length=1)]


class SiteSection(BaseModel):
    """One entry of ``sites``."""

    model_config = _STRICT

    delay: _Delay = 0
    per_site: _Count = 1
    skip: _Flag = False


class PinSection(BaseModel):
    """What stands under ``pin``."""

    model_config = _STRICT

    fields: Annotated[list[_KeyPath], _OneOrMore] = Field(
        default=[], description="the name of a field here or a key path, or a list of them"
    )
    files: Annotated[list[str], _OneOrMore] = Field(default=[], description="a path or pattern, or a list of them")


class File(BaseModel):
    """All of `recrawl.yml`; the defaults are those of `Config`."""

    model_config = _STRICT

    contact: Annotated[str, AfterValidator(_contact)] = Field("", description="an http(s) or mail address, in ASCII")
    user_agent: Annotated[str, AfterValidator(_header)] = Field("", description="one line of ASCII")
    delay: _Delay = 0
    per_site: _Count = 1
    concurrency: _Count = 1
    timeout: float = Field(1, gt=0, description="a number of seconds, more than 0")
    max_size: int = Field(1, ge=1, description="a number of bytes, 1 or more")
    allow_private: Annotated[list[Annotated[str, AfterValidator(_network)]], _OneOrMore] = Field(
        [], description="a network such as 10.0.0.0/8, or a list of them"
    )
    preset: Annotated[str, AfterValidator(lambda value: _known(value, PRESETS))] = Field(
        "", description="the name of a preset"
    )
    fields: dict[Annotated[str, AfterValidator(_key)], _KeyPaths] = Field(
        {}, description="a key path such as cover.image, or a list of them"
    )
    pin: PinSection = Field(default=PinSection(), description="a mapping of fields and files")
    sites: dict[Annotated[str, AfterValidator(_site)], SiteSection] = Field({}, description="a mapping")
    write: Annotated[list[Annotated[str, AfterValidator(lambda value: _known(value, OPTIONAL))]], _OneOrMore] = Field(
        [], description=f"a list of any of {', '.join(OPTIONAL)}"
    )
    related: _Flag = False
    archive: Annotated[str, AfterValidator(_web)] = Field("", description="an http(s) address")
    archive_field: Annotated[_KeyPath, Field(description="a key path such as archivedUrl")] = ""
    state: Annotated[str, Field(min_length=1, description="a folder")] = ""
