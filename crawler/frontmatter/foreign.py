"""Foreign front matter: TOML and JSON, which are read but not written."""

import json
import tomllib
from datetime import date, datetime, time
from typing import Any, Final

from crawler.frontmatter.fence import MAX_BYTES, Kind
from crawler.frontmatter.refusal import Refusal
from crawler.frontmatter.tree import MAX_DEPTH

_DOTS: Final = MAX_DEPTH
"""Most dots in a TOML key: tomllib takes quadratic time in them, again for each key of the table (470 KB: 55 s)."""


def toml(text: str) -> dict[str, Any]:
    """Read TOML. Raises `Refusal` where it is not valid, or nested too deeply."""
    if any(line.partition("=")[0].count(".") > _DOTS for line in text.split("\n")):
        raise Refusal(f"a key has more than {_DOTS} dots")
    try:
        fields = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal(f"it is not valid TOML: {error}") from error
    plain: dict[str, Any] = _plain(fields)
    return plain


def json_prefix(data: bytes) -> dict[str, Any] | None:
    """Read the JSON object that a file begins with, as Hugo's front matter; None where it begins with none.

    A body may well begin with a brace (``{% include %}``), so that what is no object is no error.
    """
    text = data[:MAX_BYTES].decode("utf-8", "surrogateescape")
    try:
        fields, end = json.JSONDecoder().raw_decode(text)
        text[:end].encode("utf-8")
    except (ValueError, RecursionError):
        return None
    return _plain(fields) if isinstance(fields, dict) else None


def read_only(kind: Kind) -> Refusal:
    """Say that such front matter cannot be edited."""
    return Refusal(
        f"{kind.upper()} front matter is read-only here", line=1, remedy="turn it into YAML to have it edited"
    )


def _plain(value: Any, depth: int = 0) -> Any:
    """Return values of the types that YAML front matter has: a TOML time is its text."""
    if depth > MAX_DEPTH:
        raise Refusal(f"it is nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, dict):
        return {key: _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    return value.isoformat() if isinstance(value, time) and not isinstance(value, date | datetime) else value
