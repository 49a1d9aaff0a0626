"""The check: one document becomes a configuration, or an error that names every line that is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from crawler import __version__
from crawler.config import Config, Pins
from crawler.config.document import Document
from crawler.config.schema import OPTIONAL, File, PinSection, SiteSection, meant, shown
from crawler.errors import ConfigError
from crawler.layout import Key
from crawler.place import Place, parse, scalars, text
from crawler.url import has_credentials, is_web

_NAMES: Final = (
    r"(?:(?:api|access|auth|secret)[_-]?)?(?:key|token|secret)|authorization|cookies?|headers?|pass(?:word|wd)"
)
_SECRET_NAME: Final = re.compile(rf"{_NAMES}|(?:https?_)?prox(?:y|ies)", re.IGNORECASE)
_SECRET_PARAMETER: Final = re.compile(rf"[?&#;](?:{_NAMES})=", re.IGNORECASE)
"""Names of settings, and of parameters in URLs, under which secrets travel."""

_NO_MAPPING: Final = ("dict_type", "model_type")
_SECTIONS: Final[Mapping[str, type[BaseModel]]] = {"pin": PinSection, "sites": SiteSection}


def checked(document: Document) -> Config:
    """Return the configuration that a document asks for.

    Raises ConfigError with one line for each thing that is wrong, in the order of the file.
    """
    problems = dict(_secrets(document))
    try:
        file = File.model_validate(document.values if document.values is not None else {})
    except ValidationError as error:
        for detail in error.errors():
            place = _place(detail)
            problems.setdefault(place, _problem(place, detail))
        raise _error(document, problems) from error
    if problems:
        raise _error(document, problems)
    return _config(file)


def _config(file: File) -> Config:
    given = {name: getattr(file, name) for name in file.model_fields_set}
    contact = given.pop("contact", "")
    if contact:
        given.setdefault("user_agent", f"recrawl/{__version__} (+{contact})")
    for name, make in _MAKE.items():
        if name in given:
            given[name] = make(given[name])
    return Config(**given)


def _field(name: str) -> Key | Place:
    return Key(name) if name in set(Key) else parse(name)


_MAKE: Final[Mapping[str, Callable[[Any], Any]]] = {
    "allow_private": tuple,
    "fields": lambda names: {Key(key): tuple(map(parse, paths)) for key, paths in names.items()},
    "pin": lambda pin: Pins(tuple(map(_field, pin.fields)), tuple(pin.files)),
    "sites": lambda sites: {name: site.model_dump(exclude_unset=True) for name, site in sites.items()},
    "write": lambda names: frozenset(key for name in names for key in OPTIONAL[name]),
    "state": lambda folder: Path(folder).expanduser(),
}


def _secrets(document: Document) -> Iterator[tuple[Place, str]]:
    for place, value in scalars(document.values):
        if is_web(value) and (has_credentials(value) or _SECRET_PARAMETER.search(value)):
            yield place, "holds a password or key: secrets are read from the environment only"


def _place(detail: ErrorDetails) -> Place:
    return tuple(step for step in detail["loc"] if step != "[key]")


def _problem(place: Place, detail: ErrorDetails) -> str:
    if detail["type"] == "extra_forbidden":
        return _unknown(place)
    if said := str(detail.get("ctx", {}).get("error", "")):
        return said
    be = "a mapping of keys to values" if detail["type"] in _NO_MAPPING else _description(place)
    return f"must be {be} (is {'empty' if detail['input'] is None else shown(detail['input'])})"


def _unknown(place: Place) -> str:
    name = str(place[-1])
    if _SECRET_NAME.fullmatch(name):
        return "unknown key: secrets are read from the environment only"
    known = list(_model(place).model_fields)
    return f"unknown key{meant(name, known) or '; known are ' + ', '.join(known)}"


def _model(place: Place) -> type[BaseModel]:
    return _SECTIONS.get(str(place[0]), File) if len(place) > 1 else File


def _description(place: Place) -> str:
    fields = _model(place).model_fields
    return next((fields[str(step)].description or "" for step in place if str(step) in fields), "a mapping")


def _error(document: Document, problems: dict[Place, str]) -> ConfigError:
    path = _from_here(document.path)
    known = {document.nearest(place): said for place, said in problems.items()}
    lines = sorted(
        (document.lines[place], f"{text(place)}: {said}" if place else said) for place, said in known.items()
    )
    (line, first), others = lines[0], [f"\n{path}:{line}: {said}" for line, said in lines[1:]]
    return ConfigError("".join((first, *others)), path=path, line=line)


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
