"""AMP: the twin of an article for phones, and its copy in Google's AMP cache, whose address is computed, never asked.

Rules: amp.dev, "AMP Cache URLs and Requests"; the choice of the kind by the path's ending: amp-toolbox (cache-url).
"""

import hashlib
import re
import unicodedata
from base64 import b32encode
from typing import Final

from crawler.url import split

CACHE: Final = "cdn.ampproject.org"

_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|ico|tiff?)$", re.IGNORECASE)
_RESOURCE = re.compile(r"\.(?:woff2?|ttf|otf|eot|css|js|json|mp4|webm)$", re.IGNORECASE)
_CACHED = re.compile(
    r"(?P<cache>(?:[^/.]+\.)?(?:cdn\.ampproject\.org|(?:www\.)?bing-amp\.com))/(?:wp/)?[civr]/(?P<safe>s/)?(?P<rest>.+)"
    r"|(?:www\.)?(?:google\.[a-z.]{2,6}|bing\.com)/amp/(?P<safe_too>s/)?(?P<rest_too>.+)",
    re.IGNORECASE,
)
_VIEWER = frozenset({"amp_js_v", "amp_gsa", "usqp", "aoh", "amp_tf", "amp_ct"})
_LABEL: Final = 63
"""The longest label that DNS allows (RFC 1035)."""


def is_image(url: str) -> bool:
    """Tell whether an address is that of a picture, by the ending of its path."""
    return _IMAGE.search(split(url).path) is not None


def cache_url(url: str, *, viewer: bool = False) -> str | None:
    """Return the address of a page, image or font in the AMP cache.

    None where there is none: another scheme than http(s), no host, a port, a user name.
    """
    parts = split(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port or "@" in parts.netloc:
        return None
    kind = "v" if viewer else "i" if _IMAGE.search(parts.path) else "r" if _RESOURCE.search(parts.path) else "c"
    safe = "/s" if parts.scheme == "https" else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{subdomain(parts.hostname)}.{CACHE}/{kind}{safe}/{parts.netloc}{parts.path}{query}"


def origin_url(url: str) -> str | None:
    """Return the address of which an AMP cache or viewer URL is a copy, None where it is none or a forged one.

    A cache's subdomain is checked against the host that it claims to hold a copy of.
    """
    parts = split(url)
    address = f"{parts.netloc}{parts.path}"
    match = _CACHED.fullmatch(address)
    if match is None:
        return None
    rest = match["rest"] or match["rest_too"]
    query = "&".join(pair for pair in parts.query.split("&") if pair.partition("=")[0] not in _VIEWER)
    origin = f"{'https' if match['safe'] or match['safe_too'] else 'http'}://{rest}{f'?{query}' if query else ''}"
    label = (match["cache"] or "").lower().removesuffix(CACHE).rstrip(".")
    host = split(origin).hostname
    return origin if (host and label in ("", subdomain(host))) or "bing" in label else None


def subdomain(host: str) -> str:
    """Return the label under which the AMP cache keeps a host: readable where it can be, else a digest of the name."""
    host = host.lower()
    wide = _unicode(host)
    if len(host) > _LABEL or "." not in host or (host[2:4] == "--" and not host.startswith("xn")) or _is_mixed(wide):
        return _digest(host)
    label = _ascii(wide.replace("-", "--").replace(".", "-")).lower()
    if len(label) > _LABEL:
        return _digest(host)
    return f"0-{label}-0" if label[2:4] == "--" and not label.startswith("xn") else label


def _unicode(host: str) -> str:
    # Raw RFC 3492, not IDNA: the cache joins labels first, and IDNA's rules refuse the result.
    try:
        labels = [
            label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
            for label in host.split(".")
        ]
    except (UnicodeError, ValueError):
        return host
    return ".".join(labels)


def _ascii(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _is_mixed(host: str) -> bool:
    """Tell whether a name holds letters of both directions of writing."""
    directions = {unicodedata.bidirectional(letter) for letter in host}
    return bool(directions & {"R", "AL"}) and "L" in directions


def _digest(host: str) -> str:
    return b32encode(hashlib.sha256(host.encode("utf-8", "replace")).digest()).decode().rstrip("=").lower()
