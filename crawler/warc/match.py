"""A match: when a URL that is asked for is one that an archive holds."""

import re
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
# Most URLs need no change, and finding that out takes w3lib 50 µs.
_PLAIN: Final = re.compile(r"https?://[a-z0-9.-]+(?:/(?!\.)[A-Za-z0-9._~-]*)+")


def as_asked(url: str) -> str:
    """Return a URL as a client puts it on the wire: equal forms are the same request.

    Escaped as browsers do, with scheme and host in lower case, without credentials, default port and fragment.
    """
    if _PLAIN.fullmatch(url):
        return url
    try:
        parts = urlsplit(safe_url_string(url.strip()))
        host, port = parts.hostname or "", parts.port
    except (ValueError, UnicodeError):
        return url
    name = f"[{host}]" if ":" in host else host
    place = name if port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{name}:{port}"
    return urlunsplit((parts.scheme, place, parts.path or "/", parts.query, ""))


def key(asked: str) -> str:
    """Return a form of a URL (as `as_asked` gives it) that is equal where only the spelling differs.

    That is: the scheme, which characters are escaped and how, and the order of the query's parameters.
    """
    with suppress(ValueError, UnicodeError):
        asked = asked if _PLAIN.fullmatch(asked) else canonicalize_url(asked)
    return asked.partition("://")[2]
