"""URLs as the records and pages give them: what may be asked, whose site it is, and when two are the same."""

from functools import cache, lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

import tldextract
from w3lib.url import safe_url_string

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cmpid", "igshid", "amp_js_v", "usqp", "aoh")


@cache
def _suffixes() -> tldextract.TLDExtract:
    # The bundled list only: looking a domain up must never go to the network.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=65536)
def site(url: str) -> str:
    """Return the registered domain of a URL or host name, else its host: the key of politeness and of site memory.

    ``www.al.com`` and ``al.com`` are one site, ``127.0.0.1`` is its own. Empty where there is no host.
    """
    parts = _suffixes()(url)
    return parts.top_domain_under_public_suffix or parts.fqdn or parts.ipv4 or parts.ipv6 or host(url)


def host(url: str) -> str:
    """Return the host name in lower case, without port; empty where there is none."""
    return (split(url).hostname or "") if "//" in url else url.lower()


def split(url: str) -> SplitResult:
    """Split a URL; what cannot be split is a URL without scheme and host."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return SplitResult("", "", url, "", "")
    return parts


def is_web(value: object) -> bool:
    """Tell whether a value is an absolute http(s) URL with a host."""
    if not isinstance(value, str):
        return False
    parts = split(value)
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def absolute(base: str, reference: str) -> str | None:
    """Resolve a reference found in a page to an absolute http(s) URL, percent-encoded as browsers send it.

    None where the result is no such URL (``data:``, ``javascript:``, malformed).
    """
    reference = "".join(reference.split("\n")).strip()
    if not reference:
        return None
    try:
        joined = urljoin(base, reference)
        return safe_url_string(joined) if is_web(joined) else None
    except (ValueError, UnicodeError):
        return None


def without_tracking(url: str) -> str:
    """Drop the fragment and the query parameters that only tell where a reader came from."""
    parts = split(url)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.startswith(_TRACKING)]
    kept = parts.query if len(query) == parts.query.count("&") + 1 else urlencode(query)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, kept, ""))


def key(url: str) -> str:
    """Return a form that is equal for URLs that differ only in scheme, ``www.``, tracking, escapes or a final slash."""
    parts = split(without_tracking(url))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    name = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{name}{port}{unquote(parts.path).rstrip('/')}{query}"


def same(one: str, other: str) -> bool:
    """Tell whether two URLs name the same page for all we can see (see `key`)."""
    return key(one) == key(other)
