"""URLs as the records and pages give them: what may be asked, whose site it is, and when two are the same."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

LONGEST = 8000
"""Characters of an address; RFC 9110 section 4.1 asks recipients for no more, and few servers take more."""

_WEB = ("http", "https")

# What may not stand in a host name (WHATWG URL, "forbidden domain code point"), and what is no character.
_DOTS = ".\u3002\uff0e\uff61"  # all that separate the labels of a name (RFC 3490, section 3.1)
_NO_HOST = re.compile('[\x00-\x20\x7f"#%/:<>?@\\[\\\\\\]^`{|}\ud800-\udfff]')

# A scheme, told from ``host:port``.
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:(?![0-9])|//")
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-zA-Z][a-zA-Z0-9+.\-]*:", re.IGNORECASE)

# What is already written as browsers send it, as nearly all links of a page are: an absolute URL, a path from the root.
_ORIGIN = re.compile(r"https?://([a-z0-9\-]+(?:\.[a-z0-9\-]+)+)(?::[1-5]?[0-9]{1,4})?(?=[/?#]|$)")
_PATH = re.compile(r"(?!\?)(?:/(?!\.\.?(?:[/?]|$))[\w\-.~%,+=:@!$&()*]+)*/?(?:\?[\w\-.~%,+=:@!$&()*/]+)?", re.ASCII)

# Parameters that vendors of advertising, mail and AMP viewers append to the links they send readers along.
_TRACKING = re.compile(
    r"utm_.*|amp_(?:ct|gsa|js_v|tf)|aoh|usqp"
    r"|fbclid|igsh(?:id)?|twclid|ttclid|li_fat_id"
    r"|gclid|dclid|gclsrc|[gw]braid|msclkid|yclid"
    r"|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|vero_id|cmpid",
    re.IGNORECASE,
)

_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_NUMBER = re.compile("[0-9]+|0x[0-9a-f]*")
_TABS = {ord(character): None for character in "\t\n\r"}


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PSLFILE, PublicSuffixList  # read by those who meet a host, not by ``--help``

    # Where no rule matches, a domain ends in one label (publicsuffix.org/list): there are always newer ones.
    registries = Path(PSLFILE).read_bytes().partition(b"// ===END ICANN DOMAINS===")[0]
    return PublicSuffixList(registries, accept_encoded_idn=False)


def site(url: str) -> str:
    """Return the registered domain of a URL or host name, else its host: the key of politeness and of site memory.

    ``www.al.com`` and ``al.com`` are one site, ``127.0.0.1`` is its own. Empty where there is no host.
    """
    return _registered(host(url))


def domain(url: str) -> str:
    """Return the registered domain of a URL or host name; empty where its host is an IP address or a single label."""
    name = site(url)
    return "" if _is_address(name) or "." not in name else name


# By host, not by URL: a run meets few hosts and many URLs.
@lru_cache(maxsize=16384)
def _registered(name: str) -> str:
    known = None if _is_address(name) else _suffixes().privatesuffix(_unicode(name))
    return ".".join(name.split(".")[-known.count(".") - 1 :]) if known else name


def _is_address(name: str) -> bool:
    # WHATWG URL, "ends in a number checker": a host whose last label is a number is an IPv4 address.
    return ":" in name or _NUMBER.fullmatch(name.rpartition(".")[2]) is not None


def _unicode(name: str) -> str:
    """Return a name as the list of suffixes writes it, with its punycode read; unchanged where that cannot be."""
    if "xn--" not in name:
        return name
    try:
        return ".".join(map(_read, name.split(".")))
    except UnicodeError:
        return name


def _read(label: str) -> str:
    return label[4:].encode().decode("punycode") if label.startswith("xn--") else label


# A crawl asks for the host of the URL that it is at a dozen times.
@lru_cache(maxsize=4096)
def host(url: str) -> str:
    """Return the host name of a URL or of ``host:port``, in lower case and in the ASCII form that DNS knows.

    Without port, brackets and final dot; empty where there is none.
    """
    if plain := _ORIGIN.match(url):
        return plain[1]
    name = split(url if _SCHEME.match(url) else f"//{url}").hostname or ""
    return _ascii(name).rstrip(".")


@lru_cache(maxsize=16384)
def _ascii(name: str) -> str:
    """Return an internationalised name in punycode, as browsers map it (UTS 46, nontransitional); else unchanged.

    Python's own codec follows IDNA 2003, which sends ``ß`` to another domain.
    """
    if name.isascii():
        return name
    import idna  # few pages need it, or the library that quotes what stands unquoted

    try:
        labels = idna.uts46_remap(name, std3_rules=False).split(".")
    except idna.IDNAError:
        return name
    return ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels)


@lru_cache(maxsize=4096)
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
    return parts.scheme in _WEB and _is_host(parts)


def _is_host(parts: SplitResult) -> bool:
    name = (parts.hostname or "").rstrip(_DOTS)
    return bool(name) and (parts.netloc.rpartition("@")[2].startswith("[") or not _NO_HOST.search(name))


def has_credentials(url: str) -> bool:
    """Tell whether a URL carries a user name or a password."""
    return "@" in split(url).netloc


def absolute(base: str, reference: str) -> str | None:
    """Resolve a reference found in a page to an absolute http(s) URL, written as browsers send it.

    None where the result is no such URL (``data:``, ``javascript:``, malformed), or carries credentials, or where the
    reference is longer than `LONGEST`.
    """
    reference = reference.strip()
    if not 0 < len(reference) <= LONGEST or _OTHER_SCHEME.match(reference):
        return None
    if plain := _plain(base, reference):
        return plain
    try:
        return _as_sent(urljoin(base.strip(), _slashed(reference.translate(_TABS))))
    except (ValueError, UnicodeError):
        return None


def _plain(base: str, reference: str) -> str | None:
    """Return what `absolute` does, where nothing needs to be changed to send it."""
    origin = _ORIGIN.match(reference)
    if not (origin or reference.startswith("/")) or not _PATH.fullmatch(reference, origin.end() if origin else 0):
        return None
    known = _ORIGIN.match(base)
    return reference if origin else known and known[0] + reference


def _slashed(reference: str) -> str:
    """Turn backslashes into slashes before the query, as browsers do."""
    path = re.split(r"[?#]", reference, maxsplit=1)[0]
    return path.replace("\\", "/") + reference[len(path) :]


def _as_sent(url: str) -> str | None:
    parts = split(url)
    if not is_web(url) or has_credentials(url):
        return None
    if not parts.netloc.isascii():
        port = "" if parts.port is None else f":{parts.port}"
        name = _ascii(parts.hostname or "")
        if not name.isascii():
            return None  # it has letters that no name may have
        parts = parts._replace(netloc=name + port)
    if "/." in parts.path:
        parts = split(urljoin(urlunsplit(parts), urlunsplit(("", "", parts.path, parts.query, parts.fragment))))
    from w3lib.url import safe_url_string

    return str(safe_url_string(urlunsplit(parts)))


def without_tracking(url: str) -> str:
    """Drop the fragment and the query parameters that only tell where a reader came from; nothing else changes."""
    parts = split(url)
    query = "&".join(pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0]))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def key(url: str) -> str:
    """Return a form that is equal for URLs that differ only in scheme, ``www.``, tracking, escapes or a final slash."""
    parts = split(without_tracking(url))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{_unescaped(parts.query)}" if parts.query else ""
    return f"{host(url).removeprefix('www.')}{port}{_unescaped(parts.path).rstrip('/')}{query}"


def same(one: str, other: str) -> bool:
    """Tell whether two URLs name the same page for all we can see (see `key`)."""
    return one == other or key(one) == key(other)


def _unescaped(text: str) -> str:
    """Undo the escapes that need not be; ``%2F`` and its like stay, and so do bytes that are no UTF-8, told apart."""
    if text.isascii() and "%" not in text and " " not in text:
        return text
    data = text.replace(" ", "%20").encode("utf-8", "surrogatepass")
    return _ESCAPE.sub(_unescape, data).decode("utf-8", "surrogateescape")


def _unescape(escape: re.Match[bytes]) -> bytes:
    # RFC 3986 section 6.2.2: an escape that need not be means its character, any other is the same in either case.
    byte = bytes.fromhex(escape[1].decode())
    return byte if byte.isalnum() or byte in b"-._~" or byte > b"\x7f" else escape[0].upper()
