"""A flaw: what is wrong with a YAML text, said so that its owner finds it."""

import re
from typing import Any, Final

from crawler.frontmatter.refusal import Refusal

_NOT_PRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ODD_BLANK: Final = re.compile(r"^[^\s:#]+:(?P<blank>[\xa0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff])", re.MULTILINE)


def invalid(text: str, error: Any) -> Refusal:
    """Say what libyaml says (a `yaml.MarkedYAMLError`)."""
    at = error.problem_mark.index if error.problem_mark else 0
    return Refusal(f"it is not valid YAML: {error.problem}{_odd_blank(text)}", at=at)


def unprintable(text: str) -> Refusal:
    """Say which character YAML does not allow: libyaml counts it in bytes of its own encoding."""
    found = _NOT_PRINTABLE.search(text)
    if found is None:
        return Refusal("it holds a character that YAML does not allow", at=0)
    return Refusal(f"YAML does not allow U+{ord(found[0]):04X}", at=found.start(), remedy="remove that character")


def no_mapping(text: str) -> Refusal:
    """Say that a text holds something else than keys and values."""
    return Refusal(f"it does not hold keys and values{_odd_blank(text)}", at=0)


def _odd_blank(text: str) -> str:
    found = _ODD_BLANK.search(text)
    return f" (U+{ord(found['blank']):04X} after a colon is no space)" if found else ""
