"""A scalar's meaning: the type and the value that YAML readers make of one text, one scalar at a time."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

import yaml

from crawler.frontmatter.tree import Form, Node

Scalar = str | int | float | bool | date | datetime | None

STR: Final = "tag:yaml.org,2002:str"
INT: Final = "tag:yaml.org,2002:int"
FLOAT: Final = "tag:yaml.org,2002:float"
BOOL: Final = "tag:yaml.org,2002:bool"
NULL: Final = "tag:yaml.org,2002:null"
TIMESTAMP: Final = "tag:yaml.org,2002:timestamp"

_NAMES: Final = {STR: "text", INT: "a number", FLOAT: "a number", BOOL: "true or false", TIMESTAMP: "a date"}

_LONGEST: Final = 400
"""No float or date is longer; base-60 integers of 10,000 parts would take PyYAML seconds, 5,000 digits raise."""

_CORE: Final = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|"
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|"
    r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|"
)
"""What YAML 1.2 reads as something else than a string (its core schema, 10.3.2)."""

_YAML: Final = yaml.SafeLoader("")
_RESOLVE: Final[Callable[..., Any]] = _YAML.resolve
_CONSTRUCT: Final[dict[str, Callable[[yaml.ScalarNode], Any]]] = {
    INT: _YAML.construct_yaml_int,
    FLOAT: _YAML.construct_yaml_float,
    BOOL: _YAML.construct_yaml_bool,
    NULL: _YAML.construct_yaml_null,
    TIMESTAMP: _YAML.construct_yaml_timestamp,
}


def resolve(text: str) -> str:
    """Return the tag that YAML 1.1 gives a plain scalar."""
    tag: str = _RESOLVE(yaml.ScalarNode, text, (True, False))
    return tag


def tag(node: Node) -> str:
    """Return the tag of a scalar node: its own, else what its text resolves to."""
    if node.tag is not None:
        return node.tag
    return resolve(node.value) if node.is_plain else STR


def name(tag: str) -> str:
    """Name a tag for a message."""
    return _NAMES.get(tag, tag)


def value(node: Node) -> Scalar:
    """Return the value of a scalar node; what cannot be constructed (``2020-13-45``, custom tags) stays the text."""
    return construct(tag(node), node.value) if node.form is Form.SCALAR else None


def construct(tag: str, text: str) -> Scalar:
    """Return the value of a text under a tag."""
    make = _CONSTRUCT.get(tag)
    if make is None or len(text) > _LONGEST:
        return text
    try:
        made: Scalar = make(yaml.ScalarNode(tag, text))
    except (ValueError, OverflowError, LookupError, AttributeError, TypeError, yaml.YAMLError):
        return text  # PyYAML converts what a tag claims without looking: "!!bool x" and "!!timestamp x" raise these
    return made


def is_string(text: str) -> bool:
    """Tell whether a plain scalar is a string to readers of YAML 1.1 and of YAML 1.2."""
    return resolve(text) == STR and not _CORE.fullmatch(text)
